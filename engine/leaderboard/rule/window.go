package rule

import (
	"math"
	"strconv"
	"time"

	"laurel/api"
	"laurel/engine/leaderboard/period"
)

// window sets when the board counts.
func window(b *api.Leaderboard, in api.LeaderboardInput) error {
	d := &b.Duration
	if in.StartDate != nil {
		d.Start = in.StartDate
	}
	if in.EndDate != nil {
		d.End, d.NoEndDate = in.EndDate, in.EndDate.IsZero()
	}
	if in.HasNoEndDate != nil {
		d.NoEndDate = *in.HasNoEndDate
	}
	if d.NoEndDate || d.End == nil || d.End.IsZero() {
		d.End, d.NoEndDate = nil, true
	}
	if in.StartTime != nil {
		d.StartTime = in.StartTime
	}
	if in.EndTime != nil {
		d.EndTime = in.EndTime
	}
	if err := setZone(d, in); err != nil {
		return err
	}
	return checkWindow(*d)
}

func setZone(d *api.Duration, in api.LeaderboardInput) error {
	switch {
	case in.Zone != nil && *in.Zone != "":
		d.Zone, d.TimeZone = *in.Zone, in.TimeZone
		if _, err := time.LoadLocation(d.Zone); err != nil || d.Zone == "Local" {
			return api.InvalidField("zone", "must be an IANA zone such as Europe/Lisbon")
		}
	case in.TimeZone != nil:
		d.Zone, d.TimeZone = "", in.TimeZone
	}
	if d.TimeZone != nil && (math.IsNaN(*d.TimeZone) || *d.TimeZone < -12 || *d.TimeZone > 14) {
		return api.InvalidField("timeZone", "must be hours from -12 to 14")
	}
	return nil
}

func checkWindow(d api.Duration) error {
	if d.Start == nil || d.Start.IsZero() {
		return api.InvalidField("startDate", "is required")
	}
	for _, t := range []struct {
		field string
		at    *api.Time
	}{{"startDate", d.Start}, {"endDate", d.End}} {
		if t.at != nil && (t.at.Year() < 1970 || t.at.Year() > 9000) {
			return api.InvalidField(t.field, "must be a year from 1970 to 9000")
		}
	}
	for _, t := range []struct {
		field string
		at    *api.ClockTime
	}{{"startTime", d.StartTime}, {"endTime", d.EndTime}} {
		if t.at != nil && !isClock(*t.at) {
			return api.InvalidField(t.field, "must be a time of day with hours, minutes and AM or PM")
		}
	}
	if from, to := Window(d); to <= from {
		return api.InvalidField("endDate", "is before startDate: the window ends before it starts")
	}
	return nil
}

func isClock(t api.ClockTime) bool {
	switch t.AMPM {
	case "AM", "PM", "am", "pm":
		return t.Hours >= 0 && t.Hours <= 12 && t.Minutes >= 0 && t.Minutes <= 59
	}
	return false
}

// Zone is where the board's days begin: its IANA zone, or its fixed offset; UTC without both.
func Zone(d api.Duration) *time.Location {
	if d.Zone != "" {
		if zone, err := time.LoadLocation(d.Zone); err == nil {
			return zone
		}
	}
	if d.TimeZone == nil {
		return time.UTC
	}
	minutes := int(math.Round(*d.TimeZone * 60))
	return time.FixedZone("UTC"+strconv.FormatFloat(*d.TimeZone, 'f', -1, 64), minutes*60)
}

// Window is when the board counts, in microseconds UTC: from is inside, to is
// not; math.MaxInt64 without an end. Dates (midnight UTC) mean whole days in
// the board's zone, the last one included; a time of day moves them. An end at
// 11:59 PM is the end of that day.
func Window(d api.Duration) (from, to int64) {
	c := period.In(Zone(d))
	from, to = math.MinInt64, math.MaxInt64
	if d.Start != nil && !d.Start.IsZero() {
		from = edge(c, d, *d.Start, d.StartTime, false).UnixMicro()
	}
	if d.End != nil && !d.End.IsZero() && !d.NoEndDate {
		to = edge(c, d, *d.End, d.EndTime, true).UnixMicro()
	}
	return from, to
}

func edge(c period.Calendar, d api.Duration, at api.Time, clock *api.ClockTime, isEnd bool) time.Time {
	date := at.UTC()
	whole := date.Equal(date.Truncate(24 * time.Hour))
	switch {
	case clock == nil && !whole:
		return date
	case isEnd && (clock == nil || minuteOf(*clock) == 24*60-1):
		return c.Start(date.AddDate(0, 0, 1))
	case clock == nil || minuteOf(*clock) == 0:
		return c.Start(date)
	}
	minute := minuteOf(*clock)
	return time.Date(date.Year(), date.Month(), date.Day(), minute/60, minute%60, 0, 0, Zone(d))
}

// minuteOf is the minute of the day that a twelve-hour clock shows.
func minuteOf(t api.ClockTime) int {
	hours := t.Hours % 12
	if t.AMPM == "PM" || t.AMPM == "pm" {
		hours += 12
	}
	return hours*60 + t.Minutes
}
