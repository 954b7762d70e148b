package place

import (
	"net/url"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/page/me"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// View is what a board's page for members and for the public is made of.
type View struct {
	Board     api.Leaderboard
	Standings api.Standings
	Near      *api.Standings // the visitor and the neighbours; nil when unranked or anonymous
	Unit      string
	Path      string // address of the page, without its query
}

// podium is how many leaders stand apart on the first page.
const podium = 3

// Query is what the address asks of a board.
func Query(v *web.Visit) apiclient.EntryQuery {
	return apiclient.EntryQuery{Paging: v.Paging(), Period: api.Period(v.Query("period")), At: v.Query("at")}
}

// Props are the view in the form in which pages show it.
func (w View) Props(v *web.Visit) me.BoardProps {
	rows := apiclient.Page[api.Entry]{Page: v.Paging().Page, Limit: v.Paging().Limit, Total: w.Standings.Total}
	filters := v.Filters("period", "at", "limit")
	p := me.BoardProps{
		Name: w.Board.Name, Text: w.Board.Description, Line: w.line(v), Live: !w.Standings.Closed, Unit: w.Unit, Periods: w.tabs(),
		Ties: label.Tie(w.Board.TieRule), AsOf: v.Moment(w.Standings.AsOf), Pagination: web.Pages(rows, w.Path, "members", filters),
	}
	if !w.Standings.Closed {
		p.Stream = w.Path + "/live"
		if q := v.Filters("period", "page", "limit"); len(q) > 0 {
			p.Stream += "?" + q.Encode()
		}
	}
	all := w.ranks(w.Standings.Entries)
	if rows.Page == 1 {
		p.Top, all = all[:min(podium, len(all))], all[min(podium, len(all)):]
	}
	p.Rows = all
	w.pin(&p)
	return p
}

// pin adds the visitor's own row and its neighbours, for when it is out of view.
func (w View) pin(p *me.BoardProps) {
	if w.Standings.Me == nil || w.Standings.Me.Rank == 0 {
		return
	}
	own := w.rank(*w.Standings.Me)
	own.Own = true
	if w.Near != nil {
		own.ToNext = ToNext(*w.Near, *w.Standings.Me)
		p.Near = w.ranks(w.Near.Entries)
		for i := range p.Near {
			if p.Near[i].Own {
				p.Near[i].ToNext = own.ToNext
			}
		}
	}
	p.Own = &own
}

func (w View) ranks(list []api.Entry) []me.Rank {
	out := make([]me.Rank, 0, len(list))
	for _, e := range list {
		out = append(out, w.rank(e))
	}
	return out
}

func (w View) rank(e api.Entry) me.Rank {
	move, _ := label.Move(e, w.Standings.Period)
	mine := e.IsMe || (w.Standings.Me != nil && w.Standings.Me.User.ID == e.User.ID)
	return me.Rank{
		Key: e.User.ID, Rank: int64(e.Rank), Name: label.Entry(e), Note: label.Rung(e.Tier, e.Level), Image: e.User.Avatar, Badges: label.Badges(e.User.Badges),
		Score: e.Score, Move: move, Own: mine,
	}
}

func (w View) tabs() []ui.Tab {
	out := make([]ui.Tab, 0, len(w.Board.TimeFilters))
	for _, p := range w.Board.TimeFilters {
		href := w.Path + "?" + url.Values{"period": {string(p)}}.Encode()
		out = append(out, ui.Tab{Label: label.Period(p), Href: href, Current: p == w.Standings.Period && !w.Standings.Closed})
	}
	return out
}

// line says how the board stands: "Live · ends in 6 days · 2,000 members".
func (w View) line(v *web.Visit) string {
	members := ui.Count(int64(w.Standings.Total), "member", "members")
	switch to := w.Standings.To; {
	case w.Standings.Closed:
		return label.Stretch(w.Standings.Period, w.Standings.From, v.Zone()) + " · closed · " + members
	case to != nil && to.After(v.Now) && to.Sub(v.Now) < 400*24*time.Hour:
		return "Live · ends " + ui.NewMoment(to.Time, v.Now, v.Zone()).Text + " · " + members
	}
	return "Live · " + members
}
