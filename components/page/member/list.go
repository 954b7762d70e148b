// Package member holds the portal's pages about members: the list and one
// member's page with wallets, ledger and actions.
package member

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// ListProps is the list of members.
type ListProps struct {
	layout.PortalProps
	Search     string
	Roles      []form.Option // filter "role"; the first is "Every role"
	Statuses   []form.Option // filter "status": active, deleted, unverified
	Sort       string        // field:asc or field:desc as in the address
	SortHref   func(field string) (href string, dir ui.SortDir)
	Rows       []Row
	Pagination ui.PaginationProps
	CanEdit    bool
}

// Row is one member of the list. Points are whole.
type Row struct {
	ID       string
	Name     string
	Username string
	Email    string
	Image    string
	Role     string
	Tier     string
	Level    int
	Rank     int64 // on the main board, 0 when unranked
	XP       int64
	Coins    int64
	Seen     ui.Moment
	Deleted  bool
	Dummy    bool
}

func (r Row) note() string {
	if r.Username != "" {
		return "@" + r.Username
	}
	return r.Email
}

func (p ListProps) filtered() bool {
	return len(p.Pagination.Query) > 0
}

func (p ListProps) head(field, label string, num bool) ui.SortHeadProps {
	h := ui.SortHeadProps{Label: label, Num: num, Href: link.Members + "?sort=" + field + ":asc"}
	if p.SortHref != nil {
		h.Href, h.Dir = p.SortHref(field)
	}
	return h
}

func (p ListProps) csv() string {
	if q := p.Pagination.Query.Encode(); q != "" {
		return link.MembersCSV + "?" + q
	}
	return link.MembersCSV
}

func rank(n int64) string {
	if n == 0 {
		return "–"
	}
	return ui.Number(n)
}
