package leaderboard

import (
	"net/url"

	"golang.org/x/sync/errgroup"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/leaderboard"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// archiveLength is how many closed periods a board's page names.
const archiveLength = 8

// Show is one board's standings in one period, and its archive.
func Show(v *web.Visit) error {
	b, err := v.API.Leaderboards().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	s, err := v.API.Leaderboards().Entries(v.Ctx(), b.ID, query(v))
	if err != nil {
		return err
	}
	p, err := pageProps(v, b, s)
	if err != nil {
		return err
	}
	return v.Page(page.Page(p))
}

// query is what the address asks of a board.
func query(v *web.Visit) apiclient.EntryQuery {
	return apiclient.EntryQuery{Paging: v.Paging(), Period: api.Period(v.Query("period")), At: v.Query("at"), Search: v.Query("search")}
}

func pageProps(v *web.Visit, b api.Leaderboard, s api.Standings) (page.PageProps, error) {
	fields, err := fieldsFor(v, b)
	if err != nil {
		return page.PageProps{}, err
	}
	archive, err := archiveOf(v, b, s)
	unit := label.Unit(b.RankBy, fields)
	rows := apiclient.Page[api.Entry]{Items: s.Entries, Page: v.Paging().Page, Limit: v.Paging().Limit, Total: s.Total}
	p := page.PageProps{
		PortalProps: v.Portal(b.Name, layout.PlaceBoards, ui.Link{Label: "Leaderboards", Href: link.Leaderboards}, ui.Link{Label: b.Name}),
		Board:       rowOf(v, b, fields), Text: b.Description, Window: label.Window(s.From, s.To, zone(v, b)), Closed: s.Closed,
		Search: v.Query("search"), Periods: tabs(link.Board(b.ID), b.TimeFilters, s), Standings: Standings(s, unit),
		Pagination: web.Pages(rows, link.Board(b.ID), "members", v.Filters("period", "at", "search", "limit")),
		Archive:    archive, Ties: label.Tie(b.TieRule), AsOf: v.Moment(s.AsOf), CanEdit: true, PublicURL: link.Rank(b.Slug),
	}
	if p.Search != "" {
		p.Standings.Note = "Nobody of that name is ranked here."
	}
	return p, err
}

// tabs are the periods that a board allows; none of them is the present one
// while an archived period is shown.
func tabs(path string, allowed []api.Period, s api.Standings) []ui.Tab {
	out := make([]ui.Tab, 0, len(allowed))
	for _, p := range allowed {
		href := path + "?" + url.Values{"period": {string(p)}}.Encode()
		out = append(out, ui.Tab{Label: label.Period(p), Href: href, Current: p == s.Period && !s.Closed})
	}
	return out
}

// archiveOf lists the latest closed periods with their winners.
func archiveOf(v *web.Visit, b api.Leaderboard, s api.Standings) ([]page.Closed, error) {
	periods, err := v.API.Leaderboards().Periods(v.Ctx(), b.ID, s.Period)
	if err != nil {
		return nil, err
	}
	var closed []api.PeriodInfo
	for _, p := range periods {
		if p.Closed && len(closed) < archiveLength {
			closed = append(closed, p)
		}
	}
	out := make([]page.Closed, len(closed))
	group, ctx := errgroup.WithContext(v.Ctx())
	group.SetLimit(4)
	for i, p := range closed {
		out[i] = page.Closed{
			Label: label.Stretch(p.Period, p.From, zone(v, b)), Members: int64(p.Total), Current: s.Closed && p.Key == s.PeriodKey,
			Href: link.Board(b.ID) + "?" + url.Values{"period": {string(p.Period)}, "at": {p.Key}}.Encode(),
		}
		group.Go(func() error {
			q := apiclient.EntryQuery{Paging: apiclient.Paging{Limit: 1}, Period: p.Period, At: p.Key}
			top, err := v.API.Leaderboards().Entries(ctx, b.ID, q)
			if err == nil && len(top.Entries) > 0 {
				out[i].Winner, out[i].Score = label.Entry(top.Entries[0]), top.Entries[0].Score
			}
			return err
		})
	}
	return out, group.Wait()
}
