package leaderboard_test

import (
	"testing"
	"time"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// TestWhatIsTakenBackLeavesThePeriodItCountedFor posts awards and takes them
// back an hour later, dated as they were.
func TestWhatIsTakenBackLeavesThePeriodItCountedFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClosed(t, d)
		for _, who := range c.people {
			c.happen(t, c.gain(who, 50, 0))
		}
		c.clock.Advance(time.Hour)
		c.happen(t, c.gain(c.people[0], -50, -time.Hour), c.gain(c.people[3], -50, -time.Hour))
		c.check(t, "after taking back")
		c.written(t)
		c.restart(t)
		c.check(t, "after a restart")
	})
}
