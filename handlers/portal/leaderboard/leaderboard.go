// Package leaderboard holds the portal's handlers of leaderboards: the list,
// one board's standings with its archive, and the editor with its preview.
package leaderboard

import (
	"time"

	"laurel/api"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"

	page "laurel/components/page/leaderboard"
)

// zone is the time zone in which a board's days begin.
func zone(v *web.Visit, b api.Leaderboard) *time.Location {
	if at, err := time.LoadLocation(b.Duration.Zone); err == nil && b.Duration.Zone != "" {
		return at
	}
	if b.Duration.TimeZone != nil {
		return time.FixedZone("", int(*b.Duration.TimeZone*3600))
	}
	return v.Zone()
}

// fieldsFor reads the user fields when a board among the list is ranked by one.
func fieldsFor(v *web.Visit, boards ...api.Leaderboard) ([]api.UserField, error) {
	for _, b := range boards {
		if label.IsField(b.RankBy) {
			return v.API.Fields(v.Community.ID).List(v.Ctx())
		}
	}
	return nil, nil
}

func rowOf(v *web.Visit, b api.Leaderboard, fields []api.UserField) page.Row {
	r := page.Row{
		ID: b.ID, Name: b.Name, Slug: b.Slug, Image: b.Image, RankedBy: label.Unit(b.RankBy, fields),
		Periods: label.PeriodList(b.TimeFilters), State: state(v.Now, b), Members: int64(b.Participants), Widget: b.Widget.Enabled,
	}
	if !b.Duration.NoEndDate && b.Duration.End != nil {
		r.Ends = ui.NewMoment(b.Duration.End.Time, v.Now, zone(v, b))
	}
	return r
}

// state is where a board stands in its life.
func state(now time.Time, b api.Leaderboard) page.State {
	switch {
	case !b.Enabled:
		return page.Off
	case b.Duration.Start != nil && b.Duration.Start.After(now):
		return page.Scheduled
	case !b.Duration.NoEndDate && b.Duration.End != nil && !b.Duration.End.IsZero() && b.Duration.End.Before(now):
		return page.Ended
	}
	return page.Live
}

// Standings are the rows of a board in the form in which the portal shows them.
func Standings(s api.Standings, unit string) page.Standings {
	out := page.Standings{Unit: unit, Rows: make([]page.Standing, 0, len(s.Entries)), Note: "The first points in this period open the board."}
	for _, e := range s.Entries {
		out.Rows = append(out.Rows, standing(e, s.Period))
	}
	return out
}

func standing(e api.Entry, period api.Period) page.Standing {
	r := page.Standing{
		ID: e.User.ID, Rank: int64(e.Rank), Name: label.Entry(e), Note: label.Rung(e.Tier, e.Level), Image: e.User.Avatar, Score: e.Score, Badges: label.Badges(e.User.Badges),
	}
	r.Move, r.Entered = label.Move(e, period)
	return r
}
