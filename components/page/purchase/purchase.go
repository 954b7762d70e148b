// Package purchase holds the portal's pages about members' orders: the list of
// all, and one order with what its buyer reads.
package purchase

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// ListProps is the list of orders.
type ListProps struct {
	layout.PortalProps
	Search     string
	Statuses   []form.Option // filter "status"
	From, To   string        // filters, YYYY-MM-DD
	Buyer      string        // name of the member whose orders are shown; empty for all
	BuyerID    string
	Fault      string // why nothing can be shown
	Rows       []Row
	Moves      []form.Option // statuses that chosen orders can be moved to
	Pagination ui.PaginationProps
}

// Row is one order.
type Row struct {
	ID      string
	Order   string // ORD…
	Buyer   ui.PersonProps
	Product string // "3 × Mug"
	Paid    string // "40 coins"
	State   ui.BadgeProps
	At      ui.Moment
}

// ShowProps is one order. Texts are as typed, so that a refused form comes
// back unchanged.
type ShowProps struct {
	layout.PortalProps
	Row
	BuyerID      string
	Quantity     int64
	Changed      ui.Moment
	Instructions string // redemptionInstructions
	Code         string // voucherCode
	Expires      string // voucherExpiryDate, YYYY-MM-DD
	Steps        []Step
	Moves        []form.Option
	Errors       map[string]string
	Fault        string
}

// Step is one move of an order.
type Step struct {
	State ui.BadgeProps
	By    string
	Note  string
	At    ui.Moment
}

func (p ListProps) csv() string {
	if q := p.Pagination.Query.Encode(); q != "" {
		return link.PurchasesCSV + "?" + q
	}
	return link.PurchasesCSV
}

func (p ListProps) filtered() bool {
	for name := range p.Pagination.Query {
		if name != "limit" {
			return true
		}
	}
	return false
}

func (p ShowProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}
