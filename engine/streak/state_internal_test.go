package streak

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/civil"
)

func settings(change func(*api.StreakSettings)) api.StreakSettings {
	on, off, zero, risk := true, false, 0, 6
	s := api.StreakSettings{
		Name: "Daily", IsEnabled: &on, Timezone: ourZone, MemberTimezone: &off, StartDate: "2024-01-01", GraceHours: &zero, RiskHours: &risk,
		Timeframe: &api.StreakTimeframe{Value: "daily", Count: 1}, ActiveDaysType: "everyday", ActiveDays: slices.Clone(weekdays),
		Action:  &api.StreakAction{Operator: "and", Conditions: []api.StreakCondition{{ID: "a", Action: "messages", Value: 1, Measure: "count"}}},
		Freezes: &api.StreakFreezes{}, Repair: &api.StreakRepair{}, Reward: &api.StreakReward{},
	}
	if change != nil {
		change(&s)
	}
	return s
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// run is one member's way through a streak.
type run struct {
	t        testing.TB
	versions []*rules
	zone     *time.Location
	state    state
	out      []outcome
}

func begin(t testing.TB, z *time.Location, at time.Time, change func(*api.StreakSettings)) *run {
	r := newRules(1, at, settings(change))
	return &run{t: t, versions: []*rules{r}, zone: z, state: r.begin(z, at)}
}

func (r *run) look(at time.Time) { r.out = append(r.out, r.state.advance(r.versions, r.zone, at)...) }

func (r *run) act(at time.Time) {
	r.look(at)
	out, _ := r.state.take(r.versions[len(r.versions)-1], r.zone, act{action: "message", at: at})
	r.out = append(r.out, out...)
}

func (r *run) want(at time.Time, status string, current int64) view {
	r.t.Helper()
	st := &streak{versions: r.versions}
	v := st.view(r.state, r.zone, at)
	if v.status() != status || v.Current != current {
		r.t.Errorf("at %s: %s with %d in a row, want %s with %d (%+v)", at, v.status(), v.Current, status, current, v.state)
	}
	return v
}

func day(d, h, m int) time.Time { return time.Date(2024, 1, d, h, m, 0, 0, time.UTC) }

func TestDayByDay(t *testing.T) {
	r := begin(t, time.UTC, day(1, 0, 0), nil)
	r.want(day(1, 9, 0), api.StreakNew, 0)
	r.act(day(1, 9, 0))
	r.want(day(1, 9, 1), api.StreakDone, 1)
	r.act(day(1, 22, 0))
	r.want(day(1, 23, 0), api.StreakDone, 1)
	r.want(day(2, 9, 0), api.StreakOpen, 1)
	r.want(day(2, 18, 0), api.StreakAtRisk, 1)
	r.act(day(2, 23, 59))
	r.want(day(3, 1, 0), api.StreakOpen, 2)
	if v := r.want(day(4, 0, 0), api.StreakBroken, 0); v.Longest != 2 || v.Lost != 2 {
		t.Errorf("longest %d, lost %d, want 2 and 2", v.Longest, v.Lost)
	}
}

func TestDaysOffAreUsedByThemselves(t *testing.T) {
	r := begin(t, time.UTC, day(1, 0, 0), func(s *api.StreakSettings) { s.Freezes = &api.StreakFreezes{Start: 1, Every: 3, Max: 2} })
	r.act(day(1, 9, 0))
	if v := r.want(day(3, 9, 0), api.StreakOpen, 1); v.Freezes != 0 {
		t.Errorf("%d days off left, want 0", v.Freezes)
	}
	r.act(day(3, 9, 0))
	r.act(day(4, 9, 0)) // the third earns one
	if v := r.want(day(6, 9, 0), api.StreakOpen, 3); v.Freezes != 0 {
		t.Errorf("%d days off left, want 0", v.Freezes)
	}
	r.want(day(7, 0, 0), api.StreakBroken, 0)
}

func TestALateReportTakesBackWhatItHadCost(t *testing.T) {
	r := begin(t, time.UTC, day(1, 0, 0), func(s *api.StreakSettings) { s.Freezes = &api.StreakFreezes{Start: 1, Max: 1} })
	r.act(day(1, 9, 0))
	r.look(day(3, 1, 0))
	r.act(day(2, 20, 0)) // reported on the third
	if v := r.want(day(3, 2, 0), api.StreakOpen, 2); v.Freezes != 1 {
		t.Errorf("%d days off, want the one back", v.Freezes)
	}
	r.want(day(4, 1, 0), api.StreakOpen, 2) // the third is frozen
	r.look(day(5, 1, 0))
	r.want(day(5, 1, 0), api.StreakBroken, 0)
	r.act(day(5, 9, 0))
	r.act(day(4, 9, 0))
	r.want(day(5, 10, 0), api.StreakDone, 4)
}

func TestGraceAndNeverTwoDaysFromOneAct(t *testing.T) {
	r := begin(t, time.UTC, day(1, 0, 0), func(s *api.StreakSettings) { *s.GraceHours = 3 })
	r.act(day(1, 9, 0))
	r.want(day(3, 1, 0), api.StreakAtRisk, 1)
	r.act(day(3, 1, 0)) // saves the second
	r.want(day(3, 1, 1), api.StreakOpen, 2)
	r.act(day(3, 1, 2))
	r.want(day(3, 1, 3), api.StreakDone, 3)
	r.want(day(5, 3, 0), api.StreakBroken, 0)
}

func TestOnlyActiveDaysCount(t *testing.T) {
	r := begin(t, time.UTC, day(1, 0, 0), func(s *api.StreakSettings) { s.ActiveDays = weekdays[1:6] })
	r.act(day(5, 9, 0)) // a Friday
	r.want(day(6, 9, 0), api.StreakResting, 1)
	r.act(day(6, 9, 0)) // does not count
	r.want(day(7, 23, 0), api.StreakResting, 1)
	r.want(day(8, 9, 0), api.StreakOpen, 1)
	r.act(day(8, 9, 0))
	r.want(day(8, 9, 1), api.StreakDone, 2)
	r.want(day(10, 0, 0), api.StreakBroken, 0)
}

func TestLongerPeriods(t *testing.T) {
	two := func(s *api.StreakSettings) {
		s.Timeframe = &api.StreakTimeframe{Value: "daily", Count: 2}
		s.Action.Conditions[0].Value = 2
	}
	r := begin(t, time.UTC, day(1, 0, 0), two)
	r.act(day(1, 9, 0))
	r.act(day(2, 9, 0)) // together two in two days
	r.want(day(2, 9, 1), api.StreakDone, 1)
	r.act(day(3, 9, 0))
	r.want(day(4, 9, 0), api.StreakOpen, 1)
	r.want(day(5, 0, 0), api.StreakBroken, 0)
	w := begin(t, time.UTC, day(3, 0, 0), func(s *api.StreakSettings) { s.Timeframe.Value = "weekly" })
	w.act(day(7, 9, 0)) // a Sunday
	w.act(day(8, 9, 0))
	w.want(day(14, 9, 0), api.StreakDone, 2)
	w.want(day(15, 9, 0), api.StreakOpen, 2)
	m := begin(t, time.UTC, day(3, 0, 0), func(s *api.StreakSettings) { s.Timeframe.Value = "monthly" })
	m.act(day(31, 9, 0))
	m.act(day(32, 9, 0))
	m.want(day(40, 9, 0), api.StreakDone, 2)
}

func TestConditionsTogetherOrOneOfThem(t *testing.T) {
	both := func(op string) func(*api.StreakSettings) {
		return func(s *api.StreakSettings) {
			s.Action.Operator = op
			s.Action.Conditions = append(s.Action.Conditions, api.StreakCondition{ID: "b", Action: "replies", Value: 2, Measure: "count"})
		}
	}
	and, or := begin(t, time.UTC, day(1, 0, 0), both("and")), begin(t, time.UTC, day(1, 0, 0), both("or"))
	and.act(day(1, 9, 0))
	or.act(day(1, 9, 0))
	and.want(day(1, 10, 0), api.StreakNew, 0)
	or.want(day(1, 10, 0), api.StreakDone, 1)
	for range 2 {
		and.state.take(and.versions[0], and.zone, act{action: "reply", at: day(1, 11, 0)})
	}
	and.want(day(1, 12, 0), api.StreakDone, 1)
}

func TestFieldsByValueAndByGrowth(t *testing.T) {
	yes := true
	field := func(measure string, n int64) func(*api.StreakSettings) {
		return func(s *api.StreakSettings) {
			s.Action.Conditions = []api.StreakCondition{{ID: "a", Action: "trades", Value: n, IsCustomField: &yes, Measure: measure}}
		}
	}
	report := func(r *run, at time.Time, value int64) {
		r.look(at)
		r.state.take(r.versions[0], r.zone, act{action: "field:trades", value: value, at: at})
	}
	v := begin(t, time.UTC, day(1, 0, 0), field("value", 10))
	report(v, day(1, 9, 0), 9)
	v.want(day(1, 9, 1), api.StreakNew, 0)
	report(v, day(1, 9, 2), 10)
	report(v, day(2, 9, 2), 10)
	v.want(day(2, 9, 3), api.StreakDone, 2)
	g := begin(t, time.UTC, day(1, 0, 0), field("increase", 5))
	report(g, day(1, 9, 0), 100)
	g.want(day(1, 9, 1), api.StreakNew, 0)
	report(g, day(1, 10, 0), 103)
	report(g, day(1, 11, 0), 102)
	report(g, day(1, 12, 0), 104)
	g.want(day(1, 12, 1), api.StreakDone, 1)
	report(g, day(2, 12, 0), 104)
	g.want(day(2, 12, 1), api.StreakOpen, 1)
}

func TestMilestonesPayOnceOrInEveryRun(t *testing.T) {
	r := begin(t, time.UTC, day(1, 0, 0), func(s *api.StreakSettings) {
		s.Reward = &api.StreakReward{XP: 1}
		s.Milestones = []api.StreakMilestone{{Count: 2, StreakReward: api.StreakReward{XP: 10}}, {Count: 2, Repeats: true, StreakReward: api.StreakReward{Coins: 3}}}
	})
	for _, d := range []int{1, 2, 4, 5} {
		r.act(day(d, 9, 0))
	}
	var xp, coins int64
	for _, o := range r.out {
		xp, coins = xp+o.reward.XP, coins+o.reward.Coins
	}
	if xp != 4+10 || coins != 6 {
		t.Errorf("paid %d XP and %d coins, want 14 and 6", xp, coins)
	}
}

func TestRepairBringsTheLengthBack(t *testing.T) {
	r := begin(t, time.UTC, day(1, 0, 0), func(s *api.StreakSettings) { s.Repair = &api.StreakRepair{Hours: 48, Price: 10} })
	r.act(day(1, 9, 0))
	r.act(day(2, 9, 0))
	v := r.want(day(4, 9, 0), api.StreakBroken, 0)
	if v.repairUntil() == nil {
		t.Fatal("cannot be repaired")
	}
	r.look(day(4, 9, 0))
	if o := r.state.repair(r.versions[0], r.zone); o.day != "2024-01-03" || o.count != 2 {
		t.Errorf("repaired %+v, want the third with 2", o)
	}
	r.want(day(4, 10, 0), api.StreakOpen, 2)
	r.act(day(4, 11, 0))
	r.want(day(4, 12, 0), api.StreakDone, 3)
	r.want(day(6, 0, 0), api.StreakBroken, 0)
	if v := r.want(day(8, 0, 0), api.StreakBroken, 0); v.repairUntil() != nil {
		t.Error("can be repaired after its time")
	}
}

func TestNewRulesAndPausesKeepTheStreak(t *testing.T) {
	r := begin(t, time.UTC, day(1, 0, 0), nil)
	r.act(day(1, 9, 0))
	r.act(day(2, 9, 0))
	pause := newRules(2, day(2, 12, 0), settings(func(s *api.StreakSettings) { *s.IsEnabled = false }))
	again := newRules(3, day(9, 12, 0), settings(func(s *api.StreakSettings) { s.Timeframe.Value = "weekly" }))
	r.versions = append(r.versions, pause)
	r.want(day(5, 12, 0), api.StreakPaused, 2)
	r.versions = append(r.versions, again)
	r.want(day(9, 13, 0), api.StreakOpen, 2)
	r.act(day(9, 13, 0))
	r.want(day(14, 13, 0), api.StreakDone, 3)
	r.versions = append(r.versions, newRules(4, day(14, 14, 0), settings(nil)))
	r.want(day(14, 15, 0), api.StreakDone, 3) // nothing twice from the same act
	r.want(day(15, 15, 0), api.StreakOpen, 3)
}

var places = []string{"UTC", "Europe/Lisbon", "America/New_York", "America/Sao_Paulo", "Pacific/Auckland", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Tehran"}

// model is the slow, obvious way: all acts are kept, and every question walks
// over all days from the beginning.
type model struct {
	acts   []time.Time
	zone   *time.Location
	active [7]bool
	start  time.Time
	need   int
	given  int64 // days off at the beginning
	every  int64
	max    int64
}

func (m *model) ask(now time.Time) (current, longest, freezes int64) {
	freezes = m.given
	for d := m.start; !civil.Start(d, m.zone).After(now); d = d.AddDate(0, 0, 1) {
		from, to := civil.Start(d, m.zone), civil.Start(d.AddDate(0, 0, 1), m.zone)
		if !m.active[d.Weekday()] || !from.Before(to) {
			continue
		}
		n := 0
		for _, a := range m.acts {
			if !a.Before(from) && a.Before(to) && !a.After(now) {
				n++
			}
		}
		switch {
		case n >= m.need:
			current++
			if m.every > 0 && current%m.every == 0 && freezes < m.max {
				freezes++
			}
			longest = max(longest, current)
		case current > 0 && !to.After(now) && freezes > 0:
			freezes--
		case current > 0 && !to.After(now):
			current = 0
		}
	}
	return current, longest, freezes
}

func TestRandomHistoriesEqualTheObviousModel(t *testing.T) {
	for seed := range uint64(150) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		z := zone(t, places[rnd.IntN(len(places))])
		m := &model{zone: z, start: time.Date(2011, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rnd.IntN(4000)), need: 1 + rnd.IntN(2), given: int64(rnd.IntN(3)), every: int64(rnd.IntN(4)), max: 2}
		days := []string{}
		for i := range m.active {
			if rnd.IntN(4) > 0 || len(days) == 0 && i == 6 {
				m.active[i] = true
				days = append(days, weekdays[i])
			}
		}
		at := civil.Start(m.start, z)
		r := begin(t, z, at, func(s *api.StreakSettings) {
			s.StartDate, s.ActiveDays, s.Action.Conditions[0].Value = m.start.Format(time.DateOnly), days, int64(m.need)
			s.Freezes = &api.StreakFreezes{Start: m.given, Every: m.every, Max: m.max}
		})
		for range 150 {
			at = at.Add(time.Duration(rnd.IntN(30*60)) * time.Minute)
			if rnd.IntN(20) == 0 {
				at = at.Add(time.Duration(rnd.IntN(96)) * time.Hour)
			}
			if rnd.IntN(3) > 0 {
				r.act(at)
				m.acts = append(m.acts, at)
			} else {
				r.look(at)
			}
			current, longest, freezes := m.ask(at)
			if s := r.state; s.Current != current || s.Longest != longest || s.Freezes != freezes {
				t.Fatalf("seed %d, %s at %s: %d in a row, longest %d, %d days off; the model says %d, %d, %d", seed, z, at.In(z), s.Current, s.Longest, s.Freezes, current, longest, freezes)
			}
		}
	}
}

// Who does his act once on every date he lives through, wherever he is, never
// loses a streak by travelling, and never gets two days from one act.
func TestTravellersNeverLoseAStreak(t *testing.T) {
	journeys := 10_000
	if testing.Short() {
		journeys = 500
	}
	for seed := range uint64(journeys) {
		rnd := rand.New(rand.NewPCG(seed, 11))
		z := zone(t, places[rnd.IntN(len(places))])
		at := time.Date(2016+rnd.IntN(8), time.Month(1+rnd.IntN(12)), 1+rnd.IntN(28), rnd.IntN(24), 0, 0, 0, time.UTC)
		r := begin(t, z, at, func(s *api.StreakSettings) {
			s.StartDate = at.AddDate(0, 0, -3).Format(time.DateOnly)
			*s.GraceHours = rnd.IntN(2) * rnd.IntN(13)
		})
		acts, lived := int64(0), map[string]bool{}
		for range 40 {
			if rnd.IntN(5) == 0 {
				r.zone = zone(t, places[rnd.IntN(len(places))])
			}
			date := civil.Date(at, r.zone)
			if key := date.Format(time.DateOnly); !lived[key] {
				lived[key] = true
				r.act(at)
				acts++
			} else if rnd.IntN(2) == 0 {
				r.look(at)
			}
			if s := r.state; s.Lost != 0 || s.Current > acts {
				t.Fatalf("seed %d: lost %d, %d in a row from %d acts, in %s at %s", seed, s.Lost, s.Current, acts, r.zone, at.In(r.zone))
			}
			next := civil.Start(date.AddDate(0, 0, 1), r.zone)
			at = at.Add(time.Duration(1+rnd.IntN(int(next.Sub(at).Minutes())+1)) * time.Minute) // never past a whole date
			if at.After(next.Add(20 * time.Hour)) {
				t.Fatal("walked past a date")
			}
		}
	}
}

func TestClockChangesNeitherBreakNorDouble(t *testing.T) {
	for _, name := range places {
		z := zone(t, name)
		start := time.Date(2011, 12, 1, 0, 0, 0, 0, time.UTC)
		r := begin(t, z, civil.Start(start, z), func(s *api.StreakSettings) { s.StartDate = "2011-12-01" })
		n := int64(0)
		for d := start; d.Year() < 2014; d = d.AddDate(0, 0, 1) {
			from, to := civil.Start(d, z), civil.Start(d.AddDate(0, 0, 1), z)
			if !from.Before(to) {
				continue // a date that the zone skipped
			}
			n++
			r.act(from)
			r.act(to.Add(-time.Second))
			if r.state.Current != n {
				t.Fatalf("%s on %s: %d in a row after %d days", name, d.Format(time.DateOnly), r.state.Current, n)
			}
		}
	}
}

func TestPeriodsCoverTheDates(t *testing.T) {
	for _, unit := range []string{"daily", "weekly", "monthly"} {
		for count := 1; count <= 3; count++ {
			c := newCalendar(settings(func(s *api.StreakSettings) {
				s.StartDate, s.ActiveDays = "2024-02-28", []string{"monday", "wednesday", "sunday"}
				s.Timeframe = &api.StreakTimeframe{Value: unit, Count: count}
			}))
			name := fmt.Sprint(unit, count)
			for d := c.start; d.Year() < 2026; d = d.AddDate(0, 0, 1) {
				p := c.period(d)
				if d.After(c.last(p)) || c.counts(d) && d.Before(c.first(p)) || !c.last(p).Before(c.first(p+1)) {
					t.Fatalf("%s: %s is in period %d, %s to %s", name, d, p, c.first(p), c.last(p))
				}
			}
		}
	}
}
