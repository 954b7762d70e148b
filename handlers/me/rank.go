package me

import (
	"context"

	"github.com/a-h/templ"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/handlers/label"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

// Ranks is the list of boards with the member's place on each.
func Ranks(v *web.Visit) error {
	list, err := places(v, 100)
	if err != nil {
		return err
	}
	return v.Page(page.Ranks(page.RanksProps{MemberProps: v.Member("Leaderboards", layout.PlaceRanks), Boards: list}))
}

// Rank is one board with the member's own row.
func Rank(v *web.Visit) error {
	b, err := v.API.Leaderboards().Get(v.Ctx(), v.Param("slug"))
	if err != nil {
		return err
	}
	p, err := rankProps(v, b)
	if err != nil {
		return err
	}
	p.MemberProps = v.Member(b.Name, layout.PlaceRanks)
	return v.Page(page.Board(p))
}

func rankProps(v *web.Visit, b api.Leaderboard) (page.BoardProps, error) {
	s, err := v.API.Leaderboards().Entries(v.Ctx(), b.ID, place.Query(v))
	if err != nil {
		return page.BoardProps{}, err
	}
	view := place.View{Board: b, Standings: s, Unit: label.Unit(b.RankBy, nil), Path: link.Rank(b.Slug)}
	if s.Me != nil && s.Me.Rank > 0 && !s.Closed {
		near, err := v.API.Leaderboards().Around(v.Ctx(), b.ID, v.Me.ID, s.Period, 3)
		if err != nil && !api.IsKind(err, api.NotFound) {
			return page.BoardProps{}, err
		}
		view.Near = &near
	}
	return view.Props(v), nil
}

// RankLive streams a board's page as it changes.
func RankLive(v *web.Visit) error {
	b, err := v.API.Leaderboards().Get(v.Ctx(), v.Param("slug"))
	if err != nil {
		return err
	}
	follow := func(ctx context.Context, changed func(api.StandingsChange)) error {
		return v.API.Leaderboards().Follow(ctx, b.ID, changed)
	}
	return place.Live(v, follow, func() (templ.Component, error) {
		v.Tick()
		p, err := rankProps(v, b)
		return page.BoardPart(p), err
	})
}
