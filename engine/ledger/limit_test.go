package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
)

// TestDaysBeginInTheCommunitysZone sends acts around the end of summer time
// in Lisbon, when a day has 25 hours.
func TestDaysBeginInTheCommunitysZone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who := w.people(t, 1)[0]
		w.rules(t, api.ActionRule{Action: "quiz", Enabled: true, XP: 5, DailyCap: 1}, api.ActionRule{Action: "visit", Enabled: true, XP: 2})
		for _, c := range []struct {
			now, quiz, visit string
			streak, xpToday  int64
		}{
			{"2026-10-24T22:59:59Z", "awarded", "awarded", 1, 7},
			{"2026-10-24T23:00:00Z", "awarded", "awarded", 2, 7},
			{"2026-10-25T23:59:59Z", "capped", "capped", 2, 7},
			{"2026-10-26T00:00:00Z", "awarded", "awarded", 3, 7},
			{"2026-10-28T12:00:00Z", "awarded", "awarded", 1, 7},
		} {
			now, err := time.Parse(time.RFC3339, c.now)
			if err != nil {
				t.Fatal(err)
			}
			w.clock.Advance(now.Sub(w.Now()))
			got := w.record(t, w.act(who, "quiz", 0), w.act(who, "login", 0))
			if got[0].Status != c.quiz || got[1].Status != c.visit || got[1].Balance.Streak != c.streak {
				t.Errorf("%s: got %s, %s, streak %d; want %+v", c.now, got[0].Status, got[1].Status, got[1].Balance.Streak, c)
			}
			p, err := w.s.Progress(t.Context(), w.home.ID, who.ID)
			if err != nil || p.TodayXP != c.xpToday {
				t.Errorf("%s: got %d XP today, %v; want %d", c.now, p.TodayXP, err, c.xpToday)
			}
		}
		w.clock.Advance(48 * time.Hour)
		wallets, err := w.s.Wallets(t.Context(), w.home.ID, []string{who.ID, "nobody"})
		if err != nil || wallets[who.ID].Streak != 0 || wallets[who.ID].Visits != 5 || wallets["nobody"].Level != 1 {
			t.Errorf("after two days got %+v, %v", wallets, err)
		}
		w.balanced(t)
	})
}

// naive judges acts by looking at all of them.
type naive struct {
	zone  *time.Location
	rules map[string]api.ActionRule
	paid  map[string][]time.Time
	xp    map[string]int64
	known map[string]string
}

func (n *naive) judge(a ledger.Act) string {
	if was, ok := n.known[a.Reference]; ok {
		return was
	}
	status := n.fresh(a)
	n.known[a.Reference] = status
	return status
}

func (n *naive) fresh(a ledger.Act) string {
	r, key := n.rules[a.Action], a.Member.ID+a.Action
	today := int64(0)
	for _, p := range n.paid[key] {
		if p.Sub(a.OccurredAt).Abs() < time.Duration(r.Cooldown)*time.Second {
			return "cooldown"
		}
		if p.In(n.zone).YearDay() == a.OccurredAt.In(n.zone).YearDay() {
			today++
		}
	}
	if r.DailyCap > 0 && today >= r.DailyCap {
		return "capped"
	}
	n.paid[key] = append(n.paid[key], a.OccurredAt)
	n.xp[a.Member.ID] += r.XP
	return "awarded"
}

// TestRandomActsAgreeWithANaiveModel records acts in any order of time, with
// repeated references, in groups of any size.
func TestRandomActsAgreeWithANaiveModel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		people := w.people(t, 3)
		rules := []api.ActionRule{
			{Action: "message", Enabled: true, XP: 10, Cooldown: 900},
			{Action: "quiz", Enabled: true, XP: 3, DailyCap: 2},
			{Action: "survey", Enabled: true, XP: 7, Cooldown: 7200, DailyCap: 3},
		}
		w.rules(t, rules...)
		n := &naive{w.communities.Zone(t.Context(), w.home.ID), map[string]api.ActionRule{}, map[string][]time.Time{}, map[string]int64{}, map[string]string{}}
		for _, r := range rules {
			n.rules[r.Action] = r
		}
		random := rand.New(rand.NewPCG(1, 2))
		var made []ledger.Act
		for range 80 {
			w.clock.Advance(time.Duration(random.IntN(7200)) * time.Second)
			acts := make([]ledger.Act, 1+random.IntN(20))
			for i := range acts {
				a := w.act(people[random.IntN(3)], rules[random.IntN(3)].Action, -time.Duration(random.IntN(85000))*time.Second)
				a.Reference = fmt.Sprintf("r%d", len(made))
				if len(made) > 0 && random.IntN(10) == 0 {
					a = made[max(0, len(made)-1-random.IntN(30))]
					a.OccurredAt = w.Now()
				} else {
					made = append(made, a)
				}
				acts[i] = a
			}
			for i, award := range w.record(t, acts...) {
				if want := n.judge(acts[i]); award.Status != want {
					t.Fatalf("act %+v: got %s, want %s", acts[i], award.Status, want)
				}
			}
		}
		wallets, err := w.s.Wallets(t.Context(), w.home.ID, []string{people[0].ID, people[1].ID, people[2].ID})
		if err != nil {
			t.Fatal(err)
		}
		for id, xp := range n.xp {
			if wallets[id].XP != xp {
				t.Errorf("member %s: got %d XP, want %d", id, wallets[id].XP, xp)
			}
		}
		w.balanced(t)
	})
}
