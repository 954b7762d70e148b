// Package accesskey holds the portal's pages about access keys, with which a
// partner's server lets its members into widgets, and the log of embeds.
package accesskey

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/page/apikey"
	"laurel/components/ui"
)

// Props is the page of access keys.
type Props struct {
	layout.PortalProps
	Rows    []Row
	Secret  *Secret // just made or rotated: shown this once
	Create  Form
	Edit    Form // the refused edit, of the key Edit.ID
	Log     []Embed
	CanEdit bool
}

// Row is one access key. Overlap is when the previous secret stops working,
// zero when there is none.
type Row struct {
	ID        string
	Name      string
	AccessID  string
	Algorithm string // "HS256", "EdDSA", "RS256"
	Origins   []string
	Creates   bool // unknown members are created
	Created   ui.Moment
	Used      ui.Moment
	Overlap   ui.Moment
	State     apikey.State
	Edit      Form
}

// Secret is an access key in the clear.
type Secret struct {
	Name     string
	AccessID string
	Key      string // empty when the partner signs with its own key pair
}

// Form is an access key being made or changed; texts are as typed.
type Form struct {
	ID        string
	Open      bool
	Name      string        // name
	Origins   string        // allowedOrigins, one a line
	Algorithm []form.Option // algorithm
	PublicKey string        // publicKey, PEM
	Creates   bool          // createUsers
	Errors    map[string]string
}

// Embed is one line of the embed log. Code is empty when it went well.
type Embed struct {
	At        ui.Moment
	Widget    string
	Origin    string
	Key       string
	Member    string
	Code      string // "embed_expired"
	Reason    string // for the partner: "The token was issued 16 minutes ago."
	RequestID string
}

// LogProps is the page of the embed log.
type LogProps struct {
	layout.PortalProps
	Rows       []Embed
	OnlyFaults bool
	Pagination ui.PaginationProps
}

func (f Form) field(name, label, hint string) form.Field {
	return form.Field{Name: name, ID: "access" + f.ID + "-" + name, Label: label, Hint: hint, Error: f.Errors[name]}
}

func (f Form) dialog() string {
	if f.ID == "" {
		return "create"
	}
	return "edit-" + f.ID
}

func (f Form) action() string {
	if f.ID == "" {
		return link.AccessKeys
	}
	return link.AccessKey(f.ID)
}

func (f Form) title() string {
	if f.ID == "" {
		return "Create an access key"
	}
	return "Edit " + f.Name
}

func (f Form) submit() string {
	if f.ID == "" {
		return "Create key"
	}
	return "Save"
}

func (p Props) edit(r Row) Form {
	f := r.Edit
	if p.Edit.ID == r.ID {
		f = p.Edit
	}
	f.ID = r.ID
	return f
}

func overlaps() []form.Option {
	return []form.Option{
		{Value: "0", Label: "At once"},
		{Value: "3600", Label: "In one hour"},
		{Value: "86400", Label: "In one day", Chosen: true},
		{Value: "604800", Label: "In one week"},
	}
}
