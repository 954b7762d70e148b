// Package gamification holds the portal's pages about what pays: the rules per
// action, and tiers with their levels.
package gamification

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// RulesProps is the editor of rules.
type RulesProps struct {
	layout.PortalProps
	Rows    []Rule
	Errors  map[string]string // by field name, e.g. "message-xp"
	Fault   string
	CanEdit bool
}

// Rule is what one action pays. Fields are named ACTION-on, -xp, -coins,
// -premium, -cooldown (seconds) and -cap (times a day, 0 = no cap); values are
// as typed.
type Rule struct {
	Action   string // "message"
	Label    string // "Sending a message"
	Hint     string
	On       bool
	XP       string
	Coins    string
	Premium  string
	Cooldown string
	Cap      string
	NoCool   bool // the action has no cooldown
}

// TiersProps is the editor of tiers; each has three levels.
type TiersProps struct {
	layout.PortalProps
	Tiers      []Tier // one empty tier more than there are, when one may be added
	ShowTiers  bool   // displayTiers
	ShowLevels bool   // displayLevels
	Errors     map[string]string
	Fault      string
	Curve      []float64 // XP by level, for the chart
	CanEdit    bool
}

// Tier is one tier with the XP of its three levels, as typed. Fields are named
// tier-N-name, tier-N-level-1 … -3 with N from 0, and tier-N-id.
type Tier struct {
	ID      string
	Name    string
	Levels  [3]string
	Members int64
}

func tabs(rules bool) ui.TabsProps {
	return ui.TabsProps{Label: "Gamification", Tabs: []ui.Tab{
		{Label: "Rules", Href: link.Rules, Current: rules},
		{Label: "Tiers and levels", Href: link.Tiers, Current: !rules},
	}}
}

func (p RulesProps) number(r Rule, part, label, value, unit string) form.Input {
	name := r.Action + "-" + part
	return form.Input{
		Field: form.Field{Name: name, Label: label + " for " + r.Label, Error: p.Errors[name], Disabled: !p.CanEdit},
		Type:  "number", Min: "0", Step: "1", Value: value, Suffix: unit,
	}
}

// amounts are the three units a rule can pay.
func (p RulesProps) amounts(r Rule) []form.Input {
	return []form.Input{
		p.number(r, "xp", "XP", r.XP, ""),
		p.number(r, "coins", "Coins", r.Coins, ""),
		p.number(r, "premium", "Premium", r.Premium, ""),
	}
}

func (p TiersProps) level(tier, level int, value string) form.Input {
	name := "tier-" + num(tier) + "-level-" + num(level+1)
	return form.Input{
		Field: form.Field{Name: name, Label: "XP of level " + num(tier*3+level+1), Error: p.Errors[name], Disabled: !p.CanEdit},
		Type:  "number", Min: "0", Step: "1", Value: value, Suffix: "XP",
	}
}

func (p TiersProps) name(tier int, value string) form.Input {
	name := "tier-" + num(tier) + "-name"
	return form.Input{Field: form.Field{Name: name, Label: "Name of tier " + num(tier+1), Error: p.Errors[name], Disabled: !p.CanEdit}, Value: value, MaxLength: 50}
}

func num(n int) string { return ui.Number(int64(n)) }
