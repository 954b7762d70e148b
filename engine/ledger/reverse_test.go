package ledger_test

import (
	"sync"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
)

// TestAReversalLeavesWhatAReplayWithoutItWould takes one of three awards back,
// eight times at once.
func TestAReversalLeavesWhatAReplayWithoutItWould(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana, ben := w.member(t, w.home.ID, "ana", api.RoleMember), w.member(t, w.home.ID, "ben", api.RoleMember)
		var wrong string
		for i, action := range []string{"message", "analysis", "reply"} {
			for _, who := range []string{"ana", "ben"} {
				ref := ana
				if who == "ben" {
					ref = ben
				}
				if who == "ben" && action == "analysis" {
					continue // what ana's is to look like
				}
				award, err := w.s.RecordOne(t.Context(), w.home.ID, ledger.Act{Member: ref, Action: action, Source: "api"})
				if err != nil {
					t.Fatal(err)
				}
				if who == "ana" && i == 1 {
					wrong = award.ID
				}
			}
			w.clock.Advance(time.Hour)
		}
		var all sync.WaitGroup
		done := make(chan error, 8)
		for range 8 {
			all.Go(func() {
				_, err := w.s.Reverse(t.Context(), w.home.ID, ana, wrong, api.Reversal{Reason: "A mistake"})
				done <- err
			})
		}
		all.Wait()
		close(done)
		worked := 0
		for err := range done {
			switch {
			case err == nil:
				worked++
			case !api.IsKind(err, api.Conflict):
				t.Error(err)
			}
		}
		if worked != 1 {
			t.Errorf("reversed %d times, want once", worked)
		}
		got, err := w.s.Wallets(t.Context(), w.home.ID, []string{ana.ID, ben.ID})
		if err != nil || got[ana.ID].XP != got[ben.ID].XP || got[ana.ID].Coins != got[ben.ID].Coins {
			t.Errorf("ana has %+v, ben %+v, %v", got[ana.ID], got[ben.ID], err)
		}
		a, errA := w.s.Daily(t.Context(), w.home.ID, ana, 1)
		b, errB := w.s.Daily(t.Context(), w.home.ID, ben, 1)
		if errA != nil || errB != nil || a.Totals != b.Totals {
			t.Errorf("the day: %+v and %+v", a.Totals, b.Totals)
		}
		if r, err := w.s.Verify(t.Context()); err != nil || !r.OK() {
			t.Errorf("books: %+v, %v", r.Faults, err)
		}
		for _, id := range []string{"ffffffffffffffffffffffff", "nonsense", api.SeqID(1_000)} {
			if _, err := w.s.Reverse(t.Context(), w.home.ID, ana, id, api.Reversal{Reason: "x"}); !api.IsKind(err, api.NotFound) {
				t.Errorf("%s: %v, want not found", id, err)
			}
		}
		if _, err := w.s.Reverse(t.Context(), w.home.ID, ben, wrong, api.Reversal{Reason: "x"}); !api.IsKind(err, api.NotFound) {
			t.Errorf("another member's entry: %v", err)
		}
	})
}
