package label

import (
	"fmt"
	"strings"

	"laurel/api"
	"laurel/components/ui"
)

// figures are what conditions look at, in the words of their sentences.
var figures = map[string]string{
	"messages": "messages", "replies": "replies", "reactions": "reactions", "visits": "visits", "referrals": "friends brought",
	"streak": "days in a row", "level": "level", "xp": "XP", "coins": "coins",
}

// Needs says what a stage takes: "at least 10 messages and level 3".
func Needs(s api.Stage) string {
	groups := make([]string, len(s.Conditions))
	for i, g := range s.Conditions {
		parts := make([]string, len(g.Conditions))
		for n, c := range g.Conditions {
			parts[n] = need(c)
		}
		groups[i] = strings.Join(parts, joiner(g.Operator))
		if len(parts) > 1 && len(s.Conditions) > 1 {
			groups[i] = "(" + groups[i] + ")"
		}
	}
	return strings.Join(groups, joiner(s.Operator))
}

func joiner(operator string) string {
	if operator == "OR" {
		return " or "
	}
	return " and "
}

func need(c api.Condition) string {
	name, isFigure := figures[c.Fact]
	if !isFigure {
		name = strings.TrimPrefix(c.Fact, "field:")
	}
	amount := c.Value + " " + name
	if c.Fact == "level" {
		amount = name + " " + c.Value
	}
	switch c.Op {
	case "gte":
		return "at least " + amount
	case "lte":
		return "at most " + amount
	case "set":
		return name + " filled in"
	case "ne":
		return name + " other than " + c.Value
	}
	return name + " " + c.Value
}

// Way is how far somebody is in a program.
func Way(g api.ProgramProgress) ui.WayProps {
	return ui.WayProps{Name: g.ProgramName, Text: fmt.Sprintf("%d of %d", g.CompletedStages, g.TotalStages), Done: g.CompletedStages, Of: g.TotalStages}
}

// Pays says what a passed stage pays: "50 XP and 10 coins".
func Pays(r api.Reward) string {
	var parts []string
	if r.XP > 0 {
		parts = append(parts, ui.Number(r.XP)+" XP")
	}
	if r.Coins > 0 {
		parts = append(parts, ui.Count(r.Coins, "coin", "coins"))
	}
	return strings.Join(parts, " and ")
}
