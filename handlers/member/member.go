// Package member holds the handlers of the member area: home and leaderboards
// with the reader's own place.
package member

import (
	"net/url"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Home greets the member with progress, wallets and places.
func Home(v *web.Visit) error {
	progress, err := v.API.Me().Progress(v.Ctx())
	if err != nil {
		return err
	}
	boards, err := places(v)
	if err != nil {
		return err
	}
	recent, err := v.API.Me().Ledger(v.Ctx(), "", "", 8)
	if err != nil {
		return err
	}
	p := page.HomeProps{
		MemberProps: v.Member("Home", layout.PlaceHome), Name: web.Name(v.Me), Level: progress.Level, Boards: boards,
		Missing: max(0, progress.NextLevelXP-progress.Wallet.XP), Percent: percent(progress),
		Wallets: []page.Wallet{{Unit: "XP", Balance: progress.Wallet.XP, Today: progress.TodayXP}, {Unit: "Coins", Balance: progress.Wallet.Coins, Today: progress.TodayCoins}},
	}
	if progress.Tier != nil {
		p.Tier, p.TierXP = progress.Tier.Name, progress.Wallet.XP-progress.Tier.MinXP
	}
	if progress.NextTier != nil {
		p.NextTier = progress.NextTier.Name
		if progress.Tier != nil {
			p.TierSpan = progress.NextTier.MinXP - progress.Tier.MinXP
		}
	}
	for _, e := range recent.Entries {
		p.Recent = append(p.Recent, entryOf(v, e))
	}
	return v.Page(page.Home(p))
}

func percent(p api.Progress) int {
	span := p.NextLevelXP - p.LevelXP
	if span <= 0 {
		return 100
	}
	return int(100 * (p.Wallet.XP - p.LevelXP) / span)
}

func entryOf(v *web.Visit, e api.LedgerEntry) page.Entry {
	out := page.Entry{What: label.Action(e.Action), Reason: e.Reason, At: v.Moment(e.CreatedAt)}
	switch e.Unit {
	case api.UnitXP:
		out.XP = e.Delta
	case api.UnitCoins:
		out.Coins = e.Delta
	case api.UnitPremium:
		out.Premium = e.Delta
	}
	return out
}

// places is where the member stands on each board that he may see.
func places(v *web.Visit) ([]page.Place, error) {
	boards, err := v.API.Leaderboards().List(v.Ctx(), apiclient.BoardQuery{Paging: apiclient.Paging{Limit: 20}})
	if err != nil {
		return nil, err
	}
	var out []page.Place
	for _, b := range boards.Items {
		s, err := v.API.Leaderboards().Entries(v.Ctx(), b.ID, apiclient.EntryQuery{Paging: apiclient.Paging{Limit: 1}})
		if api.IsKind(err, api.Unavailable) {
			continue
		}
		if err != nil {
			return nil, err
		}
		place := page.Place{Name: b.Name, Slug: b.Slug, Period: label.Period(s.Period), Unit: label.Unit(b.RankBy, nil), Of: int64(s.Total)}
		if len(s.Entries) > 0 {
			place.Leader, place.LeaderN = label.Entry(s.Entries[0]), s.Entries[0].Score
		}
		if s.Me != nil {
			place.Rank, place.Score = int64(s.Me.Rank), s.Me.Score
		}
		out = append(out, place)
	}
	return out, nil
}

// Ranks lists the boards that the member may see.
func Ranks(v *web.Visit) error {
	boards, err := places(v)
	if err != nil {
		return err
	}
	return v.Page(page.Ranks(page.RanksProps{MemberProps: v.Member("Leaderboards", layout.PlaceRanks), Boards: boards}))
}

// Board is one board with the member's own row pinned.
func Board(v *web.Visit) error {
	b, err := v.API.Leaderboards().Get(v.Ctx(), v.Param("slug"))
	if err != nil {
		return err
	}
	paging := v.Paging()
	s, err := v.API.Leaderboards().Entries(v.Ctx(), b.ID, apiclient.EntryQuery{Paging: paging, Period: api.Period(v.Query("period"))})
	if err != nil {
		return err
	}
	p := page.BoardProps{
		MemberProps: v.Member(b.Name, layout.PlaceRanks), Name: b.Name, Text: b.Description, Unit: label.Unit(b.RankBy, nil), Live: !s.Closed,
		Line: ui.Count(int64(s.Total), "member", "members"), Periods: tabs(b, s.Period), Ties: label.Tie(b.TieRule), AsOf: v.Moment(s.AsOf),
		Pagination: web.Pages(apiclient.Page[api.Entry]{Items: s.Entries, Page: paging.Page, Limit: paging.Limit, Total: s.Total}, link.Rank(b.Slug), "members", v.Filters("period", "limit")),
	}
	for _, e := range s.Entries {
		if r := rankOf(e, s.Period, v.Me.ID); r.Rank <= 3 && paging.Page == 1 && len(p.Top) < 3 {
			p.Top = append(p.Top, r)
		} else {
			p.Rows = append(p.Rows, r)
		}
	}
	if s.Me != nil {
		own := rankOf(*s.Me, s.Period, v.Me.ID)
		p.Own = &own
	}
	return v.Page(page.Board(p))
}

func tabs(b api.Leaderboard, current api.Period) []ui.Tab {
	out := make([]ui.Tab, 0, len(b.TimeFilters))
	for _, p := range b.TimeFilters {
		out = append(out, ui.Tab{Label: label.Period(p), Href: link.Rank(b.Slug) + "?" + url.Values{"period": {string(p)}}.Encode(), Current: p == current})
	}
	return out
}

func rankOf(e api.Entry, p api.Period, me string) page.Rank {
	r := page.Rank{Key: e.User.ID, Rank: int64(e.Rank), Name: label.Entry(e), Note: label.Rung(e.Tier, e.Level), Image: e.User.Avatar, Score: e.Score, Own: e.User.ID == me}
	r.Move, _ = label.Move(e, p)
	return r
}
