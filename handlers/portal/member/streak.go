package member

import (
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// fillStreaks tells where the member stands in the community's streaks.
func fillStreaks(v *web.Visit, u api.User, p *page.PageProps) error {
	list, err := v.API.Streaks().List(v.Ctx(), apiclient.Paging{Limit: 10})
	if err != nil || u.IsDeleted {
		return err
	}
	for _, st := range list.Items {
		s, err := v.API.Streaks().Member(v.Ctx(), st.ID, u.ID)
		if err != nil {
			return err
		}
		p.Streaks = append(p.Streaks, streakOf(v, s))
	}
	return nil
}

func streakOf(v *web.Visit, s api.StreakStanding) page.Streak {
	out := page.Streak{ID: s.StreakID, Name: s.Name, State: label.StreakState(s.State),
		Text: label.StreakLength(s.Current, s.Timeframe) + ", longest " + label.StreakLength(s.Longest, s.Timeframe) + ", " + ui.Count(s.Freezes, "day off", "days off") + " held"}
	today := v.Now.In(v.Zone()).Format(time.DateOnly)
	for _, d := range s.Week {
		out.Week = append(out.Week, label.StreakDay(d, today, false))
	}
	if s.LostCount > 0 {
		out.Broke = label.StreakLength(s.LostCount, s.Timeframe)
	}
	return out
}

// EditStreak gives or takes days off, and repairs.
func EditStreak(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.StreakEdit{Repair: f.On("repair"), Reason: f.Text("reason")}
	if op := f.Text("op"); op != "" {
		in.Freezes = &api.SpinEdit{Op: op, Value: f.Whole("value", 0)}
	}
	if f.Bad() {
		v.Sorry(f.Why("value"))
		return v.Go(link.Member(v.Param("id")))
	}
	s, err := v.API.Streaks().Edit(v.Once(f), v.Param("streak"), v.Param("id"), in)
	switch {
	case err == nil:
		v.Done(s.Username + " has " + label.StreakLength(s.Current, s.Timeframe) + " in a row and " + ui.Count(s.Freezes, "day off", "days off") + " now.")
	case f.Take(err, nil):
		v.Sorry(f.Why("value"))
	default:
		return err
	}
	return v.Go(link.Member(v.Param("id")))
}
