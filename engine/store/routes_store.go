package store

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// catalogueRoutes registers the operations on the store and its shelves.
func (s *Service) catalogueRoutes() {
	op := func(method, path, id, summary, message string) rest.Op {
		return rest.Op{Method: method, Path: path, ID: id, Tag: "Store", Permission: api.PermStore, Summary: summary, Message: message}
	}
	created := func(o rest.Op) rest.Op { o.Status = 201; return o }
	rest.Partner(s.k, op("GET", "/v1/stores", "get-store", "The store's settings", "Read store config success."), s.getConfig)
	rest.Partner(s.k, op("PUT", "/v1/stores", "update-store", "Replace the store's settings", "Update store config success."), s.putConfig)
	rest.Partner(s.k, op("GET", "/v1/categories", "list-categories", "Categories in their order", "Read categories success."), s.listCategories)
	rest.Partner(s.k, created(op("POST", "/v1/categories", "create-category", "Create a category", "Create category success.")), s.createCategory)
	rest.Partner(s.k, op("GET", "/v1/categories/{id}", "get-category", "One category, by id or name", "Read category success."), s.getCategory)
	rest.Partner(s.k, op("PUT", "/v1/categories/{id}", "update-category", "Change a category; what is left out stays", "Update category success."), s.updateCategory)
	rest.Partner(s.k, op("DELETE", "/v1/categories/{id}", "delete-category", "Delete a category; its products stay", "Delete category success."), s.deleteCategory)
	rest.PartnerList(s.k, op("GET", "/v1/products", "list-products", "Products in their order", "Read products success."), s.listProducts)
	rest.Partner(s.k, created(op("POST", "/v1/products", "create-product", "Create a product", "Create product success.")), s.createProduct)
	rest.Partner(s.k, created(op("POST", "/v1/products/bulk", "create-products", "Create up to 500 products, all or none", "Create products success.")), s.createMany)
	rest.Partner(s.k, op("PUT", "/v1/products/bulk", "update-products", "Change up to 500 products, all or none", "Update products success."), s.updateMany)
	rest.Partner(s.k, op("GET", "/v1/products/{id}", "get-product", "One product, by id or name", "Read product success."), s.getProduct)
	rest.Partner(s.k, op("PUT", "/v1/products/{id}", "update-product", "Change a product; what is left out stays", "Update product success."), s.updateProduct)
	rest.Partner(s.k, op("DELETE", "/v1/products/{id}", "delete-product", "Delete a product; orders keep their copy", "Delete product success."), s.deleteProduct)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/store", ID: "get-own-store", Tag: "Me", Access: rest.ForPersons, Permission: api.PermReadOwnProfile,
		Summary: "The store as the caller sees it", Message: "Read store success."}, s.ownStore)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/me/store/purchases", ID: "buy-product", Tag: "Me", Access: rest.ForPersons, Permission: api.PermRedeem, Status: 201,
		Summary: "Redeem points for a product", Message: "Purchase success."}, s.buy)
}

func (s *Service) getConfig(ctx context.Context, _ *struct{}) (api.StoreConfig, error) {
	return s.Config(ctx, rest.CallerOf(ctx).CommunityID)
}

func (s *Service) putConfig(ctx context.Context, in *struct{ Body api.StoreConfig }) (api.StoreConfig, error) {
	return s.SetConfig(ctx, rest.CallerOf(ctx).CommunityID, in.Body)
}

// ByRef names something by its id or its readable name.
type ByRef struct {
	ID string `path:"id" maxLength:"120" doc:"Id or name"`
}

// seenBy is the member by whose eyes a list is read; nil without one.
func (s *Service) seenBy(ctx context.Context, communityID, user string) (*Person, error) {
	if user == "" {
		return nil, nil //nolint:nilnil // nobody in particular
	}
	who, err := s.members.Resolve(ctx, communityID, user)
	if err != nil {
		return nil, err
	}
	p, err := s.Person(ctx, communityID, who)
	return &p, err
}

type categoriesQuery struct {
	UserID string `query:"userID" maxLength:"254" doc:"Only what this member may see"`
}

func (s *Service) listCategories(ctx context.Context, in *categoriesQuery) ([]api.StoreCategory, error) {
	cid := rest.CallerOf(ctx).CommunityID
	eyes, err := s.seenBy(ctx, cid, in.UserID)
	if err != nil {
		return nil, err
	}
	list, err := s.Categories(ctx, cid)
	out := make([]api.StoreCategory, 0, len(list))
	for _, c := range list {
		if eyes != nil {
			if see, _, _ := access(c.Permission, *eyes); !see || *c.IsArchived {
				continue
			}
		}
		out = append(out, c)
	}
	return out, err
}

func (s *Service) createCategory(ctx context.Context, in *struct{ Body api.StoreCategoryInput }) (api.StoreCategory, error) {
	return s.SaveCategory(ctx, rest.CallerOf(ctx).CommunityID, "", in.Body)
}

func (s *Service) getCategory(ctx context.Context, in *ByRef) (api.StoreCategory, error) {
	return selectCategory(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
}

func (s *Service) updateCategory(ctx context.Context, in *struct {
	ByRef
	Body api.StoreCategoryInput
}) (api.StoreCategory, error) {
	return s.SaveCategory(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.Body)
}

func (s *Service) deleteCategory(ctx context.Context, in *ByRef) (struct{}, error) {
	return struct{}{}, s.DeleteCategory(ctx, rest.CallerOf(ctx).CommunityID, in.ID)
}

type productsQuery struct {
	rest.Paging
	Category string `query:"categoryID" maxLength:"120" doc:"Id or name"`
	UserID   string `query:"userID" maxLength:"254" doc:"Only what this member may see"`
	Archived bool   `query:"archived" doc:"Archived ones as well"`
}

func (s *Service) listProducts(ctx context.Context, in *productsQuery) (rest.Page[api.Product], error) {
	cid := rest.CallerOf(ctx).CommunityID
	none := rest.Page[api.Product]{}
	category := ""
	if in.Category != "" {
		c, err := selectCategory(ctx, s.k.DB().Read(), cid, in.Category)
		if err != nil {
			return none, err
		}
		category = c.ID
	}
	eyes, err := s.seenBy(ctx, cid, in.UserID)
	if err != nil {
		return none, err
	}
	all, err := s.Products(ctx, cid, category)
	if err != nil {
		return none, err
	}
	list := make([]api.Product, 0, len(all))
	for _, p := range all {
		visible := in.Archived && eyes == nil || !*p.IsArchived
		if eyes != nil {
			see, _, _ := access(p.Permission, *eyes)
			visible = visible && see
		}
		if visible {
			list = append(list, p)
		}
	}
	from := min(in.Offset(), len(list))
	return rest.PageOf(in.Paging, list[from:min(from+in.Limit, len(list))], len(list)), nil
}

func (s *Service) createProduct(ctx context.Context, in *struct{ Body api.ProductInput }) (api.Product, error) {
	return s.SaveProduct(ctx, rest.CallerOf(ctx).CommunityID, "", in.Body)
}

func (s *Service) getProduct(ctx context.Context, in *ByRef) (api.Product, error) {
	return s.Product(ctx, rest.CallerOf(ctx).CommunityID, in.ID)
}

func (s *Service) updateProduct(ctx context.Context, in *struct {
	ByRef
	Body api.ProductInput
}) (api.Product, error) {
	return s.SaveProduct(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.Body)
}

func (s *Service) deleteProduct(ctx context.Context, in *ByRef) (struct{}, error) {
	return struct{}{}, s.DeleteProduct(ctx, rest.CallerOf(ctx).CommunityID, in.ID)
}

type bulkInput struct {
	ContentType string `header:"Content-Type"`
	RawBody     []byte `doc:"A JSON array of products, or a form with a CSV in its part file"`
}

func (s *Service) createMany(ctx context.Context, in *bulkInput) (api.BulkResult, error) {
	return s.many(ctx, in, false)
}

func (s *Service) updateMany(ctx context.Context, in *bulkInput) (api.BulkResult, error) {
	return s.many(ctx, in, true)
}

func (s *Service) many(ctx context.Context, in *bulkInput, change bool) (api.BulkResult, error) {
	rows, err := readBulk(in.ContentType, in.RawBody)
	if err != nil {
		return api.BulkResult{}, err
	}
	return s.Bulk(ctx, rest.CallerOf(ctx).CommunityID, rows, change)
}

// caller is the member who asks.
func (s *Service) caller(ctx context.Context) (string, member.Ref, error) {
	c := rest.CallerOf(ctx)
	who, err := s.members.Resolve(ctx, c.CommunityID, c.MemberID)
	return c.CommunityID, who, err
}

type ownStoreQuery struct {
	Language string `query:"language" enum:"en,es,de,fr,ar,ja" doc:"The member's own when missing"`
}

func (s *Service) ownStore(ctx context.Context, in *ownStoreQuery) (api.Shelf, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return api.Shelf{}, err
	}
	return s.Shelf(ctx, cid, who, in.Language)
}

func (s *Service) buy(ctx context.Context, in *struct{ Body api.PurchaseInput }) (api.Bought, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return api.Bought{}, err
	}
	return s.Buy(ctx, cid, who, in.Body)
}

// redemptionRoutes registers the operations on what was bought.
func (s *Service) redemptionRoutes() {
	op := func(method, path, id, summary, message string) rest.Op {
		return rest.Op{Method: method, Path: path, ID: id, Tag: "Redemptions", Permission: api.PermRedemptions, Summary: summary, Message: message}
	}
	const base = "/v1/redemption-transactions"
	rest.Integration(s.k, op("PUT", base+"/status", "update-redemption-status", "Move an order, or several, to a status", "Transaction status updated successfully"), s.move)
	rest.IntegrationList(s.k, op("POST", base+"/by-email", "list-redemptions-by-email", "One member's orders, the newest first", "Transactions fetched successfully"), s.byEmail)
	rest.IntegrationList(s.k, op("GET", base, "list-redemptions", "The community's orders, the newest first", "Transactions fetched successfully"), s.redemptions)
	rest.Integration(s.k, op("GET", base+"/{transactionId}/history", "get-redemption-history", "How an order moved between statuses", "Transaction history fetched successfully"), s.history)
	rest.Integration(s.k, op("GET", "/v1/redemption-statuses", "list-redemption-statuses", "The statuses that orders can have", "Statuses fetched successfully"), s.listStatuses)
	rest.Integration(s.k, op("POST", "/v1/redemption-statuses", "create-redemption-status", "Make a status", "Status created successfully"), s.createStatus)
	rest.Integration(s.k, op("GET", "/v1/redemption-statuses/{id}", "get-redemption-status", "One status, by id or name", "Status fetched successfully"), s.getStatus)
}

func (s *Service) move(ctx context.Context, in *struct{ Body api.RedemptionChange }) (api.RedemptionChanged, error) {
	return s.Move(ctx, rest.CallerOf(ctx).CommunityID, in.Body)
}

func (s *Service) byEmail(ctx context.Context, in *struct{ Body api.RedemptionByEmail }) (rest.Page[api.Redemption], error) {
	cid := rest.CallerOf(ctx).CommunityID
	who, err := s.members.Resolve(ctx, cid, in.Body.Email)
	if err != nil {
		return rest.Page[api.Redemption]{}, err
	}
	p := rest.Paging{PageNo: max(in.Body.Page, 1), Limit: in.Body.Limit}
	if p.Limit == 0 {
		p.Limit = 20
	}
	w := &db.Where{}
	w.And("p.community_id = ?", cid)
	w.And("p.member_id = ?", who.ID)
	list, n, err := s.Redemptions(ctx, cid, w, p)
	return rest.PageOf(p, list, n), err
}

type redemptionsQuery struct {
	rest.Paging
	Status string `query:"status" maxLength:"60" doc:"Id or name"`
	From   string `query:"from" doc:"RFC 3339, or a day"`
	To     string `query:"to" doc:"Before this moment"`
}

func (s *Service) redemptions(ctx context.Context, in *redemptionsQuery) (rest.Page[api.Redemption], error) {
	cid := rest.CallerOf(ctx).CommunityID
	w := &db.Where{}
	w.And("p.community_id = ?", cid)
	if in.Status != "" {
		st, err := selectStatus(ctx, s.k.DB().Read(), cid, in.Status)
		if err != nil {
			return rest.Page[api.Redemption]{}, err
		}
		w.And("p.status = ?", st.Name)
	}
	if err := rest.Span(w, "p.created_at", in.From, in.To); err != nil {
		return rest.Page[api.Redemption]{}, err
	}
	list, n, err := s.Redemptions(ctx, cid, w, in.Paging)
	return rest.PageOf(in.Paging, list, n), err
}

func (s *Service) history(ctx context.Context, in *struct {
	ID string `path:"transactionId" maxLength:"60"`
}) ([]api.StatusStep, error) {
	return s.Steps(ctx, rest.CallerOf(ctx).CommunityID, in.ID)
}

func (s *Service) listStatuses(ctx context.Context, _ *struct{}) ([]api.RedemptionStatus, error) {
	return s.Statuses(ctx, rest.CallerOf(ctx).CommunityID)
}

func (s *Service) createStatus(ctx context.Context, in *struct{ Body api.RedemptionStatusInput }) (api.RedemptionStatus, error) {
	return s.CreateStatus(ctx, rest.CallerOf(ctx).CommunityID, in.Body)
}

func (s *Service) getStatus(ctx context.Context, in *ByRef) (api.RedemptionStatus, error) {
	return selectStatus(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
}
