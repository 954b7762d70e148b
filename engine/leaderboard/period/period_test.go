package period_test

import (
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/leaderboard/period"
)

func zone(t *testing.T, name string) period.Calendar {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return period.In(loc)
}

func TestDaysAcrossClockChanges(t *testing.T) {
	for _, c := range []struct {
		name, zone, day, start string
		hours                  float64
	}{
		{"spring in New York", "America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", 23},
		{"autumn in New York", "America/New_York", "2026-11-01", "2026-11-01T04:00:00Z", 25},
		{"half an hour forward on Lord Howe", "Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00Z", 23.5},
		{"half an hour back on Lord Howe", "Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", 24.5},
		{"no midnight in Santiago", "America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", 23},
		{"the day before midnight twice in Santiago", "America/Santiago", "2026-04-04", "2026-04-04T03:00:00Z", 25},
		{"no midnight in Beirut", "Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z", 23},
		{"the long day in Beirut", "Asia/Beirut", "2026-10-24", "2026-10-23T21:00:00Z", 25},
		{"an ordinary day", "Europe/Lisbon", "2026-11-23", "2026-11-23T00:00:00Z", 24},
	} {
		t.Run(c.name, func(t *testing.T) {
			span, err := zone(t, c.zone).Parse(api.PeriodDaily, c.day)
			if err != nil {
				t.Fatal(err)
			}
			if got := time.UnixMicro(span.From).UTC().Format(time.RFC3339); got != c.start {
				t.Errorf("begins %s, want %s", got, c.start)
			}
			if got := float64(span.To-span.From) / float64(time.Hour/time.Microsecond); got != c.hours {
				t.Errorf("lasts %v h, want %v", got, c.hours)
			}
		})
	}
}

// TestSpansTile walks through years in hard zones: each stretch begins where
// the one before ends, and holds exactly the moments that name it.
func TestSpansTile(t *testing.T) {
	for _, name := range []string{"America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut", "America/Havana", "America/St_Johns", "Pacific/Apia", "UTC"} {
		c := zone(t, name)
		for _, p := range []api.Period{api.PeriodDaily, api.PeriodWeekly, api.PeriodMonthly, api.PeriodYearly} {
			span := c.At(p, time.Date(2009, 6, 1, 12, 0, 0, 0, time.UTC))
			for span.To < time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro() {
				next := c.At(p, time.UnixMicro(span.To))
				if next.From != span.To {
					t.Fatalf("%s %s: %s ends at %d, %s begins at %d", name, p, span.Key, span.To, next.Key, next.From)
				}
				if last := c.At(p, time.UnixMicro(span.To-1)); last.Key != span.Key {
					t.Fatalf("%s: the last instant of %s is in %s", name, span.Key, last.Key)
				}
				if back, ok := c.Before(next); !ok || back != span {
					t.Fatalf("%s: before %s comes %v, want %v", name, next.Key, back, span)
				}
				if again, err := c.Parse(p, span.Key); err != nil || again != span {
					t.Fatalf("%s: %s reads as %v, %v", name, span.Key, again, err)
				}
				span = next
			}
		}
	}
}

func TestKeys(t *testing.T) {
	c := zone(t, "Europe/Lisbon")
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	for p, want := range map[api.Period]string{
		api.PeriodDaily: "2026-11-23", api.PeriodWeekly: "2026-W48", api.PeriodMonthly: "2026-11", api.PeriodYearly: "2026", api.PeriodAllTime: "all-time",
	} {
		if got := c.At(p, at).Key; got != want {
			t.Errorf("%s: got %s, want %s", p, got, want)
		}
		if got, ok := period.Of(want); !ok || got != p {
			t.Errorf("%s is taken for %s, %v", want, got, ok)
		}
	}
	if got := c.At(api.PeriodWeekly, time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC)).Key; got != "2026-W53" {
		t.Errorf("New Year's Day 2027 is in %s, want 2026-W53", got)
	}
}

func TestParseTakesKeysDatesAndTimes(t *testing.T) {
	c := zone(t, "Asia/Tokyo")
	for _, tc := range []struct {
		period   api.Period
		at, want string
	}{
		{api.PeriodWeekly, "2026-W47", "2026-W47"},
		{api.PeriodWeekly, "2026-11-22", "2026-W47"},
		{api.PeriodDaily, "2026-11-22T20:00:00Z", "2026-11-23"},
		{api.PeriodMonthly, "2026-10", "2026-10"},
		{api.PeriodMonthly, "2026-10-31T16:00:00Z", "2026-11"},
		{api.PeriodYearly, "2025", "2025"},
		{api.PeriodAllTime, "whenever", "all-time"},
		{api.PeriodWeekly, "2026-W60", ""},
		{api.PeriodWeekly, "2026-11", ""},
		{api.PeriodDaily, "yesterday", ""},
		{api.PeriodMonthly, "2026-W47", ""},
	} {
		got, err := c.Parse(tc.period, tc.at)
		if (err != nil) != (tc.want == "") || got.Key != tc.want {
			t.Errorf("%s %q: got %q, %v, want %q", tc.period, tc.at, got.Key, err, tc.want)
		}
	}
}
