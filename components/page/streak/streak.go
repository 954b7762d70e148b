// Package streak is habits: as members keep them, and as the team sets them up.
package streak

import (
	"fmt"
	"strings"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// Dot is one day. Status is that of the API: completed, missed, frozen,
// repaired, open, rest or none.
type Dot struct {
	Status string
	Letter string // "M"; the day of the month in a calendar
	Words  string // "Monday 23 November: done"
	Today  bool
}

func (d Dot) icon() string {
	return map[string]string{"completed": "check", "missed": "x", "frozen": "shield", "repaired": "rotate-cw"}[d.Status]
}

// Standing is where a member stands in a streak.
type Standing struct {
	ID       string
	Name     string
	About    string
	State    ui.BadgeProps
	IsLit    bool   // done for now
	Current  string // "12 days"
	Longest  string
	Todo     []ui.ProgressProps
	Either   bool // one of them is enough
	Ends     ui.Moment
	AtRisk   bool
	Week     []Dot
	Next     string // "In 3 days: 100 coins"
	NextWay  ui.ProgressProps
	Each     string // "5 XP every time"
	Off      string // "1 of 2 days off"; empty where there are none
	BuyOff   Price
	Broke    string // "12 days can still be saved"
	Until    ui.Moment
	Repair   Price
	Calendar string // address
}

// Price is what can be bought; Text is empty when nothing can.
type Price struct {
	Text  string // "30 coins"
	Coins string
}

// MineProps is the page of a member's streaks.
type MineProps struct {
	layout.MemberProps
	Once  string
	Fault string
	List  []Standing
}

// MonthProps is a calendar.
type MonthProps struct {
	layout.MemberProps
	Name    string
	Month   string // "November 2026"
	Current string
	Longest string
	Days    []Dot
	Blank   int // empty places before the first
	Before  string
	After   string // addresses of the months beside it
	Done    string // "18 days done, 2 off, 1 missed"
}

// ListProps is the team's page of all streaks.
type ListProps struct {
	layout.PortalProps
	List []Row
	Logs []Log
}

// Row is a streak in the list.
type Row struct {
	Name  string
	Href  string
	Says  string // "Every day: send 2 messages"
	About string
	State ui.BadgeProps
	Pays  string
	Who   string // "312 take part"
}

// Log is what became of one period.
type Log struct {
	Who    ui.PersonProps
	Streak string
	Day    string
	State  ui.BadgeProps
	Count  string
	Pays   string
}

// LogsProps is the page of what became of periods.
type LogsProps struct {
	layout.PortalProps
	Rows       []Log
	Streaks    []form.Option
	Statuses   []form.Option
	User       string
	From, To   string
	Fault      string
	Filtered   bool
	Pagination ui.PaginationProps
}

// EditorProps is a streak's editor.
type EditorProps struct {
	layout.PortalProps
	ID      string // empty for a new one
	Saved   string
	V       map[string]string // what was typed, by field
	Enabled bool
	Own     bool
	Days    []form.Option
	Rows    []Condition
	Marks   []Mark
	Facts   []form.Option
	Badges  []form.Option
	Longest []Taker
	Logs    []Log
	Fault   string
	Errors  map[string]string
	NotGone string
}

// Condition is one thing to be done, as it was typed.
type Condition struct {
	At    string // prefix of its fields: "c0"
	ID    string
	Fact  string
	Value string
}

// Mark is a milestone as it was typed.
type Mark struct {
	At                                                       string // "m0"
	Count, Name, XP, Coins, Premium, Spins, Freezes, BadgeID string
	Repeats                                                  bool
}

// Taker is who takes part.
type Taker struct {
	Who     ui.PersonProps
	Current string
	State   ui.BadgeProps
}

func (p EditorProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p EditorProps) text(name, label, hint string, most int) form.Input {
	return form.Input{Field: p.field(name, label, hint), Value: p.V[name], MaxLength: most}
}

func (p EditorProps) number(name, label, hint, unit string) form.Input {
	return form.Input{Field: p.field(name, label, hint), Type: "number", Min: "0", Max: "1000000000", Value: p.V[name], Suffix: unit, Narrow: true}
}

// choice is a select of values with their labels: "daily=active days".
func (p EditorProps) choice(name, label string, options ...string) form.Select {
	out := form.Select{Field: p.field(name, label, "")}
	for _, o := range options {
		value, words, _ := strings.Cut(o, "=")
		out.Options = append(out.Options, form.Option{Value: value, Label: words, Chosen: p.V[name] == value})
	}
	return out
}

func (p EditorProps) pick(name, label, chosen string, from []form.Option) form.Select {
	out := form.Select{Field: form.Field{Name: name, Label: label, Error: p.Errors[name]}}
	known := chosen == ""
	for _, o := range from {
		o.Chosen = o.Value == chosen
		known = known || o.Chosen
		out.Options = append(out.Options, o)
	}
	if !known { // something that is gone since
		out.Options = append(out.Options, form.Option{Value: chosen, Label: chosen, Chosen: true})
	}
	return out
}

func (p EditorProps) cell(m Mark, part, label, value string) form.Input {
	name := m.At + "-" + part
	return form.Input{Field: form.Field{Name: name, Label: fmt.Sprintf("%s of the milestone at %s", label, m.Count), Error: p.Errors[name]}, Type: "number", Min: "0", Value: value}
}

func (p EditorProps) errorsOf(at string, parts ...string) string {
	for _, part := range parts {
		if e := p.Errors[at+"-"+part]; e != "" {
			return e
		}
	}
	return ""
}

func (p EditorProps) title() string {
	if p.ID == "" {
		return "New streak"
	}
	return p.Saved
}
