package referral

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"laurel/api"
	page "laurel/components/page/referral"
	"laurel/handlers/web"
)

// most is how many stages, groups and conditions a form may carry.
const most = 30

func blankStage() page.StageForm { return page.StageForm{Groups: []page.GroupForm{blankGroup()}} }

func blankGroup() page.GroupForm {
	return page.GroupForm{Conditions: []page.ConditionForm{{Fact: "messages", Op: "gte"}}}
}

// stageForm is a saved stage as its form shows it.
func stageForm(s api.Stage) page.StageForm {
	out := page.StageForm{ID: s.ID, Name: s.Name, About: s.Description, Hidden: s.DisplaySetting == "hidden", Operator: s.Operator, XP: amount(s.Rewards.XP), Coins: amount(s.Rewards.Coins)}
	if s.RefereeRewards != nil {
		out.FriendXP, out.FriendCoin = amount(s.RefereeRewards.XP), amount(s.RefereeRewards.Coins)
	}
	if s.Bonus != nil {
		out.Hours, out.Factor = amount(s.Bonus.Hours), amount(s.Bonus.Factor)
	}
	for _, g := range s.Conditions {
		group := page.GroupForm{Operator: g.Operator}
		for _, c := range g.Conditions {
			group.Conditions = append(group.Conditions, page.ConditionForm{Fact: c.Fact, Op: c.Op, Value: c.Value})
		}
		out.Groups = append(out.Groups, group)
	}
	return out
}

func amount(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// number gives all parts the prefixes of their fields, by where they stand.
func number(stages []page.StageForm) {
	for i := range stages {
		s := &stages[i]
		s.At = fmt.Sprintf("s%d", i)
		for j := range s.Groups {
			g := &s.Groups[j]
			g.At = fmt.Sprintf("%s-g%d", s.At, j)
			for n := range g.Conditions {
				g.Conditions[n].At = fmt.Sprintf("%s-c%d", g.At, n)
			}
		}
	}
}

// read takes what was typed into the page.
func read(f *web.Form, p *page.EditorProps) {
	p.Name, p.About, p.Enabled, p.Stages = f.Text("name"), f.Text("description"), f.On("enabled"), nil
	for i := 0; i < most && f.Values.Has(fmt.Sprintf("s%d-name", i)); i++ {
		at := fmt.Sprintf("s%d-", i)
		p.Stages = append(p.Stages, page.StageForm{
			ID: f.Text(at + "id"), Name: f.Text(at + "name"), About: f.Text(at + "about"), Hidden: f.On(at + "hidden"), Operator: f.Text(at + "joined"),
			Hours: f.Text(at + "hours"), Factor: f.Text(at + "factor"), XP: f.Text(at + "xp"), Coins: f.Text(at + "coins"), FriendXP: f.Text(at + "friendxp"), FriendCoin: f.Text(at + "friendcoins"), Groups: readGroups(f, at),
		})
	}
	number(p.Stages)
}

func readGroups(f *web.Form, stage string) []page.GroupForm {
	var out []page.GroupForm
	for j := 0; j < most && f.Values.Has(fmt.Sprintf("%sg%d-joined", stage, j)); j++ {
		at := fmt.Sprintf("%sg%d-", stage, j)
		g := page.GroupForm{Operator: f.Text(at + "joined")}
		for n := 0; n < most && f.Values.Has(fmt.Sprintf("%sc%d-fact", at, n)); n++ {
			c := fmt.Sprintf("%sc%d-", at, n)
			g.Conditions = append(g.Conditions, page.ConditionForm{Fact: f.Text(c + "fact"), Op: f.Text(c + "op"), Value: f.Text(c + "value")})
		}
		out = append(out, g)
	}
	return out
}

// change adds or drops the part that a button named: "add", "s0:drop",
// "s0-g1:add", "s0-g1-c2:drop".
func change(stages []page.StageForm, do string) []page.StageForm {
	at, act, _ := strings.Cut(do, ":")
	switch {
	case do == "add":
		stages = append(stages, blankStage())
	case act == "drop":
		stages = slices.DeleteFunc(stages, func(s page.StageForm) bool { return s.At == at })
	}
	for i := range stages {
		s := &stages[i]
		if s.At == at && act == "add" {
			s.Groups = append(s.Groups, blankGroup())
		}
		if act == "drop" {
			s.Groups = slices.DeleteFunc(s.Groups, func(g page.GroupForm) bool { return g.At == at })
		}
		for j := range s.Groups {
			changeGroup(&s.Groups[j], at, act)
		}
	}
	number(stages)
	return stages
}

func changeGroup(g *page.GroupForm, at, act string) {
	if g.At == at && act == "add" {
		g.Conditions = append(g.Conditions, blankGroup().Conditions...)
	}
	if act == "drop" {
		g.Conditions = slices.DeleteFunc(g.Conditions, func(c page.ConditionForm) bool { return c.At == at })
	}
}
