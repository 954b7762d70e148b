// Package role holds the portal's pages about roles: their order, one role with
// its rights and members, and the matrix of all rights.
package role

import (
	"strconv"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// ListProps is the list of roles, highest first, @all last.
type ListProps struct {
	layout.PortalProps
	Rows   []Row
	Create Form
	Moved  string // id of the role that was just moved: its button has the focus
	Up     bool   // it was moved up
}

// Row is one role.
type Row struct {
	ID      string
	Title   string
	About   string
	Tint    string // name of the colour
	Members int64
	All     bool   // the role that everyone has
	Rights  string // "Administrator", "6 of 21 rights"
}

// Form is the name, colour and description of a role, as typed.
type Form struct {
	Open   bool
	Title  string
	About  string
	Tint   string
	Errors map[string]string // title, description, class
}

// PageProps is one role's page.
type PageProps struct {
	layout.PortalProps
	ID         string
	All        bool // the role that everyone has: no members, no name to change
	Form       Form
	Server     []form.Option // rights in the whole community
	Channel    []form.Option // rights in channels
	Fault      string
	Members    []Member
	Pagination ui.PaginationProps
	Give       GiveForm
}

// Member is somebody who was given the role.
type Member struct {
	ID     string
	Name   string
	Note   string
	Image  string
	Source string // how the role came: "by hand"
	At     ui.Moment
}

// GiveForm names the members who get the role, as typed.
type GiveForm struct {
	Users string
	Error string
}

// MatrixProps is the table of rights by roles. The box of a right has the name
// ROLE-KEY; a hidden field seen-ROLE says which state of the role was shown.
type MatrixProps struct {
	layout.PortalProps
	Columns []Column // highest first, @all last
	Groups  []Group
	Fault   string
}

// Column is one role of the matrix.
type Column struct {
	ID    string
	Title string
	Tint  string
	Seen  string
	Admin bool // an administrator, who may everything whatever else is ticked
}

// Group is a set of rights under one heading.
type Group struct {
	Title  string
	Rights []Right
}

// Right is one line of the matrix.
type Right struct {
	Key   string
	Label string
	Hint  string
	On    []bool // by column
}

func tabs(matrix bool) ui.TabsProps {
	return ui.TabsProps{Label: "Roles", Tabs: []ui.Tab{
		{Label: "Roles and their order", Href: link.Roles, Current: !matrix},
		{Label: "Permissions", Href: link.RoleMatrix, Current: matrix},
	}}
}

func (r Row) members() string {
	if r.All {
		return "everyone"
	}
	return ui.Number(r.Members)
}

func (p ListProps) focused(r Row, up bool) bool { return p.Moved == r.ID && p.Up == up }

// last reports whether a row is the lowest that can be moved.
func (p ListProps) last(i int) bool { return i+1 >= len(p.Rows) || p.Rows[i+1].All }

func (f Form) field(name, id, label string, required bool) form.Field {
	return form.Field{Name: name, ID: id + name, Label: label, Error: f.Errors[name], Required: required}
}

func (f Form) isTint(name string) bool { return ui.TintClass(f.Tint) == ui.TintClass(name) }

func (p MatrixProps) span() string { return strconv.Itoa(len(p.Columns) + 1) }
