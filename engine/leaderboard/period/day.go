package period

import "time"

// civil is a calendar date as midnight UTC.
func civil(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// date is the calendar date of a moment. Where clocks go back across
// midnight, the hours that the old date would have twice stay with the new one.
func (c Calendar) date(t time.Time) time.Time {
	date := civil(t.In(c.zone))
	if next := date.AddDate(0, 0, 1); !t.Before(c.start(next)) {
		return next
	}
	return date
}

// reach is how far local time can be from UTC, with room to spare.
const reach = 16 * time.Hour

// start is the first instant whose local date is the date or later: a local
// midnight, or the change of the clocks that skipped it.
func (c Calendar) start(date time.Time) time.Time {
	var first time.Time
	consider := func(t time.Time) {
		if !civil(t.In(c.zone)).Before(date) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	at, end := date.Add(-reach), date.Add(reach)
	for at.Before(end) {
		_, offset := at.In(c.zone).Zone()
		consider(date.Add(-time.Duration(offset) * time.Second))
		_, change := at.In(c.zone).ZoneBounds()
		if change.IsZero() || !change.Before(end) {
			break
		}
		consider(change)
		at = change
	}
	return first.UTC()
}
