package apiclient

import (
	"context"

	"laurel/api"
)

// Purchases is the group of calls on members' orders.
type Purchases struct{ c *Client }

// Purchases is the group of calls on orders.
func (c *Client) Purchases() Purchases { return Purchases{c} }

// List lists the community's orders, the newest first.
func (p Purchases) List(ctx context.Context, q Paging) (Page[api.Purchase], error) {
	return page[api.Purchase](ctx, p.c, request{method: "GET", path: "/v1/purchase-histories", query: q.values().query()})
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
