package store

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	const tag = "Purchase histories"
	rest.Partner(s.k, rest.Op{Method: "PATCH", Path: "/v1/purchase-histories/{id}", ID: "update-purchase-history", Tag: tag, Permission: api.PermPurchaseHistory,
		Summary: "Change an order's instructions or voucher", Description: "By id or order id. Only the order's own copy changes, never the product.",
		Message: "Update purchase history success."}, s.patch)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/purchase-histories", ID: "list-purchase-histories", Tag: tag, Permission: api.PermPurchaseHistory,
		Summary: "The community's orders, the newest first", Message: "Read purchase histories success."}, s.list)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/purchase-histories/statuses", ID: "list-purchase-statuses", Tag: tag, Permission: api.PermPurchaseHistory,
		Summary: "How many orders are in each status", Message: "Read purchase statuses success."}, s.statuses)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/purchase-histories/{id}", ID: "get-purchase-history", Tag: tag, Permission: api.PermPurchaseHistory,
		Summary: "One order", Description: "By id or order id.", Message: "Read purchase history success."}, s.get)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/purchases", ID: "list-own-purchases", Tag: "Me", Access: rest.ForPersons, Permission: api.PermReadOwnProfile,
		Summary: "One's own orders, the newest first", Description: "At most the newest 200.", Message: "Read purchases success."}, s.own)
	s.catalogueRoutes()
	s.redemptionRoutes()
}

type patchInput struct {
	ID   string `path:"id" maxLength:"100"`
	Body api.PurchasePatch
}

// patch answers in the reference's form: without the voucher, which is the
// buyer's.
func (s *Service) patch(ctx context.Context, in *patchInput) (api.Purchase, error) {
	p, err := s.Change(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.Body)
	return api.Purchase{ID: p.ID, OrderID: p.OrderID, CommunityID: p.CommunityID, UserID: p.UserID, Product: p.Product,
		CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt}, err
}

type listInput struct {
	rest.Paging
	User   string `query:"user" maxLength:"254" doc:"The buyer: id, number, username or email"`
	Status string `query:"status" maxLength:"60"`
	Search string `query:"search" maxLength:"100" doc:"Part of an order id or of the buyer's name"`
	From   string `query:"from" maxLength:"40" doc:"RFC 3339 or date"`
	To     string `query:"to" maxLength:"40" doc:"RFC 3339 or date; orders before it"`
}

// where is what the query asks for. Errors: Invalid on from or to; NotFound for
// an unknown buyer.
func (s *Service) where(ctx context.Context, cid string, in *listInput) (*db.Where, error) {
	w := &db.Where{}
	w.And("p.community_id = ?", cid)
	if in.Status != "" {
		w.And("p.status = ?", in.Status)
	}
	if in.Search != "" {
		w.And("(lower(p.order_id) LIKE ? ESCAPE '!' OR lower(m.username) LIKE ? ESCAPE '!' OR lower(m.display_name) LIKE ? ESCAPE '!')", db.Containing(in.Search))
	}
	if in.User != "" {
		who, err := s.members.Resolve(ctx, cid, in.User)
		if err != nil {
			return nil, err
		}
		w.And("p.member_id = ?", who.ID)
	}
	return w, rest.Span(w, "p.created_at", in.From, in.To)
}

func (s *Service) list(ctx context.Context, in *listInput) (rest.Page[api.Purchase], error) {
	cid, read := rest.CallerOf(ctx).CommunityID, s.k.DB().Read()
	w, err := s.where(ctx, cid, in)
	if err != nil {
		return rest.Page[api.Purchase]{}, err
	}
	list, err := listPurchases(ctx, read, cid, w, in.Paging)
	if err != nil {
		return rest.Page[api.Purchase]{}, err
	}
	n, err := countPurchases(ctx, read, w)
	return rest.PageOf(in.Paging, list, n), err
}

func (s *Service) statuses(ctx context.Context, _ *struct{}) ([]api.PurchaseStatus, error) {
	return countStatuses(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID)
}

func (s *Service) get(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"100"`
}) (api.Purchase, error) {
	p, _, err := selectPurchase(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
	return p, err
}

func (s *Service) own(ctx context.Context, _ *struct{}) ([]api.Purchase, error) {
	c := rest.CallerOf(ctx)
	w := &db.Where{}
	w.And("p.community_id = ?", c.CommunityID)
	w.And("p.member_id = ?", c.MemberID)
	return listPurchases(ctx, s.k.DB().Read(), c.CommunityID, w, rest.Paging{PageNo: 1, Limit: 200})
}
