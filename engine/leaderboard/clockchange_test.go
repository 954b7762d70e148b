package leaderboard_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
)

// dawns are the minutes of a stretch with which a local day begins.
func (n *naive) dawns(from, to time.Time) []time.Time {
	var out []time.Time
	for m := from.Truncate(time.Minute); m.Before(to); m = m.Add(time.Minute) {
		if n.localDate(m.Add(-time.Minute)).Before(n.localDate(m)) && m.After(from) {
			out = append(out, m)
		}
	}
	return out
}

func moment(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

// TestPeriodsAcrossClockChanges lives through the days around both changes of
// the clocks and compares every day, week, month and year with the model: as
// they stand, after restarts in between, from what was written down, and from
// the ledger alone.
func TestPeriodsAcrossClockChanges(t *testing.T) {
	for _, c := range []struct {
		zone    string
		changes []time.Time
	}{
		{"Europe/Lisbon", []time.Time{moment("2026-03-29T01:00:00Z"), moment("2026-10-25T01:00:00Z")}},
		{"America/New_York", []time.Time{moment("2026-03-08T07:00:00Z"), moment("2026-11-01T06:00:00Z")}},
		{"America/Santiago", []time.Time{moment("2026-04-05T03:00:00Z"), moment("2026-09-06T04:00:00Z")}},
	} {
		t.Run(c.zone, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) { liveThrough(t, d, c.zone, c.changes) })
		})
	}
}

// around is how long before and after a change the test looks: beyond the
// next end of a week, and of a month where that is near.
const around = 4 * 24 * time.Hour

func liveThrough(t *testing.T, d *db.DB, zone string, changes []time.Time) {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range changes {
		if before, after := at.Add(-1).In(loc), at.In(loc); before.Format("-07:00") == after.Format("-07:00") {
			t.Fatalf("%s: the clocks do not change at %s", zone, at)
		}
	}
	w := newWorldIn(t, d, zone, changes[0].Add(-around))
	people := w.people(t, 6)
	board := w.board(t, map[string]any{"allowedTimeFilters": api.Periods()})
	n, r := &naive{zone: loc}, rand.New(rand.NewPCG(7, 8))
	for _, change := range changes {
		w.clock.Advance(change.Add(-around).Sub(w.Now()))
		for w.Now().Before(change.Add(around)) {
			begun := w.Now()
			w.clock.Advance(time.Duration(20+r.IntN(100)) * time.Minute)
			var acts []ledger.Entry
			for range 1 + r.IntN(3) {
				acts = append(acts, w.gain(people[r.IntN(len(people))], int64(1+r.IntN(9)), -time.Duration(r.IntN(20))*time.Minute))
			}
			for _, edge := range n.dawns(begun, w.Now()) {
				acts = append(acts, w.gain(people[0], 3, edge.Sub(w.Now())), w.gain(people[1], 5, edge.Add(-time.Microsecond).Sub(w.Now())))
			}
			w.post(t, acts...)
			n.acts = append(n.acts, acts...)
			if r.IntN(40) == 0 {
				w = w.again(t)
			}
			if r.IntN(25) == 0 {
				w.agree(t, w.Now().Format(time.RFC3339), board, n, []api.Period{api.PeriodDaily, api.PeriodWeekly}, people, everybody)
			}
		}
	}
	w.agree(t, "as it stands", board, n, api.Periods(), people, everybody)
	if err := w.s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	w = w.again(t)
	w.agree(t, "as written down", board, n, api.Periods(), people, everybody)
	w.forgetProjection(t)
	w = w.again(t)
	w.agree(t, "from the ledger", board, n, api.Periods(), people, everybody)
}
