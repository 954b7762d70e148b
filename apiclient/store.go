package apiclient

import (
	"context"

	"laurel/api"
)

// Store is the group of calls on the store, its shelves and what was bought.
type Store struct{ c *Client }

// Store is the group of calls on the store.
func (c *Client) Store() Store { return Store{c} }

const (
	categoriesPath  = "/v1/categories"
	productsPath    = "/v1/products"
	redemptionsPath = "/v1/redemption-transactions"
	statusesPath    = "/v1/redemption-statuses"
)

// Config reads the store's settings.
func (s Store) Config(ctx context.Context) (api.StoreConfig, error) {
	return data[api.StoreConfig](ctx, s.c, request{method: "GET", path: "/v1/stores"})
}

// SetConfig replaces the store's settings.
func (s Store) SetConfig(ctx context.Context, in api.StoreConfig) (api.StoreConfig, error) {
	return data[api.StoreConfig](ctx, s.c, request{method: "PUT", path: "/v1/stores", body: in})
}

// Categories lists categories in their order.
func (s Store) Categories(ctx context.Context) ([]api.StoreCategory, error) {
	return data[[]api.StoreCategory](ctx, s.c, request{method: "GET", path: categoriesPath})
}

// Category reads one category, by id or name.
func (s Store) Category(ctx context.Context, ref string) (api.StoreCategory, error) {
	return data[api.StoreCategory](ctx, s.c, request{method: "GET", path: categoriesPath + "/" + seg(ref)})
}

// CreateCategory makes a category.
func (s Store) CreateCategory(ctx context.Context, in api.StoreCategoryInput) (api.StoreCategory, error) {
	return data[api.StoreCategory](ctx, s.c, request{method: "POST", path: categoriesPath, body: in})
}

// UpdateCategory changes a category; what is left out stays.
func (s Store) UpdateCategory(ctx context.Context, ref string, in api.StoreCategoryInput) (api.StoreCategory, error) {
	return data[api.StoreCategory](ctx, s.c, request{method: "PUT", path: categoriesPath + "/" + seg(ref), body: in})
}

// DeleteCategory takes a category away; its products stay.
func (s Store) DeleteCategory(ctx context.Context, ref string) error {
	return s.c.call(ctx, request{method: "DELETE", path: categoriesPath + "/" + seg(ref)}, nil)
}

// ProductQuery filters products.
type ProductQuery struct {
	Paging
	Category, UserID string
	Archived         bool
}

// Products lists products in their order.
func (s Store) Products(ctx context.Context, q ProductQuery) (Page[api.Product], error) {
	query := q.values().text("categoryID", q.Category).text("userID", q.UserID)
	if q.Archived {
		query = query.text("archived", "true")
	}
	return page[api.Product](ctx, s.c, request{method: "GET", path: productsPath, query: query.query()})
}

// Product reads one product, by id or name.
func (s Store) Product(ctx context.Context, ref string) (api.Product, error) {
	return data[api.Product](ctx, s.c, request{method: "GET", path: productsPath + "/" + seg(ref)})
}

// CreateProduct makes a product.
func (s Store) CreateProduct(ctx context.Context, in api.ProductInput) (api.Product, error) {
	return data[api.Product](ctx, s.c, request{method: "POST", path: productsPath, body: in})
}

// UpdateProduct changes a product; what is left out stays.
func (s Store) UpdateProduct(ctx context.Context, ref string, in api.ProductInput) (api.Product, error) {
	return data[api.Product](ctx, s.c, request{method: "PUT", path: productsPath + "/" + seg(ref), body: in})
}

// DeleteProduct takes a product away; orders keep their copy.
func (s Store) DeleteProduct(ctx context.Context, ref string) error {
	return s.c.call(ctx, request{method: "DELETE", path: productsPath + "/" + seg(ref)}, nil)
}

// CreateProducts makes up to 500 products, all or none.
func (s Store) CreateProducts(ctx context.Context, list []api.BulkProduct) (api.BulkResult, error) {
	return data[api.BulkResult](ctx, s.c, request{method: "POST", path: productsPath + "/bulk", body: list})
}

// UpdateProducts changes up to 500 products, all or none.
func (s Store) UpdateProducts(ctx context.Context, list []api.BulkProduct) (api.BulkResult, error) {
	return data[api.BulkResult](ctx, s.c, request{method: "PUT", path: productsPath + "/bulk", body: list})
}

// ImportProducts makes products from a CSV, or changes them, all lines or none.
func (s Store) ImportProducts(ctx context.Context, csv []byte, change bool) (api.BulkResult, error) {
	method := "POST"
	if change {
		method = "PUT"
	}
	body, header, err := multipartFile("file", "products.csv", csv)
	if err != nil {
		return api.BulkResult{}, err
	}
	return data[api.BulkResult](ctx, s.c, request{method: method, path: productsPath + "/bulk", body: body, header: header})
}

// Statuses are those that orders can have.
func (s Store) Statuses(ctx context.Context) ([]api.RedemptionStatus, error) {
	return data[[]api.RedemptionStatus](ctx, s.c, request{method: "GET", path: statusesPath})
}

// Status reads one status, by id or name.
func (s Store) Status(ctx context.Context, ref string) (api.RedemptionStatus, error) {
	return data[api.RedemptionStatus](ctx, s.c, request{method: "GET", path: statusesPath + "/" + seg(ref)})
}

// CreateStatus makes a status.
func (s Store) CreateStatus(ctx context.Context, in api.RedemptionStatusInput) (api.RedemptionStatus, error) {
	return data[api.RedemptionStatus](ctx, s.c, request{method: "POST", path: statusesPath, body: in})
}

// Move brings an order, or several, to a status.
func (s Store) Move(ctx context.Context, in api.RedemptionChange) (api.RedemptionChanged, error) {
	return data[api.RedemptionChanged](ctx, s.c, request{method: "PUT", path: redemptionsPath + "/status", body: in})
}

// RedemptionQuery filters orders.
type RedemptionQuery struct {
	Paging
	Status, From, To string
}

// Redemptions lists the community's orders, the newest first.
func (s Store) Redemptions(ctx context.Context, q RedemptionQuery) (Page[api.Redemption], error) {
	query := q.values().text("status", q.Status).text("from", q.From).text("to", q.To).query()
	return listed[api.Redemption](ctx, s.c, request{method: "GET", path: redemptionsPath, query: query})
}

// RedemptionsBy lists one member's orders, the newest first.
func (s Store) RedemptionsBy(ctx context.Context, in api.RedemptionByEmail) (Page[api.Redemption], error) {
	return listed[api.Redemption](ctx, s.c, request{method: "POST", path: redemptionsPath + "/by-email", body: in})
}

// History is how an order moved between statuses, the first step first.
func (s Store) History(ctx context.Context, orderID string) ([]api.StatusStep, error) {
	return data[[]api.StatusStep](ctx, s.c, request{method: "GET", path: redemptionsPath + "/" + seg(orderID) + "/history"})
}

// Store is the store as the caller sees it.
func (m Me) Store(ctx context.Context) (api.Shelf, error) {
	return data[api.Shelf](ctx, m.c, request{method: "GET", path: "/v1/me/store"})
}

// Buy redeems points for a product.
func (m Me) Buy(ctx context.Context, in api.PurchaseInput) (api.Bought, error) {
	return data[api.Bought](ctx, m.c, request{method: "POST", path: "/v1/me/store/purchases", body: in})
}
