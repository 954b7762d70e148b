// Package period cuts time into the stretches that boards rank: days, ISO
// weeks, months and years in a zone, and all time. A day begins at the first
// instant whose local date is that day, so that days of 23, 23.5 or 25 hours
// and days without a midnight follow each other without gap or overlap.
package period

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/civil"
)

// Span is one stretch: From is inside, To is not. Both are microseconds UTC;
// all time reaches from math.MinInt64 to math.MaxInt64.
type Span struct {
	Period api.Period
	Key    string // such as 2026-11-23, 2026-W48, 2026-11, 2026, all-time
	From   int64
	To     int64
}

// Contains reports whether the moment, in microseconds UTC, is in the stretch.
func (s Span) Contains(at int64) bool { return at >= s.From && at < s.To }

// Calendar cuts time in one zone. The zero value is of no use: see In.
type Calendar struct{ zone *time.Location }

// In is the calendar of a zone.
func In(zone *time.Location) Calendar { return Calendar{zone} }

// At is the stretch that holds a moment.
func (c Calendar) At(p api.Period, t time.Time) Span {
	if p == api.PeriodAllTime {
		return allTime()
	}
	return c.span(p, civil.Date(t, c.zone))
}

// Day names the local day of a moment, YYYY-MM-DD.
func (c Calendar) Day(t time.Time) string { return civil.Date(t, c.zone).Format(time.DateOnly) }

// DayStart is when the local day of a moment began.
func (c Calendar) DayStart(t time.Time) time.Time { return civil.Start(civil.Date(t, c.zone), c.zone) }

// Start is when the day of a calendar date begins in the zone; only year,
// month and day of the date are used.
func (c Calendar) Start(date time.Time) time.Time { return civil.Start(civil.Of(date), c.zone) }

// Before is the stretch that ends where this one begins; ok is false for all time.
func (c Calendar) Before(s Span) (before Span, ok bool) {
	if s.Period == api.PeriodAllTime {
		return s, false
	}
	return c.At(s.Period, time.UnixMicro(s.From-1)), true
}

// ErrForm is returned by Parse for text that names no stretch of the period.
var ErrForm = errors.New("no key of this period, date or time")

// Parse reads a key of the period, or a date or RFC 3339 time inside a stretch.
func (c Calendar) Parse(p api.Period, at string) (Span, error) {
	if p == api.PeriodAllTime {
		return allTime(), nil
	}
	if date, ok := keyDate(p, at); ok {
		return c.span(p, date), nil
	}
	if date, err := time.Parse(time.DateOnly, at); err == nil {
		return c.span(p, date), nil
	}
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		return Span{}, ErrForm
	}
	return c.At(p, t), nil
}

// Of guesses the period from the form of a key; ok is false for anything else.
func Of(key string) (p api.Period, ok bool) {
	for _, p := range api.Periods() {
		if _, ok := keyDate(p, key); ok {
			return p, true
		}
	}
	return api.PeriodAllTime, key == string(api.PeriodAllTime)
}

func allTime() Span {
	return Span{Period: api.PeriodAllTime, Key: string(api.PeriodAllTime), From: math.MinInt64, To: math.MaxInt64}
}

// span is the stretch that holds a calendar date.
func (c Calendar) span(p api.Period, date time.Time) Span {
	var from, to time.Time
	var key string
	switch p {
	case api.PeriodDaily:
		from, to, key = date, date.AddDate(0, 0, 1), date.Format(time.DateOnly)
	case api.PeriodWeekly:
		from = date.AddDate(0, 0, -(int(date.Weekday())+6)%7)
		year, week := date.ISOWeek()
		to, key = from.AddDate(0, 0, 7), fmt.Sprintf("%04d-W%02d", year, week)
	case api.PeriodMonthly:
		from = date.AddDate(0, 0, 1-date.Day())
		to, key = from.AddDate(0, 1, 0), date.Format("2006-01")
	default:
		from = time.Date(date.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		to, key = from.AddDate(1, 0, 0), date.Format("2006")
	}
	return Span{Period: p, Key: key, From: civil.Start(from, c.zone).UnixMicro(), To: civil.Start(to, c.zone).UnixMicro()}
}

// keyDate is the first date of the stretch that a key names.
func keyDate(p api.Period, key string) (time.Time, bool) {
	layouts := map[api.Period]string{api.PeriodDaily: time.DateOnly, api.PeriodMonthly: "2006-01", api.PeriodYearly: "2006"}
	if p == api.PeriodWeekly {
		return weekDate(key)
	}
	layout, ok := layouts[p]
	if !ok {
		return time.Time{}, false
	}
	date, err := time.Parse(layout, key)
	return date, err == nil && date.Year() > 0
}

func weekDate(key string) (time.Time, bool) {
	year, week, ok := strings.Cut(key, "-W")
	y, err1 := strconv.Atoi(year)
	w, err2 := strconv.Atoi(week)
	if !ok || err1 != nil || err2 != nil || len(year) != 4 || len(week) != 2 || y < 1 || w < 1 {
		return time.Time{}, false
	}
	fourth := time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	date := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(w-1))
	gotYear, gotWeek := date.ISOWeek()
	return date, gotYear == y && gotWeek == w
}
