package ui

import (
	"strconv"
	"time"
)

// Moment is a time as a reader sees it: relative words, the exact time on hover
// and the machine form. The zero Moment means "never" and renders a dash.
type Moment struct {
	Text  string // "3 min ago"
	Exact string // "Mon 23 Nov 2026, 14:05:09 WET"
	ISO   string // RFC 3339, UTC
}

// NewMoment describes t as seen at now, with the exact time in loc (UTC when
// nil). A zero t gives the zero Moment. Future times read "in 3 min".
func NewMoment(t, now time.Time, loc *time.Location) Moment {
	if t.IsZero() {
		return Moment{}
	}
	if loc == nil {
		loc = time.UTC
	}
	local := t.In(loc)
	return Moment{
		Text:  relative(local, now.In(loc)),
		Exact: local.Format("Mon 2 Jan 2006, 15:04:05 MST"),
		ISO:   t.UTC().Format("2006-01-02T15:04:05.000Z"),
	}
}

func relative(t, now time.Time) string {
	age := now.Sub(t)
	if age < 0 {
		return "in " + span(-age, t, now)
	}
	if age < 10*time.Second {
		return "just now"
	}
	if age >= 30*24*time.Hour {
		return span(age, t, now)
	}
	return span(age, t, now) + " ago"
}

func span(d time.Duration, t, now time.Time) string {
	switch {
	case d < time.Minute:
		return strconv.Itoa(int(d.Seconds())) + " s"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " min"
	case d < 24*time.Hour:
		return strconv.Itoa(int(d.Hours())) + " h"
	case d < 30*24*time.Hour:
		return Count(int64(d.Hours()/24), "day", "days")
	case t.Year() == now.Year():
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}
