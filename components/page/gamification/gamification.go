// Package gamification holds the portal's pages about what pays: the rules per
// action, and tiers with their levels.
package gamification

import (
	"strconv"

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
	Demotion   string           // demotion: xp, never or idle
	Days       string           // demotionDays, as typed
	MinXP      string           // demotionXP, as typed
	Bounds     []int            // index into Curve at which each tier begins
	Standing   map[string]int64 // members by the tier's id
}

// Tier is one tier with the XP of its three levels, as typed. Fields are named
// tier-N-name, tier-N-level-1 … -3 with N from 0, and tier-N-id.
type Tier struct {
	ID     string
	Name   string
	Levels [3]string

	Multiplier string // percent, tier-N-multiplier
}

// tabs are the pages about what pays.
func tabs(here string) ui.TabsProps {
	p := ui.TabsProps{Label: "Gamification", Tabs: []ui.Tab{
		{Label: "Rules", Href: link.Rules},
		{Label: "Tiers and levels", Href: link.Tiers},
		{Label: "Roles by XP", Href: link.XPRoles},
		{Label: "Convert units", Href: link.Conversions},
	}}
	for i := range p.Tabs {
		p.Tabs[i].Current = p.Tabs[i].Href == here
	}
	return p
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

func (p TiersProps) multiplier(tier int, value string) form.Input {
	name := "tier-" + num(tier) + "-multiplier"
	return form.Input{
		Field: form.Field{Name: name, Label: "Multiplier of tier " + num(tier+1), Error: p.Errors[name], Disabled: !p.CanEdit},
		Type:  "number", Min: "1", Max: "1000", Step: "1", Value: value, Suffix: "%", Sample: "100",
	}
}

func (p TiersProps) amount(name, label, value, unit string) form.Input {
	return form.Input{Field: form.Field{Name: name, Label: label, Error: p.Errors[name], Disabled: !p.CanEdit}, Type: "number", Min: "1", Step: "1", Value: value, Suffix: unit}
}

func (p TiersProps) demotion() form.Group {
	return form.Group{Field: form.Field{Name: "demotion", Label: "A member falls to a lower tier", Error: p.Errors["demotion"], Disabled: !p.CanEdit}, Radio: true, Options: []form.Option{
		{Value: "xp", Label: "When XP is taken away", Hint: "Level and tier always follow the XP that a member holds.", Chosen: p.Demotion == "xp"},
		{Value: "never", Label: "Never", Hint: "The highest level and tier that were reached stay.", Chosen: p.Demotion == "never"},
		{Value: "idle", Label: "After standing idle", Hint: p.idle(), Chosen: p.Demotion == "idle"},
	}}
}

// idle is the rule of idleness as a sentence.
func (p TiersProps) idle() string {
	if p.Days == "" || p.MinXP == "" {
		return "One tier for each stretch of days in which too little XP was earned. The first stretch begins when this is switched on."
	}
	return "One tier for each " + p.Days + " days in which less than " + p.MinXP + " XP was earned. The first stretch begins when this is switched on."
}

// bounds are where the tiers begin in the drawing, which is 600 wide.
func (p TiersProps) bounds() []string {
	var out []string
	for _, at := range p.Bounds {
		out = append(out, strconv.FormatFloat(float64(at)*600/float64(max(len(p.Curve)-1, 1)), 'f', 1, 64))
	}
	return out
}

func (p TiersProps) curveText() string {
	return "XP that each of the " + num(len(p.Curve)) + " levels needs, rising to " + ui.Number(int64(p.Curve[len(p.Curve)-1]))
}

// RolesProps is the editor of roles that come with XP.
type RolesProps struct {
	layout.PortalProps
	Rows   []XPRole
	Errors map[string]string
	Fault  string
}

// XPRole is one role. Fields are named role-ID-xp and role-ID-back.
type XPRole struct {
	ID       string
	Name     string
	XP       string // as typed; empty: by hand only
	TakeBack bool
	Members  int64
	Settling bool // those who have the XP are still being given the role
}

func (p RolesProps) xp(r XPRole) form.Input {
	name := "role-" + r.ID + "-xp"
	return form.Input{Field: form.Field{Name: name, Label: "XP for " + r.Name, Error: p.Errors[name]}, Type: "number", Min: "1", Step: "1", Value: r.XP, Suffix: "XP"}
}

// ConvertProps converts a unit of all members, and shows how far that is.
type ConvertProps struct {
	layout.PortalProps
	From, To []form.Option
	Take     string // as typed
	Give     string
	Errors   map[string]string
	Fault    string
	Preview  *ConvertPreview // what was asked for; nil before
	Open     bool            // the confirmation is shown
	Refused  string          // why it was not done
	Rows     []Conversion
}

// ConvertPreview is what a conversion would do now.
type ConvertPreview struct {
	Sentence string // "12 members give 340 coins and get 34 XP."
	Nobody   bool
	Words    string // to be typed
	Hidden   []ui.Pair
}

// Conversion is one conversion that was begun.
type Conversion struct {
	What    string // "10 coins to 1 XP"
	Done    int64
	Members int64
	Running bool
	Result  string
	By      string
	At      ui.Moment
}

func (p ConvertProps) choice(name, label string, options []form.Option) form.Select {
	return form.Select{Field: form.Field{Name: name, Label: label, Error: p.Errors[name]}, Options: options, Narrow: true}
}

func (p ConvertProps) number(name, label, value string) form.Input {
	return form.Input{Field: form.Field{Name: name, Label: label, Error: p.Errors[name], Required: true}, Type: "number", Min: "1", Max: "1000000", Step: "1", Value: value, Narrow: true}
}

func num(n int) string { return ui.Number(int64(n)) }
