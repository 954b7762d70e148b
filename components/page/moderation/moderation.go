// Package moderation holds the portal's pages about what members write: the log
// of what was edited, deleted or not let through, the newest messages, the words
// that are watched, and penalties.
package moderation

import (
	"laurel/api"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// LogProps is the moderation log.
type LogProps struct {
	layout.PortalProps
	Kinds    []form.Option // filter "kind"
	Channels []form.Option // filter "channel"
	User     string        // filter "user"
	Fault    string        // why the filter finds nobody
	Filtered bool
	Rows     []Entry
	Older    string
}

// Entry is one line of the log.
type Entry struct {
	Kind     ui.BadgeProps
	Author   string // username
	Href     string // the member's page
	Channel  string // its name; empty when it is gone
	Actor    string // who did it; empty when the filter did
	Before   string
	After    string
	Reason   string
	IsFilter bool
	At       ui.Moment
}

// MessagesProps is what was written lately.
type MessagesProps struct {
	layout.PortalProps
	Channels []form.Option // filter "channel"
	User     string        // filter "user"
	Query    string        // filter "q"
	Fault    string
	Filtered bool
	Rows     []Message
	Older    string
	Back     string // this page with its filters, to come back to
}

// Message is one that can be judged.
type Message struct {
	ID      string
	Name    string
	Image   string
	Href    string // the member's page
	Channel string
	Where   string // the message in its channel
	Text    string
	Images  []api.MessageImage
	At      ui.Moment
	Alert   bool
}

// WordsProps is the editor of what is not let through and of what is told.
type WordsProps struct {
	layout.PortalProps
	Profanity  bool
	Excluded   string // one word a line
	Added      string
	BuiltIn    []string
	WarnProfan string
	Banned     string
	WarnBanned string
	Alert      string
	Channels   []form.Option
	MaxLength  string
	Errors     map[string]string
	Fault      string
}

func tabs(current string) ui.TabsProps {
	all := []ui.Tab{{Label: "Log", Href: link.Moderation}, {Label: "Messages", Href: link.ModMessages}, {Label: "Words", Href: link.ModWords}, {Label: "Penalties", Href: link.Penalties}}
	for i := range all {
		all[i].Current = all[i].Href == current
	}
	return ui.TabsProps{Label: "Moderation", Tabs: all}
}

func (p WordsProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p WordsProps) area(name, label, hint, value string) form.TextArea {
	return form.TextArea{Field: p.field(name, label, hint), Value: value, Rows: 5}
}
