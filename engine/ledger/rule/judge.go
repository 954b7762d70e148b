package rule

import (
	"strconv"
	"time"

	"laurel/api"
)

// Status says whether an act is paid, and if not why. The values are those of
// an award on the wire.
type Status string

// The outcomes of an act.
const (
	Awarded  Status = "awarded"
	Cooldown Status = "cooldown"
	Capped   Status = "capped"
	Disabled Status = "disabled"
)

// Mark is when a member was last paid for an action. The zero value is never.
type Mark struct {
	PaidAt    int64  // microseconds UTC; the latest, not the one recorded last
	Day       string // day of PaidAt, YYYY-MM-DD in the community's zone
	PaidToday int64  // paid acts on Day
}

// Act is what the rules look at: when it took place, and on which day of the
// community's zone.
type Act struct {
	At  int64 // microseconds UTC
	Day string
}

// IsLimited reports whether the rule has a cooldown or a cap, so that marks matter.
func IsLimited(r api.ActionRule) bool { return r.Cooldown > 0 || capOf(r) > 0 }

// capOf is the rule's daily cap; a visit pays once a day whatever the rule says.
func capOf(r api.ActionRule) int64 {
	if r.Action == Visit {
		return 1
	}
	return r.DailyCap
}

// IsLate reports whether the act lies before the last paid one, so that the
// mark alone cannot judge it: JudgeLate does.
func IsLate(m Mark, a Act) bool { return a.At < m.PaidAt }

// Judge decides an act that is not late, and gives the mark after it.
func Judge(r api.ActionRule, m Mark, a Act) (Status, Mark) {
	if !r.Enabled {
		return Disabled, m
	}
	if r.Cooldown > 0 && m.PaidAt > 0 && a.At-m.PaidAt < r.Cooldown*int64(time.Second/time.Microsecond) {
		return Cooldown, m
	}
	if m.Day != a.Day {
		m.Day, m.PaidToday = a.Day, 0
	}
	if c := capOf(r); c > 0 && m.PaidToday >= c {
		return Capped, m
	}
	return Awarded, Mark{PaidAt: a.At, Day: a.Day, PaidToday: m.PaidToday + 1}
}

// History is the paid acts around a late one.
type History []Act

// JudgeLate decides an act from before the last paid one by all paid acts
// around it: those within the cooldown on either side, those of its day.
func JudgeLate(r api.ActionRule, m Mark, a Act, paid History) (Status, Mark) {
	if !r.Enabled {
		return Disabled, m
	}
	cooldown := r.Cooldown * int64(time.Second/time.Microsecond)
	var that int64
	for _, p := range paid {
		if distance := max(p.At-a.At, a.At-p.At); r.Cooldown > 0 && distance < cooldown {
			return Cooldown, m
		}
		if p.Day == a.Day {
			that++
		}
	}
	if c := capOf(r); c > 0 && that >= c {
		return Capped, m
	}
	if m.Day == a.Day {
		m.PaidToday++
	}
	return Awarded, m
}

// Day is the calendar day of a moment in a zone, YYYY-MM-DD.
func Day(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

// Streak is how many days in a row a member has visited.
type Streak struct {
	Day  string // last day with a visit; empty before the first
	Days int64
}

// Visit is the streak after a visit on a day: a second one on the same day,
// or a late one from an earlier day, changes nothing.
func (s Streak) Visit(day string) Streak {
	switch {
	case s.Day != "" && day <= s.Day:
		return s
	case s.Day != "" && day == after(s.Day):
		return Streak{Day: day, Days: s.Days + 1}
	}
	return Streak{Day: day, Days: 1}
}

// On is the streak as it stands on a day: 0 once a whole day passed without a visit.
func (s Streak) On(day string) int64 {
	if s.Day == "" || (day > s.Day && day != after(s.Day)) {
		return 0
	}
	return s.Days
}

// after is the next calendar day; itself when it is no day.
func after(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}

func index(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
