// Package me holds the handlers of the member area: home with progress, the
// boards with the member's own place, profile, keys and history.
package me

import (
	"cmp"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/components/layout"
	page "laurel/components/page/me"
	"laurel/handlers/label"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

// How much the home page shows.
const (
	homeBoards  = 4
	homeEntries = 6
	homeWays    = 6
)

// Home is the member's first page.
func Home(v *web.Visit) error {
	progress, err := v.API.Me().Progress(v.Ctx())
	if err != nil {
		return err
	}
	p := page.HomeProps{
		MemberProps: v.Member("Home", layout.PlaceHome), Name: cmp.Or(v.Me.FirstName, web.Name(v.Me)), Level: progress.Level,
		Percent: place.Percent(progress), Missing: place.Missing(progress), Tier: place.TierName(progress.Tier),
		NextTier: place.TierName(progress.NextTier), Wallets: wallets(progress),
	}
	if progress.NextTier != nil {
		var begun int64
		if progress.Tier != nil {
			begun = progress.Tier.MinXP
		}
		p.TierXP, p.TierSpan = progress.Wallet.XP-begun, progress.NextTier.MinXP-begun
	}
	if t := progress.Tier; t != nil && t.Multiplier > 100 {
		p.Bonus = "× " + strconv.FormatFloat(float64(t.Multiplier)/100, 'f', -1, 64)
	}
	p.Shown = label.Badges(v.Me.Badges)
	if err := fillBadges(v, &p); err != nil {
		return err
	}
	if p.Boards, err = places(v, homeBoards); err != nil {
		return err
	}
	log, err := v.API.Me().Ledger(v.Ctx(), "", "", homeEntries*2)
	if err != nil {
		return err
	}
	p.Recent = entries(v, log.Entries)
	p.Recent = p.Recent[:min(homeEntries, len(p.Recent))]
	if p.Ways, err = ways(v); err != nil {
		return err
	}
	if p.Spins, err = spinsLeft(v); err != nil {
		return err
	}
	if p.Streaks, err = homeStreaks(v, 2); err != nil {
		return err
	}
	if p.Journeys, err = homeJourneys(v, 2); err != nil {
		return err
	}
	return v.Page(page.Home(p))
}

func wallets(p api.Progress) []page.Wallet {
	return []page.Wallet{
		{Unit: "XP", Balance: p.Wallet.XP, Today: p.TodayXP}, {Unit: "coins", Balance: p.Wallet.Coins, Today: p.TodayCoins},
		{Unit: "premium", Balance: p.Wallet.Premium},
	}
}

func entries(v *web.Visit, list []api.LedgerEntry) []page.Entry {
	var out []page.Entry
	for _, l := range place.Lines(list) {
		out = append(out, page.Entry{
			What: label.Action(l.Action), Reason: l.Reason, XP: l.Delta[api.UnitXP], Coins: l.Delta[api.UnitCoins],
			Premium: l.Delta[api.UnitPremium], At: v.Moment(l.CreatedAt),
		})
	}
	return out
}

// places are the member's places on the first boards.
func places(v *web.Visit, limit int) ([]page.Place, error) {
	boards, err := place.Boards(v, limit)
	if err != nil {
		return nil, err
	}
	at, err := place.On(v, boards, v.Me.ID)
	if err != nil {
		return nil, err
	}
	var fields []api.UserField // reading them takes a right that members lack: such a board shows its field's key
	out := make([]page.Place, 0, len(at))
	for _, p := range at {
		move, _ := label.Move(p.Own, p.Period)
		out = append(out, page.Place{
			Name: p.Board.Name, Slug: p.Board.Slug, Period: label.Period(p.Period), Unit: label.UnitOf(p.ToNext, p.Board.RankBy, fields),
			Rank: int64(p.Own.Rank), Of: int64(p.Of), Score: p.Own.Score, Move: move, ToNext: p.ToNext,
		})
	}
	return out, nil
}

// ways are the rules in force that pay best.
func ways(v *web.Visit) ([]page.Way, error) {
	rules, err := v.API.Gamification().Rules(v.Ctx())
	var out []page.Way
	for _, r := range rules {
		if r.Enabled && (r.XP > 0 || r.Coins > 0) && len(out) < homeWays {
			out = append(out, page.Way{Action: cmp.Or(r.Name, label.Action(r.Action)), XP: r.XP, Coins: r.Coins, Note: limits(r)})
		}
	}
	return out, err
}

// limits says how often an action pays: "every 30 s at most, 10 times a day".
func limits(r api.ActionRule) string {
	var parts []string
	if r.Cooldown > 0 {
		parts = append(parts, "every "+duration(r.Cooldown)+" at most")
	}
	switch {
	case r.DailyCap == 1:
		parts = append(parts, "once a day")
	case r.DailyCap > 1:
		parts = append(parts, strconv.FormatInt(r.DailyCap, 10)+" times a day")
	}
	return strings.Join(parts, ", ")
}

func duration(seconds int64) string {
	switch {
	case seconds%86400 == 0:
		return strconv.FormatInt(seconds/86400, 10) + " d"
	case seconds%3600 == 0:
		return strconv.FormatInt(seconds/3600, 10) + " h"
	case seconds%60 == 0:
		return strconv.FormatInt(seconds/60, 10) + " min"
	}
	return strconv.FormatInt(seconds, 10) + " s"
}
