package me

import (
	"strconv"

	"laurel/api"
	"laurel/components/layout"
	page "laurel/components/page/me"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Milestones is the page of the member's journeys.
func Milestones(v *web.Visit) error {
	list, err := v.API.Me().Milestones(v.Ctx())
	if err != nil {
		return err
	}
	p := page.MilestonesProps{MemberProps: v.Member("Milestones", layout.PlaceHome)}
	for _, g := range list {
		p.List = append(p.List, journeyOf(v, g))
	}
	return v.Page(page.Milestones(p))
}

func journeyOf(v *web.Visit, g api.ProgramProgress) page.Journey {
	j := page.Journey{Way: label.Way(g)}
	for _, s := range g.Stages {
		out := page.JourneyStage{Name: s.Name, About: s.Description, State: stageState(s.Status), Done: s.IsCompleted, Locked: s.Status == "locked", Either: s.Requirements.Operator == "OR",
			Pays: label.Pays(s.Rewards), Until: v.MomentOf(s.BonusEndsAt), At: v.MomentOf(s.CompletedAt)}
		if s.BonusFactor > 0 {
			out.Bonus = "× " + strconv.FormatInt(s.BonusFactor, 10)
		}
		for _, c := range s.Requirements.MainConditions {
			out.Needs = append(out.Needs, page.Need{Text: c.Text, Met: c.IsMet})
		}
		j.Stages = append(j.Stages, out)
	}
	return j
}

func stageState(status string) ui.BadgeProps {
	switch status {
	case "completed":
		return ui.BadgeProps{Text: "Completed", Tone: ui.Good, Dot: true}
	case "in-progress":
		return ui.BadgeProps{Text: "In progress", Tone: ui.Accent, Dot: true}
	}
	return ui.BadgeProps{Text: "Later"}
}

// homeJourneys are the first journeys that are not at their end.
func homeJourneys(v *web.Visit, most int) ([]page.Journey, error) {
	list, err := v.API.Me().Milestones(v.Ctx())
	var out []page.Journey
	for _, g := range list {
		if g.CompletedStages < g.TotalStages && len(out) < most {
			out = append(out, journeyOf(v, g))
		}
	}
	return out, err
}
