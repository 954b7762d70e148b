package streak_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
	"laurel/engine/streak"
)

// world is a community with streaks.
type world struct {
	*rest.Kit
	clock   *resttest.Clock
	home    api.Community
	members *member.Service
	ledger  *ledger.Service
	s       *streak.Service
	mu      sync.Mutex
	spins   map[string]int64 // that were given, by member
	badges  []string
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	clock := resttest.NewClock()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	communities := community.New(k, box)
	mailer := event.NewMailer(d, clock.Now, k.Log(), event.MailConfig{Seal: box.Seal, Open: box.Open})
	w := &world{Kit: k, clock: clock, spins: map[string]int64{}, members: member.New(k, communities, mailer, member.Config{Hasher: auth.NewHasher(auth.CheapParams(), 2)})}
	w.ledger = ledger.New(k, communities, w.members)
	communities.OnCreate = w.ledger.Defaults
	w.s = streak.New(k, communities, w.members, w.ledger)
	w.s.HasBadge = func(_ context.Context, _, id string) error {
		if id != "known" {
			return api.NewError(api.NotFound, "badge_not_found", "No.")
		}
		return nil
	}
	w.s.GiveSpins = func(_ context.Context, _ *db.Tx, _, memberID string, n int64) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.spins[memberID] += n
		return nil
	}
	w.s.GiveBadge = func(context.Context, *db.Tx, string, string, member.Ref) ([]ledger.Posting, error) { return nil, nil }
	w.s.BadgeGiven = func(_ string, who member.Ref) { w.badges = append(w.badges, who.Username) }
	w.ledger.Rewards = append(w.ledger.Rewards, w.s.Follow)
	if w.home, _, err = communities.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind", Timezone: "Europe/Lisbon"}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) join(t testing.TB, name string) member.Ref {
	t.Helper()
	if _, err := w.members.Create(t.Context(), w.home.ID, api.NewUser{Username: name, Email: name + "@example.com"}); err != nil {
		t.Fatal(err)
	}
	ref, err := w.members.Resolve(t.Context(), w.home.ID, name)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func (w *world) make(t testing.TB, in api.StreakSettings) api.Streak {
	t.Helper()
	if in.Name == "" {
		in.Name = "Say something"
	}
	if in.Action == nil {
		in.Action = &api.StreakAction{Conditions: []api.StreakCondition{{Action: "messages", Value: 1}}}
	}
	st, err := w.s.Create(t.Context(), w.home.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// act records that members did something, and counts it.
func (w *world) act(t testing.TB, action string, who ...member.Ref) {
	t.Helper()
	for _, m := range who {
		if _, err := w.ledger.RecordOne(t.Context(), w.home.ID, ledger.Act{Member: m, Action: action, Source: "api"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.ledger.CatchUp(t.Context(), w.home.ID); err != nil {
		t.Fatal(err)
	}
}

func (w *world) stand(t testing.TB, st api.Streak, who member.Ref) api.StreakStanding {
	t.Helper()
	got, err := w.s.Stand(t.Context(), w.home.ID, st.ID, who)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (w *world) coins(t testing.TB, who member.Ref) int64 {
	t.Helper()
	got, err := w.ledger.Wallets(t.Context(), w.home.ID, []string{who.ID})
	if err != nil {
		t.Fatal(err)
	}
	return got[who.ID].Coins
}

func TestAStreakGrowsAndPays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.join(t, "ana")
		st := w.make(t, api.StreakSettings{
			Reward:     &api.StreakReward{Coins: 2},
			Milestones: []api.StreakMilestone{{Count: 3, StreakReward: api.StreakReward{Coins: 100, Spins: 2, BadgeID: "known"}}},
		})
		for range 3 {
			w.act(t, "message", ana)
			w.act(t, "message", ana)
			w.clock.Advance(24 * time.Hour)
		}
		if got := w.coins(t, ana); got != 3*2+100 {
			t.Errorf("%d coins, want 106", got)
		}
		if w.spins[ana.ID] != 2 || len(w.badges) != 1 {
			t.Errorf("%d spins and %d badges, want 2 and 1", w.spins[ana.ID], len(w.badges))
		}
		got := w.stand(t, st, ana)
		if got.State != api.StreakOpen || got.Current != 3 || got.NextMilestone != nil || len(got.Week) != 7 {
			t.Errorf("stands at %+v", got)
		}
		if err := w.s.Roll(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(48 * time.Hour)
		if got := w.stand(t, st, ana); got.State != api.StreakBroken || got.LostCount != 3 || got.Longest != 3 {
			t.Errorf("before the roll-over: %+v", got)
		}
		if err := w.s.Roll(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.stand(t, st, ana); got.State != api.StreakBroken || got.LostCount != 3 {
			t.Errorf("after the roll-over: %+v", got)
		}
		days, err := w.s.Days(t.Context(), w.home.ID, st.ID, ana, st.StartDate, "")
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"completed", "completed", "completed", "missed", "none", "open"} {
			if days[i].Status != want {
				t.Errorf("day %d is %s, want %s", i, days[i].Status, want)
			}
		}
		if got, err := w.ledger.Verify(t.Context()); err != nil || len(got.Faults) > 0 {
			t.Errorf("verify: %v, %v", got.Faults, err)
		}
	})
}

func TestDaysOffAndRepairsAreBought(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.join(t, "ana")
		st := w.make(t, api.StreakSettings{Freezes: &api.StreakFreezes{Max: 1, Price: 30}, Repair: &api.StreakRepair{Hours: 48, Price: 50}, Reward: &api.StreakReward{Coins: 45}})
		w.act(t, "message", ana)
		if _, err := w.s.Repair(t.Context(), w.home.ID, st.ID, ana, api.StreakPurchase{}); !api.IsKind(err, api.Conflict) {
			t.Errorf("repaired what was whole: %v", err)
		}
		got, err := w.s.BuyFreeze(t.Context(), w.home.ID, st.ID, ana, api.StreakPurchase{})
		if err != nil || got.Freezes != 1 || w.coins(t, ana) != 15 {
			t.Errorf("bought: %d held, %d coins left, %v", got.Freezes, w.coins(t, ana), err)
		}
		if _, err := w.s.BuyFreeze(t.Context(), w.home.ID, st.ID, ana, api.StreakPurchase{}); !api.IsKind(err, api.Conflict) {
			t.Errorf("bought more than can be held: %v", err)
		}
		w.clock.Advance(72 * time.Hour) // one day off, one day missed, today
		if got := w.stand(t, st, ana); got.State != api.StreakBroken || got.RepairUntil == nil {
			t.Fatalf("stands at %+v", got)
		}
		if _, err := w.s.Repair(t.Context(), w.home.ID, st.ID, ana, api.StreakPurchase{}); !api.IsKind(err, api.Conflict) || w.coins(t, ana) != 15 {
			t.Errorf("repaired without the coins: %v", err)
		}
		w.act(t, "message", ana) // pays 45
		got, err = w.s.Repair(t.Context(), w.home.ID, st.ID, ana, api.StreakPurchase{})
		if err != nil || got.Current != 2 || w.coins(t, ana) != 10 {
			t.Errorf("repaired: %d in a row, %d coins left, %v", got.Current, w.coins(t, ana), err)
		}
	})
}

func TestTheTeamRepairsWithAReason(t *testing.T) {
	d := dbtest.Open(t)
	w := newWorld(t, d)
	ana := w.join(t, "ana")
	st := w.make(t, api.StreakSettings{})
	w.act(t, "message", ana)
	w.clock.Advance(30 * 24 * time.Hour)
	got, err := w.s.Edit(t.Context(), w.home.ID, st.ID, "ana", api.StreakEdit{Repair: true, Freezes: &api.SpinEdit{Op: "add", Value: 2}, Reason: "Was in hospital"})
	if err != nil || got.Current != 1 || got.Freezes != 2 {
		t.Errorf("after the repair: %+v, %v", got, err)
	}
	_, err = w.s.Edit(t.Context(), w.home.ID, st.ID, "ana", api.StreakEdit{Freezes: &api.SpinEdit{Op: "subtract", Value: 3}, Reason: "x"})
	if !api.IsKind(err, api.Invalid) {
		t.Errorf("fewer than none: %v", err)
	}
}

func TestMembersLiveInTheirOwnZone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		yes, zone := true, "Pacific/Auckland"
		if _, err := w.members.Create(t.Context(), w.home.ID, api.NewUser{Username: "ana", Email: "ana@example.com", Timezone: zone}); err != nil {
			t.Fatal(err)
		}
		ana, err := w.members.Resolve(t.Context(), w.home.ID, "ana")
		if err != nil {
			t.Fatal(err)
		}
		st := w.make(t, api.StreakSettings{MemberTimezone: &yes, StartDate: "2020-01-01"})
		w.act(t, "message", ana)
		day, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		today := w.clock.Now().In(day).Format(time.DateOnly)
		for _, d := range w.stand(t, st, ana).Week {
			if (d.Status == "completed") != (d.Date == today) {
				t.Errorf("%s is %s; today is %s there", d.Date, d.Status, today)
			}
		}
	})
}

func TestBadSettingsAreRefusedByField(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	one := func(c api.StreakCondition) *api.StreakAction {
		return &api.StreakAction{Conditions: []api.StreakCondition{c}}
	}
	yes, good := true, one(api.StreakCondition{Action: "messages", Value: 1})
	for field, in := range map[string]api.StreakSettings{
		"name":                         {Action: good},
		"timezone":                     {Name: "x", Action: good, Timezone: "Mars/Olympus"},
		"startDate":                    {Name: "x", Action: good, StartDate: "tomorrow"},
		"activeDays":                   {Name: "x", Action: good, ActiveDaysType: "custom"},
		"activeDays[1]":                {Name: "x", Action: good, ActiveDaysType: "custom", ActiveDays: []string{"monday", "monday"}},
		"action.conditions":            {Name: "x"},
		"action.conditions[0].action":  {Name: "x", Action: one(api.StreakCondition{Action: "dances", Value: 1})},
		"action.conditions[0].measure": {Name: "x", Action: one(api.StreakCondition{Action: "messages", Value: 1, Measure: "increase"})},
		"milestones[0].xp":             {Name: "x", Action: good, Milestones: []api.StreakMilestone{{Count: 1}}},
		"milestones[0].badgeId":        {Name: "x", Action: good, Milestones: []api.StreakMilestone{{Count: 1, StreakReward: api.StreakReward{BadgeID: "other"}}}},
	} {
		_, err := w.s.Create(t.Context(), w.home.ID, in)
		var e *api.Error
		if !errors.As(err, &e) || len(e.Fields) == 0 || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	_, err := w.s.Create(t.Context(), w.home.ID, api.StreakSettings{Name: "x", Action: one(api.StreakCondition{Action: "volume", Value: 1, IsCustomField: &yes})})
	if !api.IsKind(err, api.Invalid) {
		t.Errorf("a field that is none: %v", err)
	}
}

func TestChangesKeepWhatIsLeftOut(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	words := "Every day"
	st := w.make(t, api.StreakSettings{Description: &words, Freezes: &api.StreakFreezes{Max: 3}, ActiveDaysType: "weekdays"})
	got, err := w.s.Update(t.Context(), w.home.ID, st.ID, api.StreakSettings{Name: "Renamed"})
	if err != nil || got.Name != "Renamed" || *got.Description != "Every day" || got.Freezes.Max != 3 || len(got.ActiveDays) != 5 || got.V != 2 {
		t.Errorf("after the change: %+v, %v", got, err)
	}
}

func TestDeletedStreaksLeaveNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana, st := w.join(t, "ana"), w.make(t, api.StreakSettings{})
		w.act(t, "message", ana)
		if err := w.s.Delete(t.Context(), w.home.ID, st.ID); err != nil {
			t.Fatal(err)
		}
		w.act(t, "message", ana)
		w.clock.Advance(72 * time.Hour)
		if err := w.s.Roll(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := w.s.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"streaks", "streak_versions", "streak_members", "streak_logs", "streak_trash"} {
			var n int
			if err := d.Read().QueryRow(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s holds %d rows, %v", table, n, err)
			}
		}
	})
}

func TestPausedStreaksRestAndGoOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		on, off := true, false
		ana, st := w.join(t, "ana"), w.make(t, api.StreakSettings{})
		w.act(t, "message", ana)
		w.set(t, st, &off)
		w.clock.Advance(10 * 24 * time.Hour)
		if err := w.s.Roll(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.stand(t, st, ana); got.State != api.StreakPaused || got.Current != 1 {
			t.Errorf("paused: %+v", got)
		}
		w.set(t, st, &on)
		if got := w.stand(t, st, ana); got.State == api.StreakBroken || got.Current != 1 {
			t.Errorf("going on: %+v", got)
		}
		w.clock.Advance(3 * 24 * time.Hour)
		if err := w.s.Roll(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.stand(t, st, ana); got.State != api.StreakBroken {
			t.Errorf("after three days: %+v", got)
		}
	})
}

func (w *world) set(t testing.TB, st api.Streak, on *bool) {
	t.Helper()
	if _, err := w.s.Update(t.Context(), w.home.ID, st.ID, api.StreakSettings{IsEnabled: on}); err != nil {
		t.Fatal(err)
	}
}

// TestRewardsArePaidOnceUnderContention lets members act, buy and roll over at
// the same time.
func TestRewardsArePaidOnceUnderContention(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		st := w.make(t, api.StreakSettings{Reward: &api.StreakReward{Coins: 10}, Freezes: &api.StreakFreezes{Max: 100, Price: 1}})
		who := make([]member.Ref, 20)
		for i := range who {
			who[i] = w.join(t, fmt.Sprintf("m%d", i))
		}
		w.act(t, "message", who...)
		var all sync.WaitGroup
		for _, m := range who {
			for range 4 {
				all.Go(func() {
					if _, err := w.s.BuyFreeze(t.Context(), w.home.ID, st.ID, m, api.StreakPurchase{}); err != nil {
						t.Error(err)
					}
				})
			}
			all.Go(func() {
				if _, err := w.ledger.RecordOne(t.Context(), w.home.ID, ledger.Act{Member: m, Action: "message", Source: "api"}); err != nil {
					t.Error(err)
				}
				if err := w.ledger.CatchUp(t.Context(), w.home.ID); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, m := range who {
			if got := w.stand(t, st, m); got.Freezes != 4 || got.Current != 1 || w.coins(t, m) != 6 {
				t.Errorf("%s holds %d days off, %d in a row, %d coins; want 4, 1, 6", m.Username, got.Freezes, got.Current, w.coins(t, m))
			}
		}
	})
}

func TestMilestonesCanBeTakenAway(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	st := w.make(t, api.StreakSettings{Milestones: []api.StreakMilestone{{Count: 2, StreakReward: api.StreakReward{XP: 1}}}})
	if got, err := w.s.Update(t.Context(), w.home.ID, st.ID, api.StreakSettings{Milestones: []api.StreakMilestone{}}); err != nil || len(got.Milestones) != 0 {
		t.Errorf("still %v, %v", got.Milestones, err)
	}
}

// TestMembersAreToldOnce warns who has something to lose, once for a day, and
// tells whose streak broke.
func TestMembersAreToldOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		told := map[string]int{}
		w.s.Notify = func(_ context.Context, _ *db.Tx, _, _ string, n api.Notification) error { told[n.Title]++; return nil }
		w.s.NotifyAll = func(_ context.Context, _ *db.Tx, _ string, ids []string, n api.Notification) error {
			told[n.Title] += len(ids)
			return nil
		}
		ana, ben := w.join(t, "ana"), w.join(t, "ben")
		w.make(t, api.StreakSettings{Name: "Daily", Repair: &api.StreakRepair{Hours: 24}})
		for range 3 {
			w.act(t, "message", ana)
			w.clock.Advance(24 * time.Hour)
		}
		w.act(t, "message", ben) // has a streak of one only
		warn := func() {
			if err := w.s.Warn(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		warn()
		if len(told) != 0 {
			t.Errorf("told in the morning: %v", told)
		}
		w.clock.Advance(13 * time.Hour)
		warn()
		warn()
		if told["Daily ends soon"] != 1 {
			t.Errorf("told in the evening: %v", told)
		}
		w.clock.Advance(4 * time.Hour)
		for range 2 {
			if err := w.s.Roll(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if told["Daily broke after 3"] != 1 || len(told) != 2 {
			t.Errorf("told the next day: %v", told)
		}
	})
}
