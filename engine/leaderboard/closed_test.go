package leaderboard_test

import (
	"slices"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// closed is a board with a day, a week and a month that are over.
type closed struct {
	*world
	board  string
	people []member.Ref
	n      *naive
}

// ended is what the test asks for again and again, as it was when it ended.
var ended = map[api.Period]string{api.PeriodDaily: "2026-11-27", api.PeriodWeekly: "2026-W48", api.PeriodMonthly: "2026-11"}

func newClosed(t *testing.T, d *db.DB) *closed {
	t.Helper()
	w := newWorldIn(t, d, "Europe/Lisbon", moment("2026-11-27T08:00:00Z"))
	c := &closed{world: w, people: w.people(t, 5), n: &naive{zone: time.UTC}} // Lisbon is on UTC then
	c.board = w.board(t, map[string]any{"allowedTimeFilters": api.Periods()})
	for i, who := range c.people[:4] {
		c.clock.Advance(time.Hour)
		c.happen(t, c.gain(who, int64(10*(i+1)), 0), c.gain(who, 5, -time.Minute))
	}
	return c
}

// happen posts entries to the board and the model alike.
func (c *closed) happen(t *testing.T, acts ...ledger.Entry) {
	t.Helper()
	c.post(t, acts...)
	c.n.acts = append(c.n.acts, acts...)
}

func (c *closed) restart(t *testing.T) { c.world = c.again(t) }

func (c *closed) written(t *testing.T) {
	t.Helper()
	if err := c.s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (c *closed) check(t *testing.T, what string) {
	t.Helper()
	c.agree(t, what, c.board, c.n, api.Periods(), c.people, everybody)
}

// TestClosedPeriodsStayAsTheyEnded moves on for weeks, with further activity,
// restarts and a memory that forgets: what is over does not move.
func TestClosedPeriodsStayAsTheyEnded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClosed(t, d)
		final := map[api.Period][]line{}
		for p, key := range ended {
			final[p], _ = c.lines(t, c.board, p, key)
		}
		for day := range 12 { // into December, with each restart at another stage
			c.clock.Advance(24 * time.Hour)
			if c.Now().Before(moment("2026-12-01T00:00:00Z")) { // the week and the month go on until then
				continue
			}
			c.happen(t, c.gain(c.people[day%5], 100, 0))
			switch day % 4 {
			case 0:
				c.restart(t)
			case 1:
				c.written(t)
			case 2:
				c.written(t)
				c.restart(t)
			}
			for p, key := range ended {
				if got, reply := c.lines(t, c.board, p, key); !slices.Equal(got, final[p]) || !reply.Closed {
					t.Errorf("day %d, %s: got %v (closed %v), want %v", day, key, got, reply.Closed, final[p])
				}
			}
			c.check(t, c.Now().Format(time.DateOnly))
		}
		c.forgetProjection(t)
		c.restart(t)
		c.check(t, "from the ledger")
	})
}

// TestLateActsAndCorrectionsCountWhereTheyBelong posts what happened before a
// period ended after it has: while it is in memory, after it was dropped from
// it, after restarts, and without a look in between.
func TestLateActsAndCorrectionsCountWhereTheyBelong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		late := moment("2026-11-27T20:00:00Z")
		for _, s := range []struct {
			name   string
			before func(*testing.T, *closed)
		}{
			{"in memory", func(t *testing.T, c *closed) { c.check(t, "before") }},
			{"written down", func(t *testing.T, c *closed) { c.check(t, "before"); c.written(t) }},
			{"dropped from memory", func(t *testing.T, c *closed) {
				c.written(t)
				c.clock.Advance(10 * time.Hour)
				c.written(t)
			}},
			{"after a restart", func(t *testing.T, c *closed) { c.written(t); c.restart(t) }},
			{"after a crash", func(t *testing.T, c *closed) { c.restart(t) }},
			{"after a restart, loaded", func(t *testing.T, c *closed) { c.written(t); c.restart(t); c.load(t, c.board) }},
		} {
			t.Run(s.name, func(t *testing.T) {
				c := newClosed(t, d)
				c.clock.Advance(moment("2026-12-01T06:00:00Z").Sub(c.Now()))
				c.happen(t, c.gain(c.people[4], 7, 0))
				s.before(t, c)
				c.happen(t, c.gain(c.people[0], 60, late.Sub(c.Now()))) // from the last to the first
				c.check(t, "a late act")
				c.happen(t, c.gain(c.people[0], -60, late.Add(time.Hour).Sub(c.Now())), c.gain(c.people[3], -45, late.Sub(c.Now())))
				c.restart(t)
				c.check(t, "a correction, after a crash")
				c.written(t)
				c.restart(t)
				c.check(t, "a correction, as written down")
				c.forgetProjection(t)
				c.restart(t)
				c.check(t, "a correction, from the ledger")
			})
		}
	})
}
