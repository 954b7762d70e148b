package streak_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// fill puts members with an open streak into the tables.
func (w *world) fill(b *testing.B, st api.Streak, n int) {
	b.Helper()
	due := w.clock.Now().Add(time.Hour).UnixMicro()
	for from := 0; from < n; from += 10_000 {
		err := w.DB().Write(b.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, fmt.Sprintf(`WITH RECURSIVE c(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM c WHERE i < %d)
				INSERT INTO streak_members (community_id, streak_id, member_id, member_no, length, due_at, state)
				SELECT $1, $2, printf('%%024x', i), i, 12, $3, $4 FROM c`, from+1, min(from+10_000, n)), w.home.ID, st.ID, due,
				fmt.Sprintf(`{"v":1,"open":1,"counts":{"a":1},"last":1,"frozen":-1,"missed":-1,"current":12,"longest":12,"lost":0,"freezes":%d,"deadline":%d,"zone":"Europe/Lisbon"}`, from/10_000%2, due))
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRoll ends the day of many members at once: half of them have a day
// off left, the others lose their streak.
func BenchmarkRoll(b *testing.B) {
	w := newWorld(b, dbtest.Open(b))
	st := w.make(b, api.StreakSettings{Freezes: &api.StreakFreezes{Max: 2}})
	const n = 1_000_000
	w.fill(b, st, n)
	w.clock.Advance(2 * time.Hour)
	b.ResetTimer()
	for range 1 { // once: nothing is due a second time
		if err := w.s.Roll(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(n/b.Elapsed().Seconds(), "members/s")
	b.ReportMetric(b.Elapsed().Seconds(), "s/million")
}

// BenchmarkStanding reads where a member with 400 days of history stands.
func BenchmarkStanding(b *testing.B) {
	w := newWorld(b, dbtest.Open(b))
	ana, st := w.join(b, "ana"), w.make(b, api.StreakSettings{StartDate: "2020-01-01"})
	for range 400 {
		w.act(b, "message", ana)
		w.clock.Advance(24 * time.Hour)
	}
	from := w.clock.Now().AddDate(0, 0, -390).Format(time.DateOnly)
	to := w.clock.Now().Format(time.DateOnly)
	b.ResetTimer()
	for range b.N {
		if _, err := w.s.Own(b.Context(), w.home.ID, ana); err != nil {
			b.Fatal(err)
		}
		if _, err := w.s.Days(b.Context(), w.home.ID, st.ID, ana, from, to); err != nil {
			b.Fatal(err)
		}
	}
}
