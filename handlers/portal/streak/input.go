package streak

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/components/form"
	page "laurel/components/page/streak"
	"laurel/handlers/web"
)

// most is how many conditions or milestones a form may carry.
const most = 50

var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// plain are the fields that are text as typed, and their amounts.
var plain = []string{"name", "description", "every", "unit", "operator", "daystype", "start", "zone", "grace", "risk", "xp", "coins", "offmax", "offstart", "offevery", "offprice", "fixhours", "fixprice"}

// fill puts a saved streak into its form.
func fill(p *page.EditorProps, s api.StreakSettings) {
	p.Enabled, p.Own = *s.IsEnabled, *s.MemberTimezone
	p.V = map[string]string{
		"name": s.Name, "description": *s.Description, "every": strconv.Itoa(s.Timeframe.Count), "unit": s.Timeframe.Value, "operator": s.Action.Operator,
		"daystype": s.ActiveDaysType, "start": s.StartDate, "zone": s.Timezone, "grace": typed(int64(*s.GraceHours)), "risk": strconv.Itoa(*s.RiskHours),
		"xp": typed(s.Reward.XP), "coins": typed(s.Reward.Coins), "offmax": typed(s.Freezes.Max), "offstart": typed(s.Freezes.Start), "offevery": typed(s.Freezes.Every),
		"offprice": typed(s.Freezes.Price), "fixhours": typed(int64(s.Repair.Hours)), "fixprice": typed(s.Repair.Price),
	}
	for _, c := range s.Action.Conditions {
		p.Rows = append(p.Rows, page.Condition{ID: c.ID, Fact: c.Measure + ":" + c.Action, Value: strconv.FormatInt(c.Value, 10)})
	}
	for _, m := range s.Milestones {
		p.Marks = append(p.Marks, page.Mark{Count: strconv.FormatInt(m.Count, 10), Name: m.Name, XP: typed(m.XP), Coins: typed(m.Coins), Premium: typed(m.Premium), Spins: typed(m.Spins), Freezes: typed(m.Freezes), BadgeID: m.BadgeID, Repeats: m.Repeats})
	}
	p.Days = dayOptions(s.ActiveDays)
}

func typed(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func dayOptions(chosen []string) []form.Option {
	out := make([]form.Option, len(weekdays))
	for i, d := range weekdays {
		out[i] = form.Option{Value: d, Label: strings.ToUpper(d[:1]) + d[1:], Chosen: slices.Contains(chosen, d)}
	}
	return out
}

// numbered gives all parts the prefixes of their fields, by where they stand.
func numbered(p page.EditorProps) page.EditorProps {
	for i := range p.Rows {
		p.Rows[i].At = fmt.Sprintf("c%d", i)
	}
	for i := range p.Marks {
		p.Marks[i].At = fmt.Sprintf("m%d", i)
	}
	if p.Days == nil {
		p.Days = dayOptions(nil)
	}
	return p
}

// read takes what was typed into the page.
func read(f *web.Form, p *page.EditorProps) {
	p.V, p.Rows, p.Marks = map[string]string{}, nil, nil
	for _, name := range plain {
		p.V[name] = f.Text(name)
	}
	p.Enabled, p.Own, p.Days = f.On("enabled"), f.On("own"), dayOptions(f.All("days"))
	for i := 0; i < most && f.Values.Has(fmt.Sprintf("c%d-fact", i)); i++ {
		at := fmt.Sprintf("c%d-", i)
		p.Rows = append(p.Rows, page.Condition{ID: f.Text(at + "id"), Fact: f.Text(at + "fact"), Value: f.Text(at + "value")})
	}
	for i := 0; i < most && f.Values.Has(fmt.Sprintf("m%d-count", i)); i++ {
		at := fmt.Sprintf("m%d-", i)
		p.Marks = append(p.Marks, page.Mark{Count: f.Text(at + "count"), XP: f.Text(at + "xp"), Coins: f.Text(at + "coins"), Premium: f.Text(at + "premium"), Spins: f.Text(at + "spins"),
			Freezes: f.Text(at + "freezes"), BadgeID: f.Text(at + "badge"), Repeats: f.On(at + "again")})
	}
	*p = numbered(*p)
}

// change carries out a button that adds or removes a part: "c:add", "m2:drop".
func change(p page.EditorProps, do string) page.EditorProps {
	what, act, _ := strings.Cut(do, ":")
	n, err := strconv.Atoi(strings.TrimLeft(what, "cm"))
	switch isMark := strings.HasPrefix(what, "m"); {
	case act == "add" && isMark && len(p.Marks) < most:
		p.Marks = append(p.Marks, page.Mark{})
	case act == "add" && !isMark && len(p.Rows) < most:
		p.Rows = append(p.Rows, page.Condition{Fact: "count:replies", Value: "1"})
	case act == "drop" && isMark && err == nil && n < len(p.Marks):
		p.Marks = slices.Delete(p.Marks, n, n+1)
	case act == "drop" && !isMark && err == nil && n < len(p.Rows) && len(p.Rows) > 1:
		p.Rows = slices.Delete(p.Rows, n, n+1)
	}
	return p
}

// input is the form as the API takes it; amounts that are none are refused.
func input(f *web.Form, p page.EditorProps) api.StreakSettings {
	grace, risk := int(f.Whole("grace", 0)), int(f.Whole("risk", 0))
	in := api.StreakSettings{
		Name: p.V["name"], Description: f.Ptr("description"), IsEnabled: &p.Enabled, Timezone: p.V["zone"], MemberTimezone: &p.Own, StartDate: p.V["start"],
		Timeframe: &api.StreakTimeframe{Value: p.V["unit"], Count: int(f.Whole("every", 1))}, Action: &api.StreakAction{Operator: p.V["operator"], Conditions: []api.StreakCondition{}},
		ActiveDaysType: p.V["daystype"], ActiveDays: f.All("days"), GraceHours: &grace, RiskHours: &risk,
		Freezes: &api.StreakFreezes{Start: f.Whole("offstart", 0), Every: f.Whole("offevery", 0), Max: f.Whole("offmax", 0), Price: f.Whole("offprice", 0)},
		Repair:  &api.StreakRepair{Hours: int(f.Whole("fixhours", 0)), Price: f.Whole("fixprice", 0)},
		Reward:  &api.StreakReward{XP: f.Whole("xp", 0), Coins: f.Whole("coins", 0)}, Milestones: []api.StreakMilestone{},
	}
	for _, c := range p.Rows {
		measure, action, _ := strings.Cut(c.Fact, ":")
		isField := measure == "value" || measure == "increase"
		in.Action.Conditions = append(in.Action.Conditions, api.StreakCondition{ID: c.ID, Action: action, Measure: measure, IsCustomField: &isField, Value: f.Whole(c.At+"-value", 0)})
	}
	for _, m := range p.Marks {
		in.Milestones = append(in.Milestones, api.StreakMilestone{Count: f.Whole(m.At+"-count", 0), Repeats: m.Repeats, StreakReward: api.StreakReward{
			XP: f.Whole(m.At+"-xp", 0), Coins: f.Whole(m.At+"-coins", 0), Premium: f.Whole(m.At+"-premium", 0), Spins: f.Whole(m.At+"-spins", 0), Freezes: f.Whole(m.At+"-freezes", 0), BadgeID: m.BadgeID}})
	}
	return in
}

// wireNames says at which of the form's fields a refusal of the API belongs.
func wireNames(p page.EditorProps) web.Renamed {
	out := web.Renamed{"timezone": "zone", "startDate": "start", "timeframe.count": "every", "activeDays": "days", "graceHours": "grace", "riskHours": "risk", "reward.xp": "xp", "reward.coins": "coins",
		"freezes.max": "offmax", "freezes.start": "offstart", "freezes.every": "offevery", "freezes.price": "offprice", "repair.hours": "fixhours", "repair.price": "fixprice"}
	for i, c := range p.Rows {
		at := fmt.Sprintf("action.conditions[%d].", i)
		out[at+"action"], out[at+"measure"], out[at+"value"] = c.At+"-fact", c.At+"-fact", c.At+"-value"
	}
	for i, m := range p.Marks {
		at := fmt.Sprintf("milestones[%d].", i)
		for _, part := range []string{"count", "xp", "coins", "premium", "spins", "freezes"} {
			out[at+part] = m.At + "-" + part
		}
		out[at+"badgeId"] = m.At + "-badge"
	}
	return out
}
