// Package purchase holds the portal's handlers of members' orders.
package purchase

import (
	"errors"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/purchase"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// List is the page of all orders; ?user=, ?status=, ?search=, ?from= and ?to=
// narrow it.
func List(v *web.Visit) error {
	statuses, err := v.API.Purchases().Statuses(v.Ctx())
	if err != nil {
		return err
	}
	p := page.ListProps{
		PortalProps: v.Portal("Purchase histories", layout.PlacePurchases), Search: v.Query("search"), From: day(v.Query("from")), To: day(v.Query("to")),
		Statuses: web.Choices(statusPairs(statuses), v.Query("status")),
	}
	found, err := v.API.Purchases().List(v.Ctx(), query(v))
	var refused *api.Error
	if errors.As(err, &refused) && (refused.Kind == api.NotFound || refused.Kind == api.Invalid) {
		p.Fault, err = refused.Message, nil
	}
	if err != nil {
		return err
	}
	p.Pagination = web.Pages(found, link.Purchases, "orders", v.Filters("user", "status", "search", "from", "to", "limit"))
	for _, o := range found.Items {
		p.Rows = append(p.Rows, row(v, o))
	}
	p.BuyerID, p.Buyer = v.Query("user"), v.Query("user")
	if len(p.Rows) > 0 {
		p.Buyer = p.Rows[0].Buyer.Name
	}
	if p.Moves, err = moves(v); err != nil {
		return err
	}
	return v.Page(page.List(p))
}

// query is what the address asks for. Days are those of the community; the
// last one is included.
func query(v *web.Visit) apiclient.PurchaseQuery {
	q := apiclient.PurchaseQuery{Paging: v.Paging(), User: v.Query("user"), Status: v.Query("status"), Search: v.Query("search")}
	if from, err := time.ParseInLocation(time.DateOnly, v.Query("from"), v.Zone()); err == nil {
		q.From = from.UTC().Format(time.RFC3339)
	}
	if to, err := time.ParseInLocation(time.DateOnly, v.Query("to"), v.Zone()); err == nil {
		q.To = to.AddDate(0, 0, 1).UTC().Format(time.RFC3339)
	}
	return q
}

// day keeps a typed day when it is one.
func day(text string) string {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return ""
	}
	return text
}

func statusPairs(list []api.PurchaseStatus) []ui.Pair {
	out := []ui.Pair{{Value: "Every status"}}
	for _, s := range list {
		if s.Name != "" {
			out = append(out, ui.Pair{Name: s.Name, Value: s.Name + " (" + ui.Number(s.Orders) + ")"})
		}
	}
	return out
}

func row(v *web.Visit, o api.Purchase) page.Row {
	return page.Row{
		ID: o.ID, Order: o.OrderID, Buyer: buyer(o), Product: label.Ordered(o), Paid: label.Paid(o),
		State: label.OrderState(o.Status), At: v.Moment(o.CreatedAt),
	}
}

func buyer(o api.Purchase) ui.PersonProps {
	name := o.BuyerName
	if name == "" {
		name = o.Buyer
	}
	return ui.PersonProps{Name: name, Note: "@" + o.Buyer, Image: o.BuyerAvatar, Href: link.Member(o.UserID)}
}
