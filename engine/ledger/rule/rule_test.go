package rule_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/ledger/rule"
)

func at(text string) rule.Act {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		panic(err)
	}
	return rule.Act{At: t.UnixMicro(), Day: rule.Day(t, zone)}
}

func markAt(text string, paid int64) rule.Mark {
	a := at(text)
	return rule.Mark{PaidAt: a.At, Day: a.Day, PaidToday: paid}
}

func TestJudge(t *testing.T) {
	timed := api.ActionRule{Action: "message", Enabled: true, Cooldown: 3}
	capped := api.ActionRule{Action: "quiz", Enabled: true, DailyCap: 2}
	visit := api.ActionRule{Action: rule.Visit, Enabled: true}
	for _, c := range []struct {
		name string
		rule api.ActionRule
		mark rule.Mark
		act  string
		want rule.Status
	}{
		{"first ever", timed, rule.Mark{}, "2026-03-01T10:00:00Z", rule.Awarded},
		{"switched off", api.ActionRule{}, rule.Mark{}, "2026-03-01T10:00:00Z", rule.Disabled},
		{"a moment after", timed, markAt("2026-03-01T10:00:00Z", 1), "2026-03-01T10:00:02Z", rule.Cooldown},
		{"the same moment", timed, markAt("2026-03-01T10:00:00Z", 1), "2026-03-01T10:00:00Z", rule.Cooldown},
		{"when the cooldown ends", timed, markAt("2026-03-01T10:00:00Z", 1), "2026-03-01T10:00:03Z", rule.Awarded},
		{"cooldown over midnight", timed, markAt("2026-03-01T23:59:59Z", 1), "2026-03-02T00:00:01Z", rule.Cooldown},
		{"below the cap", capped, markAt("2026-03-01T10:00:00Z", 1), "2026-03-01T10:00:00Z", rule.Awarded},
		{"at the cap", capped, markAt("2026-03-01T10:00:00Z", 2), "2026-03-01T23:59:59Z", rule.Capped},
		{"on the next day", capped, markAt("2026-03-01T10:00:00Z", 2), "2026-03-02T00:00:00Z", rule.Awarded},
		{"summer's day begins an hour early in UTC", capped, markAt("2026-06-01T10:00:00Z", 2), "2026-06-01T23:00:00Z", rule.Awarded},
		{"a visit pays once without a cap", visit, markAt("2026-03-01T10:00:00Z", 1), "2026-03-01T11:00:00Z", rule.Capped},
		{"the longest day of the year", capped, markAt("2026-10-24T23:00:00Z", 2), "2026-10-25T23:59:59Z", rule.Capped},
		{"the day after it", capped, markAt("2026-10-24T23:00:00Z", 2), "2026-10-26T00:00:00Z", rule.Awarded},
		{"the shortest day", capped, markAt("2026-03-29T00:00:00Z", 2), "2026-03-29T22:59:59Z", rule.Capped},
		{"the day after that", capped, markAt("2026-03-29T00:00:00Z", 2), "2026-03-29T23:00:00Z", rule.Awarded},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, after := rule.Judge(c.rule, c.mark, at(c.act))
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if c.want == rule.Awarded && after.PaidAt != at(c.act).At {
				t.Errorf("got mark %+v, want it at the act", after)
			}
		})
	}
}

func TestJudgeLate(t *testing.T) {
	r := api.ActionRule{Action: "quiz", Enabled: true, Cooldown: 60, DailyCap: 2}
	mark := markAt("2026-03-02T10:00:00Z", 1)
	paid := rule.History{at("2026-03-02T10:00:00Z"), at("2026-03-01T12:00:00Z"), at("2026-03-01T11:00:00Z")}
	for _, c := range []struct {
		name, act string
		want      rule.Status
		today     int64
	}{
		{"on the same day", "2026-03-02T09:00:00Z", rule.Awarded, 2},
		{"just before the latest", "2026-03-02T09:59:01Z", rule.Cooldown, 1},
		{"just after an earlier one", "2026-03-01T12:00:59Z", rule.Cooldown, 1},
		{"on a day that is full", "2026-03-01T15:00:00Z", rule.Capped, 1},
		{"on a day before", "2026-02-28T15:00:00Z", rule.Awarded, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, after := rule.JudgeLate(r, mark, at(c.act), paid)
			if got != c.want || after.PaidToday != c.today || after.PaidAt != mark.PaidAt {
				t.Errorf("got %s, %+v; want %s with %d paid on the mark's day", got, after, c.want, c.today)
			}
		})
	}
}

func TestStreak(t *testing.T) {
	var s rule.Streak
	for _, c := range []struct {
		day  string
		want int64
	}{
		{"2026-02-27", 1}, {"2026-02-28", 2}, {"2026-02-28", 2}, {"2026-03-01", 3}, {"2026-02-28", 3}, {"2026-03-03", 1}, {"2026-03-04", 2},
	} {
		if s = s.Visit(c.day); s.Days != c.want {
			t.Errorf("after %s got %d, want %d", c.day, s.Days, c.want)
		}
	}
	for day, want := range map[string]int64{"2026-03-04": 2, "2026-03-05": 2, "2026-03-06": 0} {
		if got := s.On(day); got != want {
			t.Errorf("on %s got %d, want %d", day, got, want)
		}
	}
}

func TestLadder(t *testing.T) {
	l := rule.NewLadder([]rule.Tier{{Name: "Low", Levels: []int64{10, 20, 30}}, {Name: "High", Levels: []int64{40, 50}}})
	for _, c := range []struct {
		xp          int64
		level       int
		tier, after string
	}{
		{-5, 0, "", "Low"},
		{9, 0, "", "Low"},
		{10, 1, "Low", "High"},
		{39, 3, "Low", "High"},
		{40, 4, "High", ""},
		{rule.MaxPoints, 5, "High", ""},
	} {
		if got := l.LevelAt(c.xp); got != c.level {
			t.Errorf("%d XP: got level %d, want %d", c.xp, got, c.level)
		}
		if got := name(l.TierAt(c.xp)); got != c.tier {
			t.Errorf("%d XP: got tier %q, want %q", c.xp, got, c.tier)
		}
		if got := name(l.TierAfter(c.xp)); got != c.after {
			t.Errorf("%d XP: got next tier %q, want %q", c.xp, got, c.after)
		}
	}
	want := api.Tier{Name: "High", Order: 2, FromLevel: 4, ToLevel: 5, MinXP: 40, Multiplier: 100}
	if diff := cmp.Diff(want, l.Tiers()[1]); diff != "" {
		t.Error(diff)
	}
	var none rule.Ladder
	if none.LevelAt(100) != 0 || none.TierAt(100) != nil || none.TierAfter(100) != nil || none.StartOf(1) != 0 {
		t.Error("an empty ladder has a level")
	}
}

func name(t *api.Tier) string {
	if t == nil {
		return ""
	}
	return t.Name
}

func TestCheckTiers(t *testing.T) {
	for _, c := range []struct {
		name  string
		tiers []api.TierInput
		field string
	}{
		{"rising", []api.TierInput{{Name: "a", Levels: []int64{0, 1}}, {Name: "b", Levels: []int64{2}}}, ""},
		{"equal within", []api.TierInput{{Name: "a", Levels: []int64{0, 0}}}, "tiers[0].levels[1]"},
		{"falling across", []api.TierInput{{Name: "a", Levels: []int64{0, 10}}, {Name: "b", Levels: []int64{10}}}, "tiers[1].levels[0]"},
		{"negative", []api.TierInput{{Name: "a", Levels: []int64{-1}}}, "tiers[0].levels[0]"},
		{"huge", []api.TierInput{{Name: "a", Levels: []int64{rule.MaxPoints + 1}}}, "tiers[0].levels[0]"},
		{"one name twice", []api.TierInput{{Name: "a", Levels: []int64{0}}, {Name: "a", Levels: []int64{1}}}, "tiers[1].name"},
	} {
		if got := field(rule.CheckTiers(c.tiers)); got != c.field {
			t.Errorf("%s: got %q, want %q", c.name, got, c.field)
		}
	}
}

func TestCompleteRules(t *testing.T) {
	got, err := rule.Complete([]api.ActionRule{{Action: "Login", Enabled: true, XP: 7}, {Action: "quiz", Enabled: true}})
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Action != rule.Visit || got[0].XP != 7 || got[1].Name != "quiz" || len(got) != len(rule.Defaults())+1 {
		t.Errorf("got %+v", got)
	}
	for _, r := range got[2:] {
		if r.Enabled {
			t.Errorf("%s is on without having been named", r.Action)
		}
	}
	for _, c := range []struct {
		name, field string
		rules       []api.ActionRule
	}{
		{"no name", "rules[0].action", []api.ActionRule{{}}},
		{"odd name", "rules[0].action", []api.ActionRule{{Action: "field:x"}}},
		{"reserved", "rules[0].action", []api.ActionRule{{Action: "adjustment"}}},
		{"twice", "rules[1].action", []api.ActionRule{{Action: "visit"}, {Action: "login"}}},
		{"too much", "rules[0].xp", []api.ActionRule{{Action: "a", XP: 1_000_001}}},
		{"negative", "rules[0].coins", []api.ActionRule{{Action: "a", Coins: -1}}},
	} {
		_, err := rule.Complete(c.rules)
		if got := field(err); got != c.field {
			t.Errorf("%s: got %q, want %q", c.name, got, c.field)
		}
	}
}

// field is the first field that the error names.
func field(err error) string {
	e, ok := err.(*api.Error) //nolint:errorlint // the rules return it bare
	if !ok || len(e.Fields) == 0 {
		return ""
	}
	return e.Fields[0].Field
}
