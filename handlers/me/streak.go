package me

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"time"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/streak"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Streaks is the page of the member's streaks.
func Streaks(v *web.Visit) error { return streaks(v, http.StatusOK, "") }

func streaks(v *web.Visit, status int, fault string) error {
	list, err := v.API.Me().Streaks(v.Ctx())
	if err != nil {
		return err
	}
	p := page.MineProps{MemberProps: v.Member("Streaks", layout.PlaceHome), Once: rand.Text(), Fault: fault}
	for _, s := range list {
		p.List = append(p.List, standingOf(v, s))
	}
	return v.Render(status, page.Mine(p))
}

// standingOf is a streak as its member sees it.
func standingOf(v *web.Visit, s api.StreakStanding) page.Standing {
	out := page.Standing{
		ID: s.StreakID, Name: s.Name, About: s.Description, State: label.StreakState(s.State), IsLit: s.State == api.StreakDone, AtRisk: s.State == api.StreakAtRisk,
		Current: label.StreakLength(s.Current, s.Timeframe), Longest: label.StreakLength(s.Longest, s.Timeframe), Either: s.Operator == "or",
		Ends: v.MomentOf(s.EndsAt), Calendar: link.Streak(s.StreakID), Week: dots(v, s.Week, false),
	}
	for _, t := range s.Progress {
		name := label.Action(t.Action)
		out.Todo = append(out.Todo, ui.ProgressProps{Label: name, Value: t.Have, Max: t.Need, Note: name + ": " + ui.Number(t.Have) + " of " + ui.Number(t.Need)})
	}
	if m := s.NextMilestone; m != nil {
		out.Next = label.StreakLength(m.Count, s.Timeframe) + " bring " + label.StreakReward(m.StreakReward)
		out.NextWay = ui.ProgressProps{Label: "Way to the next milestone", Value: s.Current, Max: m.Count, Note: ui.Number(s.Current) + " of " + ui.Number(m.Count)}
	}
	if each := label.StreakReward(s.Reward); each != "" {
		out.Each = each + " every time"
	}
	fillActs(v, s, &out)
	return out
}

// fillActs says what coins can do.
func fillActs(v *web.Visit, s api.StreakStanding, out *page.Standing) {
	if s.MaxFreezes > 0 || s.Freezes > 0 {
		out.Off = ui.Number(s.Freezes) + " of " + ui.Count(max(s.MaxFreezes, s.Freezes), "day off", "days off")
		if s.FreezePrice > 0 && s.Freezes < s.MaxFreezes && s.State != api.StreakPaused {
			out.BuyOff = page.Price{Text: ui.Count(s.FreezePrice, "coin", "coins"), Coins: strconv.FormatInt(s.FreezePrice, 10)}
		}
	}
	if s.RepairUntil != nil {
		out.Broke, out.Until = "Your "+label.StreakLength(s.LostCount, s.Timeframe)+" can still be saved", v.MomentOf(s.RepairUntil)
		out.Repair = page.Price{Coins: strconv.FormatInt(s.RepairPrice, 10)}
		if s.RepairPrice > 0 {
			out.Repair.Text = ui.Count(s.RepairPrice, "coin", "coins")
		}
	}
}

func dots(v *web.Visit, days []api.StreakDay, month bool) []page.Dot {
	today := v.Now.In(v.Zone()).Format(time.DateOnly)
	out := make([]page.Dot, len(days))
	for i, d := range days {
		out[i] = label.StreakDay(d, today, month)
		out[i].Today = out[i].Today || d.Status == "open"
	}
	return out
}

// BuyFreeze buys a day off.
func BuyFreeze(v *web.Visit) error {
	return buyFor(v, func(f *web.Form, price int64) (string, error) {
		s, err := v.API.Me().BuyFreeze(v.Once(f), v.Param("id"), price)
		return "You have " + ui.Count(s.Freezes, "day off", "days off") + " now.", err
	})
}

// RepairStreak brings a broken streak back.
func RepairStreak(v *web.Visit) error {
	return buyFor(v, func(f *web.Form, price int64) (string, error) {
		s, err := v.API.Me().RepairStreak(v.Once(f), v.Param("id"), price)
		return "Your streak is back: " + label.StreakLength(s.Current, s.Timeframe) + ".", err
	})
}

// buyFor pays for something; a refusal is told above the streaks.
func buyFor(v *web.Visit, buy func(*web.Form, int64) (string, error)) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	said, err := buy(f, f.Whole("price", 0))
	var refused *api.Error
	if errors.As(err, &refused) && refused.Kind == api.Conflict {
		return streaks(v, http.StatusConflict, why(refused))
	}
	if err != nil {
		return err
	}
	v.Done(said)
	return v.Go(link.Streaks)
}

func why(e *api.Error) string {
	if e.Code == "insufficient_funds" {
		return "You do not have enough coins."
	}
	return e.Message
}

// Month is the calendar of one streak; ?month=2026-11.
func Month(v *web.Visit) error {
	list, err := v.API.Me().Streaks(v.Ctx())
	if err != nil {
		return err
	}
	var s api.StreakStanding
	for _, one := range list {
		if one.StreakID == v.Param("id") {
			s = one
		}
	}
	now := v.Now.In(v.Zone())
	first, err := time.Parse("2006-01", v.Query("month"))
	if err != nil {
		first = time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	days, err := v.API.Me().StreakDays(v.Ctx(), v.Param("id"), first.Format(time.DateOnly), "")
	if err != nil {
		return err
	}
	p := page.MonthProps{
		MemberProps: v.Member(s.Name, layout.PlaceHome), Name: s.Name, Month: first.Format("January 2006"), Days: dots(v, days, true), Blank: (int(first.Weekday()) + 6) % 7,
		Current: label.StreakLength(s.Current, s.Timeframe), Longest: label.StreakLength(s.Longest, s.Timeframe), Before: monthAt(s.StreakID, first.AddDate(0, -1, 0)), Done: tally(days),
	}
	if next := first.AddDate(0, 1, 0); !next.After(now) {
		p.After = monthAt(s.StreakID, next)
	}
	return v.Page(page.Month(p))
}

func monthAt(id string, first time.Time) string {
	return link.Streak(id) + "?month=" + first.Format("2006-01")
}

// tally counts a month's days: "18 done, 2 off, 1 missed".
func tally(days []api.StreakDay) string {
	n := map[string]int64{}
	for _, d := range days {
		n[d.Status]++
	}
	return ui.Number(n["completed"]) + " done, " + ui.Number(n["frozen"]+n["repaired"]) + " saved, " + ui.Number(n["missed"]) + " missed"
}

// homeStreaks are the first streaks, for the home page.
func homeStreaks(v *web.Visit, most int) ([]page.Standing, error) {
	list, err := v.API.Me().Streaks(v.Ctx())
	var out []page.Standing
	for _, s := range list {
		if s.State != api.StreakPaused && len(out) < most {
			out = append(out, standingOf(v, s))
		}
	}
	return out, err
}
