package referral

import (
	"fmt"

	"laurel/api"
	page "laurel/components/page/referral"
	"laurel/handlers/web"
)

// input is the form as the API takes it; amounts that are none are refused.
func input(f *web.Form, p page.EditorProps) api.ProgramInput {
	in := api.ProgramInput{Kind: api.ProgramReferral, Name: p.Name, Description: p.About, IsEnabled: &p.Enabled, Stages: []api.Stage{}}
	if p.Milestone {
		in.Kind = api.ProgramMilestone
	}
	for _, s := range p.Stages {
		in.Stages = append(in.Stages, stageInput(f, s, p.Milestone))
	}
	return in
}

func stageInput(f *web.Form, s page.StageForm, milestone bool) api.Stage {
	out := api.Stage{ID: s.ID, Name: s.Name, Description: s.About, DisplaySetting: "visible", Operator: s.Operator, Conditions: []api.ConditionGroup{},
		Rewards: api.Reward{XP: f.Whole(s.At+"-xp", 0), Coins: f.Whole(s.At+"-coins", 0)}}
	if s.Hidden {
		out.DisplaySetting = "hidden"
	}
	if friend := (api.Reward{XP: f.Whole(s.At+"-friendxp", 0), Coins: f.Whole(s.At+"-friendcoins", 0)}); friend != (api.Reward{}) && !milestone {
		out.RefereeRewards = &friend
	}
	if s.Hours != "" || s.Factor != "" {
		out.Bonus = &api.StageBonus{Hours: f.Whole(s.At+"-hours", 0), Factor: f.Whole(s.At+"-factor", 2)}
	}
	for _, g := range s.Groups {
		group := api.ConditionGroup{Operator: g.Operator, Conditions: []api.Condition{}}
		for _, c := range g.Conditions {
			group.Conditions = append(group.Conditions, api.Condition{Fact: c.Fact, Op: c.Op, Value: c.Value})
		}
		out.Conditions = append(out.Conditions, group)
	}
	return out
}

// wireNames says at which of the form's fields a refusal of the API belongs.
func wireNames(stages []page.StageForm) web.Renamed {
	out := web.Renamed{}
	for i, s := range stages {
		at := fmt.Sprintf("stages[%d].", i)
		for wire, field := range map[string]string{"name": "name", "description": "about", "rewards.xp": "xp", "rewards.coins": "coins", "refereeRewards.xp": "friendxp", "refereeRewards.coins": "friendcoins", "bonus.hours": "hours", "bonus.factor": "factor"} {
			out[at+wire] = s.At + "-" + field
		}
		for j, g := range s.Groups {
			for n, c := range g.Conditions {
				one := fmt.Sprintf("%smainConditions[%d].nestedConditions[%d]", at, j, n)
				out[one], out[one+".fact"], out[one+".op"] = c.At+"-value", c.At+"-fact", c.At+"-op"
			}
		}
	}
	return out
}
