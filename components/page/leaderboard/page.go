package leaderboard

import (
	"laurel/components/layout"
	"laurel/components/ui"
)

// PageProps is one board's standings.
type PageProps struct {
	layout.PortalProps
	Board      Row
	Text       string // the board's description
	Window     string // "16–22 Nov 2026, Europe/Lisbon"
	Closed     bool   // the shown period is over
	Search     string
	Periods    []ui.Tab
	Standings  Standings
	Pagination ui.PaginationProps
	Archive    []Closed // closed periods, newest first
	Ties       string   // "First to reach the score leads"
	AsOf       ui.Moment
	CanEdit    bool
	PublicURL  string // where members see it
	Delete     ui.ConfirmProps
}

// Closed is one kept period of the archive.
type Closed struct {
	Label   string // "Week of 9 Nov"
	Href    string
	Winner  string
	Score   int64
	Members int64
	Current bool
}
