// Package leaderboard holds the portal's pages about leaderboards: the list, one
// board's standings with its archive, and the editor with its live preview.
package leaderboard

import (
	"laurel/components/layout"
	"laurel/components/ui"
)

// ListProps is the list of boards.
type ListProps struct {
	layout.PortalProps
	Search     string
	Rows       []Row
	Pagination ui.PaginationProps
	CanEdit    bool
}

// Row is one board of the list.
type Row struct {
	ID       string
	Name     string
	Slug     string
	Image    string
	RankedBy string // "XP", "Messages"
	Periods  string // "Daily, weekly, all time"
	State    State
	Ends     ui.Moment // zero: no end
	Members  int64     // ranked in the main period
	Leader   string    // who leads, empty when nobody is ranked
	Score    int64     // of the leader
	Widget   bool
}

// State is where a board stands in its life.
type State string

// The states; the zero value is Live.
const (
	Live      State = ""
	Off       State = "off"
	Scheduled State = "scheduled"
	Ended     State = "ended"
)

func (s State) badge() ui.BadgeProps {
	switch s {
	case Off:
		return ui.BadgeProps{Text: "Off"}
	case Scheduled:
		return ui.BadgeProps{Text: "Scheduled", Tone: ui.Warn, Dot: true}
	case Ended:
		return ui.BadgeProps{Text: "Ended"}
	}
	return ui.BadgeProps{Text: "Live", Tone: ui.Good, Dot: true}
}
