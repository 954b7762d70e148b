// Package badge holds the portal's pages about badges: the grid of all, one
// badge with its form and its holders, and the applications that wait.
package badge

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// ListProps is the grid of badges.
type ListProps struct {
	layout.PortalProps
	Rows    []Row
	CanEdit bool
}

// Row is one badge of the grid.
type Row struct {
	ID      string
	Emblem  ui.EmblemProps
	How     string // "Automatic: 100 messages", "By application"
	Pays    string // "50 XP, 10 coins"; empty for nothing
	Holders int64
	Waiting int64 // applications
}

// EditorProps is one badge, new or known. Texts are as typed, so that a
// refused form comes back unchanged.
type EditorProps struct {
	layout.PortalProps
	ID          string // empty for a new badge
	Title       string // title
	Description string // description
	Actions     []form.Option
	Quantity    string // quantity
	Open        bool   // applied
	Proof       bool   // attachRequired
	XP          string // awardXpQuantity
	Coins       string // awardCurrencyQuantity
	Themed      bool   // enabledDarkAndLight
	Light       string // address of the picture that is kept, keptLight
	Dark        string // keptDark
	Errors      map[string]string
	Fault       string // above the form

	Holders    []Holder
	Pagination ui.PaginationProps
	Award      AwardForm
	Delete     ui.ConfirmProps // ID "delete"; Action and Typed are filled in when empty
}

// Holder is one member who holds the badge.
type Holder struct {
	ID    string
	Name  string
	Image string
	How   string // "by application"
	At    ui.Moment
}

// AwardForm is the form that gives the badge to a member.
type AwardForm struct {
	User  string // user
	Error string
}

// ApplicationsProps is the queue of applications.
type ApplicationsProps struct {
	layout.PortalProps
	Tabs       []ui.Tab
	Rows       []Application
	Waiting    bool // the list is of those that wait
	Refuse     RefuseForm
	Pagination ui.PaginationProps
}

// Application is one member's wish for a badge.
type Application struct {
	ID       string
	Emblem   ui.EmblemProps
	BadgeID  string
	MemberID string
	Name     string
	Image    string
	Note     string
	Proofs   []Proof
	State    ui.BadgeProps
	Reason   string // why it was refused
	By       string // who decided
	At       ui.Moment
	Decided  ui.Moment
}

// Proof is a picture that came with an application.
type Proof struct {
	Href string
	Name string
}

// RefuseForm is a refusal that was not accepted, shown again.
type RefuseForm struct {
	ID     string // of the application; empty when there is none
	Reason string // reason
	Error  string
}

func (p EditorProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p EditorProps) must(name, label, hint string) form.Field {
	f := p.field(name, label, hint)
	f.Required = true
	return f
}

func (p EditorProps) action() string {
	if p.ID == "" {
		return link.Badges
	}
	return link.Badge(p.ID)
}

func (p EditorProps) heading() string {
	if p.ID == "" {
		return "New badge"
	}
	return p.Title
}

func (p EditorProps) confirm() ui.ConfirmProps {
	c := p.Delete
	c.ID, c.Title, c.Submit = "delete", "Delete this badge?", "Delete badge"
	c.Text = "Everybody who holds it loses it, and its applications go too. The points it paid stay."
	c.Action = link.BadgeDo(p.ID, "delete")
	return c
}
