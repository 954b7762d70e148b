// Package store is what members redeem points for: as they browse and buy it,
// and as the team fills the shelves.
package store

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// ShelfProps is the store as a member sees it.
type ShelfProps struct {
	layout.MemberProps
	Title   string
	About   string
	Cover   string // address of a picture; empty for none
	Closed  bool
	Wallets []string // "43 coins"
	Groups  []Group
	Buying  Buying // a refused purchase
}

// Group is a category with its products.
type Group struct {
	Name  string
	Cover string
	Items []Item
}

// Item is a product on the shelf.
type Item struct {
	ID      string
	Name    string
	About   string
	Image   string
	Icon    string // in place of a picture
	Price   string // "80 coins"
	Old     string // list price when another is paid; empty otherwise
	Until   ui.Moment
	Marks   []ui.BadgeProps
	CanBuy  bool
	Why     string // "You need 20 more coins"
	Again   ui.Moment
	Amount  string // the price as a number
	Once    string
	Name1   bool // asks for the buyer's name, phone, address
	Phone   bool
	Address bool
	Many    bool // several can be bought at once
}

// Buying is a purchase that was refused.
type Buying struct {
	ID                   string
	Fault                string
	Errors               map[string]string
	Name, Phone, Address string
}

func (p ShelfProps) of(i Item) Buying {
	if p.Buying.ID == i.ID {
		return p.Buying
	}
	return Buying{}
}

func (b Buying) input(i Item, name, label, value, complete string) form.Input {
	return form.Input{Field: form.Field{Name: name, ID: name + "-" + i.ID, Label: label, Error: b.Errors[name], Required: true}, Value: value, Autocomplete: complete, MaxLength: 500}
}

// ListProps is the team's page of the store.
type ListProps struct {
	layout.PortalProps
	Rows       []Row
	Categories []Category
	Statuses   []Status
	Settings   Settings
	Fault      string
	Errors     map[string]string
	Open       string // dialog that was refused
	Typed      map[string]string
}

// Row is a product in the list.
type Row struct {
	Name     string
	Href     string
	Kind     string
	Category string
	Price    string
	Stock    string
	Orders   int64
	State    ui.BadgeProps
}

// Category is a category in the list.
type Category struct {
	ID       string
	Name     string
	Products int64
	Order    string
	Preview  bool
	Archived bool
	Status   string
	Cover    string
}

// Status is a status that orders can have.
type Status struct {
	Name string
	Kind string
	Tone ui.Tone
}

// Settings are the store's own.
type Settings struct {
	Open  bool
	Title string
	About string
	Cover string
}

func (p ListProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p ListProps) typed(dialog, name, otherwise string) string {
	if p.Open == dialog {
		return p.Typed[name]
	}
	return otherwise
}

func (p ListProps) dialogField(dialog, name, label, hint string) form.Field {
	f := form.Field{Name: name, ID: name + "-" + dialog, Label: label, Hint: hint}
	if p.Open == dialog {
		f.Error = p.Errors[name]
	}
	return f
}

// EditorProps is a product's editor.
type EditorProps struct {
	layout.PortalProps
	ID         string // empty for a new one
	Saved      string
	V          map[string]string // what was typed, by field
	On         map[string]bool
	Categories []form.Option
	Roles      []form.Option
	Badges     []form.Option
	Statuses   []form.Option
	Tiers      []form.Option
	Batches    []string // "12 codes until 31 Dec 2026"
	Audiences  []Audience
	Sees       []Sees
	Fault      string
	Errors     map[string]string
	NotGone    string
}

// Audience is a permission entry as it was typed.
type Audience struct {
	At                           string // prefix of its fields: "a0"
	Roles, Tags, Users           string
	Preview, Exclusive           bool
	Price, Limit, Interval, Unit string
}

// Sees is a line of "who sees which price".
type Sees struct {
	Who   string
	Price string
	Note  string
}

func (p EditorProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p EditorProps) text(name, label, hint string, most int) form.Input {
	return form.Input{Field: p.field(name, label, hint), Value: p.V[name], MaxLength: most}
}

func (p EditorProps) number(name, label, hint string) form.Input {
	return form.Input{Field: p.field(name, label, hint), Type: "number", Min: "0", Max: "1000000000", Value: p.V[name], Narrow: true}
}

func (p EditorProps) day(name, label, hint string) form.Input {
	return form.Input{Field: p.field(name, label, hint), Type: "date", Value: p.V[name]}
}

func (p EditorProps) check(name, label, hint string) form.Check {
	return form.Check{Field: p.field(name, label, hint), On: p.On[name]}
}

func (p EditorProps) pick(name, label, hint string, from []form.Option) form.Select {
	out := form.Select{Field: p.field(name, label, hint)}
	for _, o := range from {
		o.Chosen = o.Value == p.V[name]
		out.Options = append(out.Options, o)
	}
	return out
}

func (p EditorProps) kinds() []form.Option {
	return []form.Option{{Value: "physical", Label: "Something to ship"}, {Value: "voucher", Label: "Voucher codes"}, {Value: "role", Label: "A role"}, {Value: "badge", Label: "A badge"}, {Value: "spins", Label: "Spins of the wheel"}, {Value: "custom", Label: "Something else"}}
}

func (p EditorProps) part(a Audience, part, label, hint, value string) form.Input {
	name := a.At + "-" + part
	return form.Input{Field: form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}, Value: value}
}

func (p EditorProps) points(a Audience, part, label, hint, value, unit string) form.Input {
	in := p.part(a, part, label, hint, value)
	in.Type, in.Min, in.Suffix, in.Narrow = "number", "0", unit, true
	return in
}

func (p EditorProps) title() string {
	if p.ID == "" {
		return "New product"
	}
	return p.Saved
}
