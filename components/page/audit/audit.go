// Package audit holds the portal's page of who changed what.
package audit

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// Props is the audit log.
type Props struct {
	layout.PortalProps
	Search     string
	Actors     []form.Option // filter "actor"
	Actions    []form.Option // filter "action"
	From, To   string        // filters, YYYY-MM-DD
	Rows       []Row
	Pagination ui.PaginationProps
}

// Row is one change.
type Row struct {
	ID      string
	Actor   string // a member's name, or the key's name
	Via     string // "portal", "API key Sync", "widget"
	Action  string // "Changed leaderboard"
	Target  string // what was changed, by name
	Href    string // its page, when it still exists
	From    string // IP address
	At      ui.Moment
	Changes []Change
}

// Change is one value before and after; either may be empty.
type Change struct {
	Field  string
	Before string
	After  string
}

func (p Props) csv() string {
	if q := p.Pagination.Query.Encode(); q != "" {
		return link.AuditCSV + "?" + q
	}
	return link.AuditCSV
}

func (p Props) filtered() bool { return len(p.Pagination.Query) > 0 }
