// Package joining is the portal's page of what newcomers meet: profile fields,
// policies to agree to, and invite links.
package joining

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// Props is the page.
type Props struct {
	layout.PortalProps
	Fields   []form.Option // profile fields, required ones chosen
	Policies []Policy
	New      PolicyForm // the dialog of a new policy
	Invites  []Invite
	Invite   InviteForm
}

// Policy is a text that newcomers agree to, with the form that changes it.
type Policy struct {
	ID      string
	Title   string
	Start   string // its first words
	Version int
	Changed ui.Moment
	Form    PolicyForm
}

// PolicyForm is a policy as it was typed; ID is empty for a new one.
type PolicyForm struct {
	ID     string
	Open   bool
	Title  string
	Body   string
	Fault  string
	Errors map[string]string
}

// Invite is a link by which people join.
type Invite struct {
	ID    string
	URL   string
	Kind  string // what it does for whom: "Gives the role Insiders"
	By    string // who made it
	Used  string // "3 of 10"
	Ends  ui.Moment
	State ui.BadgeProps
	Open  bool // somebody can still join by it
}

// InviteForm is a new invite as it was typed.
type InviteForm struct {
	Open   bool
	Roles  []form.Option
	Uses   string
	Days   string
	Fault  string
	Errors map[string]string
}

func (f PolicyForm) dialog() string {
	if f.ID == "" {
		return "policy"
	}
	return "policy-" + f.ID
}

func (f PolicyForm) field(name, label, hint string) form.Field {
	return form.Field{Name: name, ID: f.dialog() + "-in-" + name, Label: label, Hint: hint, Error: f.Errors[name], Required: true}
}

func (f InviteForm) field(name, label, hint string) form.Field {
	return form.Field{Name: name, ID: "invite-" + name, Label: label, Hint: hint, Error: f.Errors[name]}
}
