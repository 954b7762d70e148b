package leaderboard

import (
	"golang.org/x/sync/errgroup"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/leaderboard"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// List is the page of all leaderboards.
func List(v *web.Visit) error {
	boards, err := v.API.Leaderboards().List(v.Ctx(), apiclient.BoardQuery{Paging: v.Paging(), Search: v.Query("search")})
	if err != nil {
		return err
	}
	rows, err := listRows(v, boards.Items)
	if err != nil {
		return err
	}
	return v.Page(page.List(page.ListProps{
		PortalProps: v.Portal("Leaderboards", layout.PlaceBoards), Search: v.Query("search"), Rows: rows, CanEdit: true,
		Pagination: web.Pages(boards, link.Leaderboards, "leaderboards", v.Filters("search", "limit")),
	}))
}

// listRows adds to each board who leads it; the boards are asked side by side.
func listRows(v *web.Visit, boards []api.Leaderboard) ([]page.Row, error) {
	fields, err := fieldsFor(v, boards...)
	if err != nil {
		return nil, err
	}
	rows := make([]page.Row, len(boards))
	group, ctx := errgroup.WithContext(v.Ctx())
	group.SetLimit(8)
	for i, b := range boards {
		rows[i] = rowOf(v, b, fields)
		group.Go(func() error {
			top, err := v.API.Leaderboards().Entries(ctx, b.ID, apiclient.EntryQuery{Paging: apiclient.Paging{Limit: 1}})
			if api.IsKind(err, api.Unavailable) {
				return nil // the board is still loading: the list does not wait for it
			}
			if err == nil && len(top.Entries) > 0 {
				rows[i].Leader, rows[i].Score = label.Entry(top.Entries[0]), top.Entries[0].Score
			}
			return err
		})
	}
	return rows, group.Wait()
}
