// Package civil tells the dates of a time zone. A date begins at the first
// instant that bears it, so that days of 23, 23.5 or 25 hours, days without a
// midnight and dates that a zone skipped follow each other without gap or
// overlap. Dates are midnights in UTC.
package civil

import "time"

// Of is the calendar date that a time shows in its own location.
func Of(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Date is the date of a moment in a zone. Where clocks go back across
// midnight, the hours that the old date would have twice stay with the new one.
func Date(t time.Time, zone *time.Location) time.Time {
	date := Of(t.In(zone))
	if next := date.AddDate(0, 0, 1); !t.Before(Start(next, zone)) {
		return next
	}
	return date
}

// reach is how far local time can be from UTC, with room to spare.
const reach = 16 * time.Hour

// Start is the first instant whose local date is the date or later: a local
// midnight, or the change of the clocks that skipped it.
func Start(date time.Time, zone *time.Location) time.Time {
	var first time.Time
	consider := func(t time.Time) {
		if !Of(t.In(zone)).Before(date) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	at, end := date.Add(-reach), date.Add(reach)
	for at.Before(end) {
		_, offset := at.In(zone).Zone()
		consider(date.Add(-time.Duration(offset) * time.Second))
		_, change := at.In(zone).ZoneBounds()
		if change.IsZero() || !change.Before(end) {
			break
		}
		consider(change)
		at = change
	}
	return first.UTC()
}
