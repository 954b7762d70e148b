// Package userfield holds the portal's pages about user fields: what a
// community keeps about its members, and every change of it.
package userfield

import (
	"net/url"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// Props is the list of user fields.
type Props struct {
	layout.PortalProps
	Rows   []Row
	Create Form
	Edit   Form // the edit that was refused: the one of its row is replaced
}

// Row is one user field.
type Row struct {
	ID          string
	Name        string
	Key         string // in the API
	Type        string // in words
	Description string
	Options     []string
	Default     string
	Required    bool
	Private     bool
	Maker       string // who made it; empty for a key
	Made        ui.Moment
	Edit        Form
}

// Form makes or changes a user field.
type Form struct {
	ID          string // empty for a new one
	Open        bool
	Name        string // name
	Key         string // field; only for new ones
	Types       []form.Option
	Description string // description
	Options     string // options, one a line
	Default     string // defaultValue
	Required    bool
	Private     bool
	Errors      map[string]string // name, field, type, description, options, defaultValue
}

// HistoryProps is the list of changes of values.
type HistoryProps struct {
	layout.PortalProps
	Fields     []form.Option // filter "field"; the first is "Every field"
	Field      string        // id of the chosen one, which may be deleted
	User       string        // id of the member whose changes alone are shown
	Changes    []Change
	Pagination ui.PaginationProps
}

// Change is one change of one value.
type Change struct {
	Member   string // name; empty when the member is gone for good
	MemberID string
	Field    string
	Old, New string
	Private  bool
	Who      string
	Source   string // in words: "Portal", "API"
	At       ui.Moment
}

func (f Form) dialog() string {
	if f.ID == "" {
		return "create"
	}
	return "edit-" + f.ID
}

func (f Form) title() string {
	if f.ID == "" {
		return "New user field"
	}
	return "Edit " + f.Name
}

func (f Form) action() string {
	if f.ID == "" {
		return link.UserFields
	}
	return link.UserField(f.ID)
}

func (f Form) field(name, label, hint string) form.Field {
	return form.Field{Name: name, ID: f.dialog() + "-" + name, Label: label, Hint: hint, Error: f.Errors[name]}
}

func (p Props) edit(r Row) Form {
	if p.Edit.ID == r.ID {
		return p.Edit
	}
	return r.Edit
}

func historyOf(id string) string {
	return link.FieldHistory + "?" + url.Values{"field": {id}}.Encode()
}
