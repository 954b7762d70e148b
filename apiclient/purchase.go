package apiclient

import (
	"context"

	"laurel/api"
)

// Purchases is the group of calls on members' orders.
type Purchases struct{ c *Client }

// Purchases is the group of calls on orders.
func (c *Client) Purchases() Purchases { return Purchases{c} }

// PurchaseQuery narrows the list of orders; zero values mean everything.
type PurchaseQuery struct {
	Paging
	User     string // the buyer: id, number, username or email
	Status   string
	Search   string // part of an order id or of the buyer's name
	From, To string // RFC 3339 or days
}

// List lists the community's orders, the newest first.
func (p Purchases) List(ctx context.Context, q PurchaseQuery) (Page[api.Purchase], error) {
	query := q.values().text("user", q.User).text("status", q.Status).text("search", q.Search).text("from", q.From).text("to", q.To).query()
	return page[api.Purchase](ctx, p.c, request{method: "GET", path: "/v1/purchase-histories", query: query})
}

// Get reads one order; id is its id or its order id.
func (p Purchases) Get(ctx context.Context, id string) (api.Purchase, error) {
	return data[api.Purchase](ctx, p.c, request{method: "GET", path: "/v1/purchase-histories/" + seg(id)})
}

// Statuses counts the orders of each status, the most first.
func (p Purchases) Statuses(ctx context.Context) ([]api.PurchaseStatus, error) {
	return data[[]api.PurchaseStatus](ctx, p.c, request{method: "GET", path: "/v1/purchase-histories/statuses"})
}

// Update changes an order's instructions or voucher; id is its id or its
// order id.
func (p Purchases) Update(ctx context.Context, id string, in api.PurchasePatch) (api.Purchase, error) {
	return data[api.Purchase](ctx, p.c, request{method: "PATCH", path: "/v1/purchase-histories/" + seg(id), body: in})
}

// Purchases lists the caller's own orders, the newest first.
func (m Me) Purchases(ctx context.Context) ([]api.Purchase, error) {
	return data[[]api.Purchase](ctx, m.c, request{method: "GET", path: "/v1/me/purchases"})
}
