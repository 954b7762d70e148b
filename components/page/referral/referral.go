// Package referral is the portal's pages of who brought whom, and of the
// programs that pay for it.
package referral

import (
	"fmt"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// ListProps is the programs and the newest referrals.
type ListProps struct {
	layout.PortalProps
	Programs []Program
	Referees []Referee
	Next     string // address of the referrals after these
	Later    bool   // this is not the first part
	Link     LinkForm
}

// Program is one journey in the list.
type Program struct {
	Name   string
	Href   string
	About  string
	State  ui.BadgeProps
	Kind   ui.BadgeProps
	Stages []Stage
}

// Stage is one step in words.
type Stage struct {
	Name  string
	Needs string // "at least 10 messages"
	Pays  string // "50 XP, 10 coins"
}

// Referee is a member who was brought.
type Referee struct {
	Person   ui.PersonProps
	By       string // username of the referrer
	ByHref   string
	Joined   ui.Moment
	Programs []ui.WayProps
}

// LinkForm maps a value of the address to a custom field.
type LinkForm struct {
	Param  string
	Fields []form.Option
	Fault  string
	Errors map[string]string
}

// EditorProps is a program's editor.
type EditorProps struct {
	layout.PortalProps
	ID        string // empty for a new one
	Saved     string // its name as saved, for the heading and deletion
	Name      string
	About     string
	Enabled   bool
	Milestone bool // members walk it themselves
	Stages    []StageForm
	Facts     []form.Option
	Fault     string
	Errors    map[string]string
	NotGone   string // why deletion was refused
}

// StageForm is a stage as it was typed.
type StageForm struct {
	At                   string // prefix of its fields: "s0"
	ID                   string
	Name, About          string
	Hidden               bool
	Operator             string
	Groups               []GroupForm
	Hours, Factor        string // of the countdown bonus
	XP, Coins            string // for the referrer, or the member of a milestone
	FriendXP, FriendCoin string // for the referee
}

// GroupForm is a group of conditions.
type GroupForm struct {
	At         string // "s0-g0"
	Operator   string
	Conditions []ConditionForm
}

// ConditionForm is one condition.
type ConditionForm struct {
	At    string // "s0-g0-c0"
	Fact  string
	Op    string
	Value string
}

func (p EditorProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p EditorProps) required(name, label string) form.Field {
	f := p.field(name, label, "")
	f.Required = true
	return f
}

// points is a field for an amount.
func (p EditorProps) points(name, label, value, unit string) form.Input {
	return form.Input{Field: p.field(name, label, ""), Type: "number", Min: "0", Max: "1000000000", Value: value, Suffix: unit, Narrow: true}
}

// joined is the choice of how conditions are joined.
func (p EditorProps) joined(name, label, chosen string) form.Select {
	return form.Select{Field: form.Field{Name: name, Label: label, Required: true}, Options: []form.Option{
		{Value: "AND", Label: "all of these hold", Chosen: chosen != "OR"}, {Value: "OR", Label: "any of these holds", Chosen: chosen == "OR"},
	}}
}

func (p EditorProps) fact(c ConditionForm) form.Select {
	options := make([]form.Option, len(p.Facts))
	known := false
	for i, o := range p.Facts {
		o.Chosen = o.Value == c.Fact
		known = known || o.Chosen
		options[i] = o
	}
	if !known && c.Fact != "" { // a field that was deleted since
		options = append(options, form.Option{Value: c.Fact, Label: c.Fact, Chosen: true})
	}
	return form.Select{Field: p.required(c.At+"-fact", "What is looked at"), Options: options}
}

func (p EditorProps) op(c ConditionForm) form.Select {
	options := []form.Option{{Value: "gte", Label: "is at least"}, {Value: "lte", Label: "is at most"}, {Value: "eq", Label: "is"}, {Value: "ne", Label: "is not"}, {Value: "set", Label: "is filled in"}}
	for i := range options {
		options[i].Chosen = options[i].Value == c.Op
	}
	return form.Select{Field: p.required(c.At+"-op", "How it is compared"), Options: options}
}

func (p EditorProps) value(c ConditionForm) form.Input {
	return form.Input{Field: p.field(c.At+"-value", "With what", ""), Value: c.Value, MaxLength: 200, Autocomplete: "off"}
}

// errorsOf are the refusals of a condition, in one line.
func (p EditorProps) errorsOf(c ConditionForm) string {
	for _, part := range []string{"-fact", "-op", "-value"} {
		if e := p.Errors[c.At+part]; e != "" {
			return e
		}
	}
	return ""
}

// whom says whom a stage's first reward is for.
func (p EditorProps) whom() string {
	if p.Milestone {
		return "The member gets"
	}
	return "Who brought the friend gets"
}

func (p EditorProps) needs() string {
	if p.Milestone {
		return "A member passes it when"
	}
	return "A friend passes it when"
}

func stageTitle(i int) string { return fmt.Sprintf("Stage %d", i+1) }
