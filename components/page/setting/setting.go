// Package setting holds the portal's page of the community's own settings.
package setting

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// Props is the page of settings.
type Props struct {
	layout.PortalProps
	Name      string // name
	URI       string // uri
	About     string // description
	Domain    string // domain
	Zone      string // timezone
	Zones     []string
	Languages []form.Option // language
	Errors    map[string]string
	Fault     string
	ID        string // the community's id, for API calls
	Secure    Secure
	Team      []Mate
	Invite    InviteForm
	CanEdit   bool
	Owner     bool
}

// Secure is the key with which a partner's server hands its members over.
type Secure struct {
	Prefix  string
	Rotated ui.Moment
	Secret  string // just made: shown this once
}

// Mate is one member of the team.
type Mate struct {
	ID    string
	Name  string
	Email string
	Image string
	Role  string        // "Owner"
	Roles []form.Option // what it can be changed to; none when it cannot
}

// InviteForm adds a member to the team.
type InviteForm struct {
	Open   bool
	Member string        // member: username or email
	Roles  []form.Option // role
	Errors map[string]string
}

func (p Props) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name], Disabled: !p.CanEdit}
}

func required(f form.Field) form.Field {
	f.Required = true
	return f
}
