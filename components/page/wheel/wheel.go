// Package wheel is the wheel of prizes: as members spin it, as its draws are
// checked, and as the team sets it up.
package wheel

import (
	"fmt"
	"math"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// Slice is one segment as it is drawn and listed.
type Slice struct {
	Label string
	Color string // #rrggbb; one of the wheel's own when empty
	Odds  string // "12.5 %"; empty where they are not shown
	Left  string // "3 left"
	Gone  bool   // out of stock
}

// Props is the page on which a member spins.
type Props struct {
	layout.MemberProps
	Slices []Slice
	Side   Side
	Open   bool // the community has a wheel
}

// Side is what changes with a spin: the result, what is left, the button.
type Side struct {
	Once      string
	At        int    // segment that the wheel shows; -1 before the first spin
	Won       string // "You won 10 coins"; empty before a spin
	Note      string // "Your balance: 38 coins"
	Blank     bool   // the spin gave nothing
	Fault     string
	Spins     string // "2 spins left"
	Free      ui.Moment
	FreeNow   bool
	Price     string // "20 coins"; empty when spins are not for sale
	CanSpin   bool   // a free or granted spin is there
	Closed    bool
	Guarantee string // "You win within 3 spins"
	Recent    []Turn
}

// Turn is one spin of the past.
type Turn struct {
	ID     string
	Prize  string
	Source string
	At     ui.Moment
	Proof  Proof
}

// Proof is what a draw can be checked with.
type Proof struct {
	Hash    string // of the server seed
	Seed    string // revealed, or empty
	Client  string
	Nonce   string
	Odds    string // JSON of the table in force; empty where odds are not shown
	Segment string // id that was drawn
}

// FairProps is the page on which draws are checked.
type FairProps struct {
	layout.MemberProps
	Hash   string
	Client string
	Nonce  string
	Turns  []Turn
	Shown  bool // odds are shown, so that a check is possible
}

// path is the outline of a slice; the wheel has the radius 100.
func path(i, n int) string {
	if n == 1 {
		return "M0-100A100 100 0 1 1-.01-100Z"
	}
	x1, y1 := at(i, n)
	x2, y2 := at(i+1, n)
	large := 0
	if n < 2 {
		large = 1
	}
	return fmt.Sprintf("M0 0L%.2f %.2fA100 100 0 %d 1 %.2f %.2fZ", x1, y1, large, x2, y2)
}

// at is the point on the rim where a slice begins, the first at the top.
func at(i, n int) (x, y float64) {
	a := 2 * math.Pi * float64(i) / float64(n)
	return 100 * math.Sin(a), -100 * math.Cos(a)
}

// turned is the transformation that lays a label along the middle of its slice.
func turned(i, n int) string {
	return fmt.Sprintf("rotate(%.2f)", 360*(float64(i)+.5)/float64(n)-90)
}

// rest is the transformation that brings a slice under the pointer.
func rest(at, n int) string {
	if at < 0 || n == 0 {
		return "rotate(0)"
	}
	return fmt.Sprintf("rotate(%.2f)", -360*(float64(at)+.5)/float64(n))
}

// hue is the class of a slice without a colour of its own; the last one is
// never like the first, beside which it lies.
func hue(i, n int) string {
	if i == n-1 && i%6 == 0 {
		return "slice slice-3"
	}
	return fmt.Sprintf("slice slice-%d", i%6)
}

// short keeps a label within its slice.
func short(label string) string {
	r := []rune(label)
	if len(r) > 14 {
		return string(r[:13]) + "…"
	}
	return label
}

// EditorProps is the team's page.
type EditorProps struct {
	layout.PortalProps
	Slices    []Slice
	Rows      []Row
	Badges    []form.Option
	Enabled   bool
	ShowOdds  bool
	Cost      string
	FreeEvery string
	Guarantee string
	Fault     string
	Errors    map[string]string
	Trial     *Trial
	Recent    []Spun
}

// Row is a segment as it was typed; the last one is empty, for another.
type Row struct {
	ID, Label, Color, Type, Amount, Badge, Weight, Stock string
	Odds                                                 string
}

// Trial is what a simulation drew.
type Trial struct {
	Text string // "10,000 spins would pay 1,200 XP and 3,400 coins."
	Rows []TrialRow
}

// TrialRow is how often a segment was drawn.
type TrialRow struct {
	Label    string
	Drawn    string
	Expected string
	Percent  int // of all draws
}

// Spun is one spin in the team's list.
type Spun struct {
	Who    string
	Href   string
	Prize  string
	Source string
	At     ui.Moment
}

func (p EditorProps) name(i int, part string) string { return fmt.Sprintf("s%d-%s", i, part) }

func (p EditorProps) cell(i int, part, label, value string) form.Input {
	n := p.name(i, part)
	return form.Input{Field: form.Field{Name: n, Label: fmt.Sprintf("%s of segment %d", label, i+1), Error: p.Errors[n]}, Value: value, Autocomplete: "off"}
}

func (p EditorProps) amount(i int, part, label, value string) form.Input {
	in := p.cell(i, part, label, value)
	in.Type, in.Min, in.Max = "number", "0", "1000000000"
	return in
}

func (p EditorProps) color(i int, value string) form.Input {
	in := p.cell(i, "color", "Colour", value)
	in.Sample, in.Pattern, in.MaxLength = "#2f6f4f", "#[0-9a-fA-F]{6}", 7
	return in
}

func (p EditorProps) kind(i int, chosen string) form.Select {
	options := []form.Option{{Value: "nothing", Label: "Nothing"}, {Value: "xp", Label: "XP"}, {Value: "coins", Label: "Coins"}, {Value: "premium", Label: "Premium"}, {Value: "badge", Label: "Badge"}, {Value: "product", Label: "Product"}}
	for n := range options {
		options[n].Chosen = options[n].Value == chosen
	}
	name := p.name(i, "type")
	return form.Select{Field: form.Field{Name: name, Label: fmt.Sprintf("Prize of segment %d", i+1), Error: p.Errors[name]}, Options: options}
}

func (p EditorProps) badge(i int, chosen string) form.Select {
	options := make([]form.Option, len(p.Badges))
	for n, o := range p.Badges {
		o.Chosen = o.Value == chosen
		options[n] = o
	}
	name := p.name(i, "badge")
	return form.Select{Field: form.Field{Name: name, Label: fmt.Sprintf("Badge of segment %d", i+1), Error: p.Errors[name]}, Options: options}
}

func (p EditorProps) setting(name, label, hint, value, unit string) form.Input {
	return form.Input{Field: form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}, Type: "number", Min: "0", Value: value, Suffix: unit, Narrow: true}
}

// errorsOf are the refusals of a row, in one line.
func (p EditorProps) errorsOf(i int) string {
	for _, part := range []string{"label", "color", "type", "amount", "badge", "weight", "stock"} {
		if e := p.Errors[p.name(i, part)]; e != "" {
			return e
		}
	}
	return ""
}
