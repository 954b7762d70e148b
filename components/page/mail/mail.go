// Package mail holds the portal's outbox: the mails that the deployment sent, or
// would have sent had it a mail server.
package mail

import (
	"laurel/components/layout"
	"laurel/components/ui"
)

// ListProps is the outbox.
type ListProps struct {
	layout.PortalProps
	Rows       []Row
	Pagination ui.PaginationProps
	CanOpen    bool // whoever owns the community may read the texts
	NoServer   bool // no mail server is set up: mails wait here
}

// Row is one mail.
type Row struct {
	ID      string
	To      string
	Subject string
	At      ui.Moment
	State   State
}

// State is what became of a mail; the zero value is Waiting.
type State string

// The states.
const (
	Waiting State = ""
	Sent    State = "sent"
	Failed  State = "failed"
)

// PageProps is one mail in full.
type PageProps struct {
	layout.PortalProps
	Mail  Row
	Text  string   // plain text
	Links []string // addresses in the text, to follow
	Error string   // why it failed
}

func (s State) badge() ui.BadgeProps {
	switch s {
	case Sent:
		return ui.BadgeProps{Text: "Sent", Tone: ui.Good, Dot: true}
	case Failed:
		return ui.BadgeProps{Text: "Failed", Tone: ui.Bad, Dot: true}
	}
	return ui.BadgeProps{Text: "Waiting", Tone: ui.Warn, Dot: true}
}
