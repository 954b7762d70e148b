package streak

import (
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/civil"
)

var weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// calendar cuts dates into numbered periods, the one that holds the start date
// being 0. Periods of days count active days only.
type calendar struct {
	unit   string
	count  int
	start  time.Time // a date
	active [7]bool   // by time.Weekday
	days   int       // how many are active
}

func newCalendar(s api.StreakSettings) calendar {
	c := calendar{unit: s.Timeframe.Value, count: s.Timeframe.Count}
	c.start, _ = time.Parse(time.DateOnly, s.StartDate) // checked when it was set
	for i, day := range weekdays {
		c.active[i] = slices.Contains(s.ActiveDays, day)
		if c.active[i] {
			c.days++
		}
	}
	return c
}

// counts reports whether acts of a date count.
func (c calendar) counts(date time.Time) bool {
	return !date.Before(c.start) && c.active[date.Weekday()]
}

// period is the number of the period that holds a date; for a day off between
// two periods it is the later one.
func (c calendar) period(date time.Time) int64 {
	switch c.unit {
	case "weekly":
		return floor(daysBetween(monday(c.start), monday(date))/7, c.count)
	case "monthly":
		return floor((date.Year()-c.start.Year())*12+int(date.Month()-c.start.Month()), c.count)
	}
	return floor(c.ordinal(date), c.count)
}

// first is the first date of a period.
func (c calendar) first(p int64) time.Time {
	n := int(p) * c.count
	switch c.unit {
	case "weekly":
		return monday(c.start).AddDate(0, 0, 7*n)
	case "monthly":
		return time.Date(c.start.Year(), c.start.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	}
	return c.activeDay(n)
}

// last is the last date of a period: of days, the last active one.
func (c calendar) last(p int64) time.Time {
	if c.unit == "daily" {
		return c.activeDay(int(p+1)*c.count - 1)
	}
	return c.first(p+1).AddDate(0, 0, -1)
}

// end is when a period ends in a zone.
func (c calendar) end(p int64, zone *time.Location) time.Time {
	return civil.Start(c.last(p).AddDate(0, 0, 1), zone)
}

// next is the period that follows: the first one for those before the start,
// and none that the zone skipped.
func (c calendar) next(p int64, zone *time.Location) int64 {
	for p = max(p+1, 0); !civil.Start(c.first(p), zone).Before(c.end(p, zone)); p++ {
	}
	return p
}

// ordinal counts the active days from the start date to a date; negative
// before it.
func (c calendar) ordinal(date time.Time) int {
	n := daysBetween(c.start, date)
	weeks := floor(n, 7)
	sum := int(weeks) * c.days
	for d := c.start.AddDate(0, 0, int(weeks)*7); d.Before(date); d = d.AddDate(0, 0, 1) {
		if c.active[d.Weekday()] {
			sum++
		}
	}
	return sum
}

// activeDay is the n-th active day, from 0.
func (c calendar) activeDay(n int) time.Time {
	weeks := floor(n, c.days)
	d := c.start.AddDate(0, 0, int(weeks)*7)
	for left := n - int(weeks)*c.days; ; d = d.AddDate(0, 0, 1) {
		if c.active[d.Weekday()] {
			if left == 0 {
				return d
			}
			left--
		}
	}
}

func daysBetween(a, b time.Time) int { return int(b.Sub(a) / (24 * time.Hour)) }

func monday(date time.Time) time.Time { return date.AddDate(0, 0, -(int(date.Weekday())+6)%7) }

func floor(n, by int) int64 {
	q := n / by
	if n%by < 0 {
		q--
	}
	return int64(q)
}
