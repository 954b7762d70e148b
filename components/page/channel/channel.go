// Package channel holds the portal's pages about channels: the list by
// category, the editor, and the requests to be let in.
package channel

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// ListProps is the list of channels by category.
type ListProps struct {
	layout.PortalProps
	Sections []Section // the first, without a name, holds what is in no category
	Search   string
	Create   CategoryForm
	Moved    string // id of the channel or category that was just moved
	Up       bool   // it was moved up
}

// Section is a category with its channels.
type Section struct {
	ID      string // empty for channels without a category
	Name    string
	Private bool
	Roles   []string // names of those who see a private category
	Rows    []Row
	Edit    CategoryForm
}

// Row is one channel of the list.
type Row struct {
	ID       string
	Name     string
	About    string
	Icon     string
	Kind     string // "Announcements"
	Private  bool
	Archived bool
	Slow     string // "one message every 30 s", empty without slow mode
	Roles    []string
}

// CategoryForm is the dialog of a category, as typed.
type CategoryForm struct {
	Open    bool
	Name    string
	Private bool
	Roles   []form.Option
	Errors  map[string]string // name, roles
}

// EditorProps is a channel's form; ID is empty for a new one.
type EditorProps struct {
	layout.PortalProps
	ID           string
	Name         string
	About        string
	Kinds        []form.Option
	Categories   []form.Option
	URL          string
	Private      bool
	Archived     bool
	Slow         []form.Option
	Access       []Access
	SpeakerRoles []form.Option
	Speakers     string // usernames, with commas
	RequestRoles []form.Option
	Topics       []Topic // of a forum, newest first
	Errors       map[string]string
	Fault        string
}

// Access is what one role may do in the channel. Its fields are named
// access-ROLE (none, own, here) and rights-ROLE.
type Access struct {
	RoleID string
	Title  string
	Tint   string
	Modes  []form.Option
	Rights []form.Option // ticked as they are, or as the role's own
}

// Topic is a thread of a forum.
type Topic struct {
	Title  string
	Closed bool
	At     ui.Moment
}

// RequestsProps is the queue of wishes to enter private channels.
type RequestsProps struct {
	layout.PortalProps
	Status     string // requested, approved, refused
	Waiting    int64
	Rows       []Request
	Pagination ui.PaginationProps
}

// Request is one member's wish to enter a channel.
type Request struct {
	ID        string
	Member    string
	MemberID  string
	Channel   string
	ChannelID string
	Note      string
	At        ui.Moment
	Role      string // given when it was approved
	Reason    string // told when it was refused
	Decided   ui.Moment
	Roles     []form.Option // that open the channel
}

func (p ListProps) empty() bool {
	for _, s := range p.Sections {
		if s.ID != "" || len(s.Rows) > 0 {
			return false
		}
	}
	return true
}

func (p ListProps) focused(id string, up bool) bool { return p.Moved == id && p.Up == up }

// named counts the sections that are categories: they stand after the one without a name.
func (p ListProps) lastCategory(i int) bool { return i == len(p.Sections)-1 }

func (p ListProps) firstCategory(i int) bool { return i == 0 || p.Sections[i-1].ID == "" }

func (s Section) title() string {
	if s.ID == "" {
		return "Without a category"
	}
	return s.Name
}

func (f CategoryForm) dialog(id string) string {
	if id == "" {
		return "category"
	}
	return "category-" + id
}

func (f CategoryForm) field(name, id, label string, required bool) form.Field {
	return form.Field{Name: name, ID: f.dialog(id) + "-" + name, Label: label, Error: f.Errors[name], Required: required}
}

func (p EditorProps) isNew() bool { return p.ID == "" }

func (p EditorProps) title() string {
	if p.isNew() {
		return "New channel"
	}
	return p.Title
}

func (p EditorProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p EditorProps) required(name, label, hint string) form.Field {
	f := p.field(name, label, hint)
	f.Required = true
	return f
}
