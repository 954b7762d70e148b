package ledger_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest/resttest"
)

// ladder gives the world three tiers of one level each, at 0, 100 and 200 XP.
func (w *world) ladder(t testing.TB, demotion *api.TierDemotion) {
	t.Helper()
	tier := func(name string, from int64, multiplier int) api.TierInput {
		return api.TierInput{Name: name, Color: "#808080", Levels: []int64{from}, Multiplier: multiplier}
	}
	resttest.Call(t, w, "PUT", "/v1/gamification/tiers", w.admin(t), api.TierSettings{
		Tiers: []api.TierInput{tier("Low", 0, 0), tier("Mid", 100, 150), tier("High", 200, 200)}, Demotion: demotion,
	}).Want(t, 200)
}

// admin gives a user token of a new admin.
func (w *world) admin(t testing.TB) string {
	t.Helper()
	return w.signIn(t, w.member(t, w.home.ID, "admin"+api.NewID(), api.RoleAdmin))
}

// xp adds to a member's XP, or takes from it.
func (w *world) xp(t testing.TB, who member.Ref, n int64) {
	t.Helper()
	w.clock.Advance(time.Minute)
	var entries []ledger.Entry
	err := w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
		entries, err = w.s.Post(ctx, tx, w.home.ID, []ledger.Posting{{Member: who, Action: "adjustment", XP: n, Source: "api"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.s.Committed(t.Context(), entries)
}

func (w *world) catchUp(t testing.TB) {
	t.Helper()
	if err := w.s.CatchUp(t.Context(), w.home.ID); err != nil {
		t.Fatal(err)
	}
}

func (w *world) progress(t testing.TB, who member.Ref) api.Progress {
	t.Helper()
	p, err := w.s.Progress(t.Context(), w.home.ID, who.ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// stands fails unless the member is on the tier, with the moves behind him,
// the latest first, such as "Low>Mid".
func (w *world) stands(t testing.TB, who member.Ref, tier string, moves ...string) {
	t.Helper()
	p := w.progress(t, who)
	if p.Tier == nil || p.Tier.Name != tier {
		t.Errorf("%s: got tier %+v, want %s", who.Username, p.Tier, tier)
	}
	var got []string
	for _, c := range p.TierChanges {
		got = append(got, c.From+">"+c.To)
	}
	if len(got) != len(moves) {
		t.Errorf("%s: got moves %q, want %q", who.Username, got, moves)
		return
	}
	for i := range got {
		if got[i] != moves[i] {
			t.Errorf("%s: got moves %q, want %q", who.Username, got, moves)
		}
	}
}

func TestMultiplierOfTheTierRaisesWhatActsPay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.rules(t, api.ActionRule{Action: "reply", Enabled: true, XP: 95, Coins: 3})
		w.ladder(t, nil)
		who := w.people(t, 1)[0]
		var got [][2]int64
		for range 4 {
			a := w.record(t, w.act(who, "reply", 0))[0]
			got = append(got, [2]int64{a.XP, a.Coins})
			w.clock.Advance(time.Hour)
		}
		want := [][2]int64{{95, 3}, {95, 3}, {142, 4}, {190, 6}} // rounded down
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("act %d: got %v, want %v", i, got[i], want[i])
			}
		}
		w.balanced(t)
	})
}

func TestTiersFallWithTheXP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.ladder(t, nil)
		who := w.people(t, 1)[0]
		w.xp(t, who, 120)
		w.catchUp(t)
		w.stands(t, who, "Mid", "Low>Mid")
		p := w.progress(t, who)
		if p.PreviousTier == nil || p.PreviousTier.Name != "Low" || p.NextTier == nil || p.NextTier.Name != "High" {
			t.Errorf("got previous %+v and next %+v", p.PreviousTier, p.NextTier)
		}
		w.xp(t, who, -50)
		w.catchUp(t)
		w.catchUp(t)
		w.stands(t, who, "Low", "Mid>Low", "Low>Mid")
	})
}

func TestTiersStayWhenTheyNeverFall(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.ladder(t, &api.TierDemotion{Rule: "never"})
		who := w.people(t, 1)[0]
		w.xp(t, who, 120)
		w.catchUp(t)
		w.xp(t, who, -100)
		w.catchUp(t)
		w.stands(t, who, "Mid", "Low>Mid")
		w.xp(t, who, 90) // 110: below the peak
		if p := w.progress(t, who); p.StandingXP != 120 || p.Wallet.XP != 110 {
			t.Errorf("got standing %d of %d XP, want 120 of 110", p.StandingXP, p.Wallet.XP)
		}
		w.xp(t, who, 100)
		w.catchUp(t)
		w.stands(t, who, "High", "Mid>High", "Low>Mid")
		w.ladder(t, &api.TierDemotion{Rule: "xp"})
		w.xp(t, who, -150) // 60
		w.catchUp(t)
		w.stands(t, who, "Low", "High>Low", "Mid>High", "Low>Mid")
	})
}

func TestIdleMembersLoseATierForEachStretch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.ladder(t, &api.TierDemotion{Rule: "idle", Days: 30, MinXP: 10})
		people := w.people(t, 3)
		idle, busy, low := people[0], people[1], people[2]
		w.xp(t, idle, 250)
		w.xp(t, busy, 250)
		w.xp(t, low, 5)
		w.catchUp(t)
		review := func(days int) {
			t.Helper()
			w.clock.Advance(time.Duration(days) * 24 * time.Hour)
			w.xp(t, busy, 10)
			if err := w.s.Demote(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.catchUp(t)
		}
		review(0)
		review(29)
		w.stands(t, idle, "High", "Low>High")
		review(2)
		w.stands(t, idle, "Mid", "High>Mid", "Low>High")
		review(1)
		w.stands(t, idle, "Mid", "High>Mid", "Low>High")
		review(30)
		w.stands(t, idle, "Low", "Mid>Low", "High>Mid", "Low>High")
		review(31)
		w.stands(t, idle, "Low", "Mid>Low", "High>Mid", "Low>High")
		w.stands(t, busy, "High", "Low>High")
		w.stands(t, low, "Low")
		w.xp(t, idle, 120) // from the start of Low
		w.catchUp(t)
		w.stands(t, idle, "Mid", "Low>Mid", "Mid>Low", "High>Mid", "Low>High")
		if p := w.progress(t, idle); p.Wallet.XP != 370 {
			t.Errorf("got %d XP, want all 370", p.Wallet.XP)
		}
		w.balanced(t)
	})
}

func TestDemotionIsChecked(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.admin(t)
	for field, demotion := range map[string]api.TierDemotion{
		"demotion.days":  {Rule: "idle", MinXP: 5},
		"demotion.minXp": {Rule: "idle", Days: 5},
		"demotion.rule":  {Rule: "often"},
	} {
		got := resttest.Call(t, w, "PUT", "/v1/gamification/tiers", key, api.TierSettings{Tiers: []api.TierInput{}, Demotion: &demotion}).Want(t, 400)
		if !strings.Contains(got.Raw, `"field":"`+field+`"`) {
			t.Errorf("got %s, want field %s", got.Raw, field)
		}
	}
}

// TestRewardsAreGivenOnce restarts the reader, lets a grant fail and lets two
// readers work on one ledger: each entry is rewarded once all the same.
func TestRewardsAreGivenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who := w.people(t, 1)[0]
		fails := errors.New("fails")
		var failing error
		pay := func(s *ledger.Service) ledger.Reward {
			return func(_ context.Context, b ledger.Batch) (ledger.Grant, error) {
				earned := int64(0)
				for _, e := range b.Entries {
					if e.XP > 0 {
						earned++
					}
				}
				if earned == 0 {
					return nil, nil
				}
				return func(ctx context.Context, tx *db.Tx) ([]ledger.Entry, func(context.Context), error) {
					entries, err := s.Post(ctx, tx, b.CommunityID, []ledger.Posting{{Member: who, Action: "adjustment", Coins: earned, Source: "system"}})
					return entries, nil, errors.Join(err, failing)
				}, nil
			}
		}
		w.s.Rewards = []ledger.Reward{pay(w.s)}
		other := ledger.New(w.Kit, w.communities, w.members)
		other.Rewards = []ledger.Reward{pay(other)}
		for range 5 {
			w.xp(t, who, 1)
		}
		failing = fails
		if err := w.s.CatchUp(t.Context(), w.home.ID); !errors.Is(err, fails) {
			t.Errorf("got %v, want the grant's failure", err)
		}
		failing = nil
		w.catchUp(t)
		w.catchUp(t)
		if err := other.CatchUp(t.Context(), w.home.ID); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			w.xp(t, who, 1)
		}
		if err := other.CatchUp(t.Context(), w.home.ID); err != nil {
			t.Fatal(err)
		}
		w.catchUp(t) // is behind what the other has read
		again := ledger.New(w.Kit, w.communities, w.members)
		again.Rewards = []ledger.Reward{pay(again)}
		if err := again.CatchUp(t.Context(), w.home.ID); err != nil {
			t.Fatal(err)
		}
		if p := w.progress(t, who); p.Wallet.Coins != 8 {
			t.Errorf("got %d coins for 8 entries", p.Wallet.Coins)
		}
		w.balanced(t)
	})
}
