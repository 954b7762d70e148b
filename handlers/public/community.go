// Package public holds the handlers of pages that anyone may see: a community
// with its public boards, and the API's reference.
package public

import (
	"context"

	"github.com/a-h/templ"
	"golang.org/x/sync/errgroup"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	page "laurel/components/page/community"
	"laurel/components/page/me"
	"laurel/handlers/label"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

// topRows is how many leaders the community's page shows of each board.
const topRows = 5

// Community is a community's public page.
func Community(v *web.Visit) error {
	found, err := v.API.Widgets().PublicCommunity(v.Ctx(), v.Param("uri"))
	if err != nil {
		return err
	}
	v.Community = found.Community
	p := page.HomeProps{
		PublicProps: v.Public("", found.Community.Description), About: found.Community.Description, Members: found.Community.Members,
		Boards: make([]page.Board, len(found.Boards)),
	}
	group, ctx := errgroup.WithContext(v.Ctx())
	group.SetLimit(8)
	for i, b := range found.Boards {
		p.Boards[i] = page.Board{Name: b.Name, Slug: b.Slug, Unit: label.Unit(b.RankBy, nil)}
		group.Go(func() error { return fillBoard(ctx, v, b, &p.Boards[i]) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return v.Page(page.Home(p))
}

// fillBoard adds the leaders; a board that still loads shows none.
func fillBoard(ctx context.Context, v *web.Visit, b api.Leaderboard, into *page.Board) error {
	w, err := v.API.Widgets().PublicBoard(ctx, v.Community.ID, b.Slug)
	if err != nil {
		return err
	}
	s, err := v.API.Widgets().PublicEntries(ctx, w.Widget.ID, apiclient.EntryQuery{Paging: apiclient.Paging{Limit: topRows}})
	if api.IsKind(err, api.Unavailable) {
		return nil
	}
	props := place.View{Board: b, Standings: s, Path: link.PublicBoard(v.Community.URI, b.Slug)}.Props(v)
	into.Line, into.Top = label.Period(s.Period)+" · "+props.Line, append(props.Top, props.Rows...)
	return err
}

// Board is one public leaderboard of a community.
func Board(v *web.Visit) error {
	w, err := publicBoard(v)
	if err != nil {
		return err
	}
	p, err := boardProps(v, w)
	if err != nil {
		return err
	}
	return v.Page(page.BoardPage(page.BoardProps{PublicProps: v.Public(w.Board.Name, w.Board.Description), Board: p}))
}

func publicBoard(v *web.Visit) (api.PublicWidget, error) {
	w, err := v.API.Widgets().PublicBoard(v.Ctx(), v.Param("uri"), v.Param("slug"))
	v.Community = w.Community
	return w, err
}

func boardProps(v *web.Visit, w api.PublicWidget) (me.BoardProps, error) {
	s, err := v.API.Widgets().PublicEntries(v.Ctx(), w.Widget.ID, place.Query(v))
	view := place.View{Board: w.Board, Standings: s, Unit: label.Unit(w.Board.RankBy, nil), Path: link.PublicBoard(w.Community.URI, w.Board.Slug)}
	return view.Props(v), err
}

// BoardLive streams a public leaderboard as it changes.
func BoardLive(v *web.Visit) error {
	w, err := publicBoard(v)
	if err != nil {
		return err
	}
	follow := func(ctx context.Context, changed func(api.StandingsChange)) error {
		return v.API.Widgets().FollowPublic(ctx, w.Widget.ID, changed)
	}
	return place.Live(v, follow, func() (templ.Component, error) {
		v.Tick()
		p, err := boardProps(v, w)
		return me.BoardPart(p), err
	})
}
