package store

import (
	"context"

	"laurel/api"
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
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/purchases", ID: "list-own-purchases", Tag: "Me", Access: rest.ForPersons, Permission: api.PermReadOwnProfile,
		Summary: "One's own orders, the newest first", Description: "At most the newest 200.", Message: "Read purchases success."}, s.own)
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

func (s *Service) list(ctx context.Context, in *struct{ rest.Paging }) (rest.Page[api.Purchase], error) {
	cid, read := rest.CallerOf(ctx).CommunityID, s.k.DB().Read()
	list, err := listPurchases(ctx, read, cid, "", in.Limit, in.Offset())
	if err != nil {
		return rest.Page[api.Purchase]{}, err
	}
	n, err := countPurchases(ctx, read, cid)
	return rest.PageOf(in.Paging, list, n), err
}

func (s *Service) own(ctx context.Context, _ *struct{}) ([]api.Purchase, error) {
	c := rest.CallerOf(ctx)
	return listPurchases(ctx, s.k.DB().Read(), c.CommunityID, c.MemberID, 200, 0)
}
