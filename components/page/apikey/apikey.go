// Package apikey holds the portal's page about the community's API keys.
package apikey

import (
	"strings"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// Props is the page of API keys.
type Props struct {
	layout.PortalProps
	Rows    []Row
	Secret  *Secret // a key that was just made or rotated: shown this once
	Create  Form
	Edit    Form // of the key named by Edit.ID, when its dialog is open
	System  System
	CanEdit bool
	BaseURL string // of the API, for the sample call
}

// Row is one key.
type Row struct {
	ID          string
	Name        string
	Prefix      string
	Permissions []string
	Created     ui.Moment
	Used        ui.Moment
	Expires     ui.Moment // zero: never
	IP          string    // where the last use came from
	Overlap     ui.Moment // until when the secret before the last rotation works
	State       State
	Edit        Form // what its edit dialog shows
}

// State is whether a key works; the zero value is Active.
type State string

// The states.
const (
	Active  State = ""
	Paused  State = "paused"
	Expired State = "expired"
	Revoked State = "revoked"
)

// Badge is how a state is shown.
func (s State) Badge() ui.BadgeProps {
	switch s {
	case Paused:
		return ui.BadgeProps{Text: "Paused", Tone: ui.Warn, Dot: true}
	case Expired:
		return ui.BadgeProps{Text: "Expired"}
	case Revoked:
		return ui.BadgeProps{Text: "Revoked"}
	}
	return ui.BadgeProps{Text: "Active", Tone: ui.Good, Dot: true}
}

// Secret is a key in the clear.
type Secret struct {
	Name  string
	Value string
}

// Form is a key being made or changed; texts are as typed.
type Form struct {
	ID          string
	Open        bool
	Name        string        // name
	Permissions []form.Option // permissions, several
	Expiry      string        // expirePeriod, days, 0 = never
	Active      bool          // isActive
	Errors      map[string]string
}

// System is the community's one key with full rights.
type System struct {
	Prefix  string
	Rotated ui.Moment
	Used    ui.Moment
	CanEdit bool // owners only
}

func (f Form) field(name, label, hint string) form.Field {
	return form.Field{Name: name, ID: "key" + f.ID + "-" + name, Label: label, Hint: hint, Error: f.Errors[name]}
}

func (f Form) dialog() string {
	if f.ID == "" {
		return "create"
	}
	return "edit-" + f.ID
}

func (f Form) action() string {
	if f.ID == "" {
		return link.Keys
	}
	return link.Key(f.ID)
}

func (f Form) title() string {
	if f.ID == "" {
		return "Create an API key"
	}
	return "Edit " + f.Name
}

func (f Form) submit() string {
	if f.ID == "" {
		return "Create key"
	}
	return "Save"
}

// edit is the form of a row's dialog: the refused one when it is this row's.
func (p Props) edit(r Row) Form {
	f := r.Edit
	if p.Edit.ID == r.ID {
		f = p.Edit
	}
	f.ID = r.ID
	return f
}

func permissions(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

func (p Props) sample() string {
	key := "YOUR_KEY"
	if p.Secret != nil {
		key = p.Secret.Value
	}
	return "curl " + p.BaseURL + "/v1/leaderboards \\\n  -H 'Authorization: Bearer " + key + "'"
}
