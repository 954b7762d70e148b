package embed

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/widget"
)

// defaultRows is how many rows a widget shows that was told nothing.
const defaultRows = 10

// text is the reader's language: asked for, set for the widget, or the browser's.
func (r *request) text() widget.Text {
	return widget.NewText(r.c.QueryParam("locale"), r.pub.Widget.Options.Locale, r.c.Request().Header.Get("Accept-Language"), r.pub.Community.Language)
}

func (r *request) theme() layout.Theme {
	for _, t := range []string{r.c.QueryParam("theme"), r.c.QueryParam("color"), r.pub.Widget.Options.Theme} {
		switch layout.Theme(t) {
		case layout.Light, layout.Dark:
			return layout.Theme(t)
		}
	}
	return layout.System
}

func (r *request) period() api.Period {
	for _, p := range []api.Period{api.Period(r.c.QueryParam("period")), r.pub.Widget.Options.Period} {
		if slices.Contains(r.pub.Board.TimeFilters, p) {
			return p
		}
	}
	return r.pub.Board.TimeFilters[0]
}

// content reads the standings and makes the widget of them.
func (e *Embed) content(r *request) (templ.Component, string, error) {
	rows := r.pub.Widget.Options.Rows
	if n, err := strconv.Atoi(r.c.QueryParam("rows")); err == nil && n >= 3 && n <= 100 {
		rows = n
	}
	if rows == 0 {
		rows = defaultRows
	}
	s, err := r.client.Widgets().PublicEntries(r.c.Request().Context(), r.pub.Widget.ID, apiclient.EntryQuery{
		Paging: apiclient.Paging{Limit: rows}, Period: r.period(),
	})
	if err != nil {
		return nil, "", err
	}
	return widget.Leaderboard(e.props(r, s)), strconv.FormatInt(s.Revision, 10), nil
}

func (e *Embed) props(r *request, s api.Standings) widget.LeaderboardProps {
	b, now := r.pub.Board, e.Clock()
	p := widget.LeaderboardProps{
		Text: r.text(), Title: b.Name, Unit: unit(b.RankBy), Periods: r.periods(s.Period), Columns: columns(b),
		Members: int64(s.Total), Live: !s.Closed, Closed: s.Closed, Ties: b.TieRule == api.TieFirst, Refresh: r.c.Request().URL.RequestURI(),
		Updated: widget.Moment{ISO: now.UTC().Format(time.RFC3339), Text: now.UTC().Format("15:04")},
	}
	if r.pub.Widget.Options.Compact || r.c.QueryParam("compact") != "" {
		p.Size = widget.Compact
	}
	if button := r.pub.Widget.Options.Button; button.Enabled {
		p.Button = widget.Button{Label: button.Text, Href: button.Link}
	}
	if s.To != nil {
		p.Ends = max(0, s.To.Sub(now))
	}
	for _, entry := range s.Entries {
		row := rowOf(entry, s.Period)
		if row.Rank <= 3 && len(p.Top) < 3 {
			p.Top = append(p.Top, row)
		} else {
			p.Rows = append(p.Rows, row)
		}
	}
	if s.Me != nil {
		me := rowOf(*s.Me, s.Period)
		p.Me = &me
	}
	return p
}

func (r *request) periods(current api.Period) []widget.Period {
	if len(r.pub.Board.TimeFilters) < 2 {
		return nil
	}
	out := make([]widget.Period, 0, len(r.pub.Board.TimeFilters))
	for _, p := range r.pub.Board.TimeFilters {
		q := url.Values{}
		for name, values := range r.c.QueryParams() {
			if name != "ticket" {
				q[name] = values
			}
		}
		q.Set("period", string(p))
		out = append(out, widget.Period{Name: string(p), Href: "?" + q.Encode(), Current: p == current})
	}
	return out
}

func rowOf(e api.Entry, p api.Period) widget.Row {
	row := widget.Row{
		Key: strconv.FormatInt(e.User.Number, 10), Rank: int64(e.Rank), Name: e.User.DisplayName, Image: e.User.Avatar,
		Tier: e.Tier, Level: e.Level, Score: e.Score, XP: e.XP, Coins: e.Coins,
	}
	if e.PreviousRank > 0 && p != api.PeriodDaily {
		row.Move = int64(e.PreviousRank - e.Rank)
	}
	for key, value := range e.Fields {
		row.Values = append(row.Values, widget.Value{Name: api.RankFieldStart + key, Text: value})
	}
	return row
}

func columns(b api.Leaderboard) []widget.Column {
	var out []widget.Column
	for _, c := range b.DisplayedColumns {
		if c.Visible && c.Column != "level" && c.Column != "tier" {
			name := c.Column
			if name == b.RankBy {
				name = "score" // of the period, not the member's whole wallet
			}
			out = append(out, widget.Column{Name: name})
		}
	}
	return out
}

func unit(rankBy string) string {
	switch rankBy {
	case api.RankXP:
		return "XP"
	case api.RankCoins:
		return "Coins"
	}
	return ""
}
