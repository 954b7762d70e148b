// Package store keeps members' orders and the vouchers that they were given.
// An order keeps its own copy of the product, so that changing one leaves the
// other alone.
package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the store noun. Make it with New, then call Routes.
type Service struct {
	k       *rest.Kit
	members *member.Service
}

// New makes the service.
func New(k *rest.Kit, members *member.Service) *Service { return &Service{k: k, members: members} }

// Order is an order to be written down: what was bought, and for how much.
// Nothing is taken from the buyer's wallet here.
type Order struct {
	Buyer    member.Ref
	Product  api.PurchaseProduct // an id is made when it has none
	Voucher  *api.Voucher
	Quantity int64
	Paid     int64
	Currency string
	Status   string
}

var (
	errPurchase = api.NewError(api.NotFound, "purchase_not_found", "No order has that id.")
	errVoucher  = api.NewError(api.Conflict, "voucher_code_used", "That voucher code is used for this product already.",
		api.FieldError{Field: "voucherCode", Message: "is used for this product already"})
)

// Place writes down an order with its voucher. Errors: Conflict
// voucher_code_used.
func (s *Service) Place(ctx context.Context, communityID string, o Order) (api.Purchase, error) {
	now := s.k.Now()
	p := api.Purchase{ID: api.NewIDAt(now), OrderID: orderID(), CommunityID: communityID, UserID: o.Buyer.ID, Product: o.Product, Voucher: o.Voucher,
		Quantity: max(1, o.Quantity), Paid: o.Paid, Currency: o.Currency, Status: o.Status, CreatedAt: api.At(now), UpdatedAt: api.At(now)}
	if p.Product.ID == "" {
		p.Product.ID = api.NewIDAt(now)
	}
	if p.Currency == "" {
		p.Currency = "coins"
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		voucher := ""
		if p.Voucher != nil {
			voucher = api.NewIDAt(now)
			if err := insertVoucher(ctx, tx, p, voucher); err != nil {
				return err
			}
		}
		return insertPurchase(ctx, tx, p, voucher)
	})
	return p, voucherTaken(err)
}

// orderID is ORD and twelve digits and letters.
func orderID() string {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	b := []byte("ORD")
	for range 12 {
		n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet)))) // crypto/rand never fails
		b = append(b, alphabet[n.Int64()])
	}
	return string(b)
}

// Change changes what an order tells its buyer; ref is its id or order id. The
// product itself stays as it is. Errors: Invalid with the field, NotFound,
// Conflict voucher_code_used.
func (s *Service) Change(ctx context.Context, communityID, ref string, in api.PurchasePatch) (api.Purchase, error) {
	c, err := checkPatch(in)
	if err != nil {
		return api.Purchase{}, err
	}
	var p api.Purchase
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		before, voucher, err := selectPurchase(ctx, tx, communityID, ref)
		if err != nil {
			return err
		}
		p = before
		p.UpdatedAt = api.At(s.k.Now())
		if c.instructions != nil {
			p.Product.RedemptionInstructions = *c.instructions
		}
		if c.voucher != nil {
			p.Voucher = c.voucher
			if voucher, err = changeVoucher(ctx, tx, p, voucher); err != nil {
				return err
			}
		}
		if err := updatePurchase(ctx, tx, p, voucher); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "purchase.update", TargetType: "purchase", TargetID: p.ID, TargetName: p.OrderID,
			Before: told(before), After: told(p)})
	})
	return p, voucherTaken(err)
}

// told is the part of an order that the audit log keeps: a voucher's code is
// worth money and stays out.
func told(p api.Purchase) any {
	expires := ""
	if p.Voucher != nil {
		expires = p.Voucher.ExpiryDate
	}
	return struct {
		Instructions string `json:"redemptionInstructions"`
		Expires      string `json:"voucherExpiryDate,omitempty"`
	}{p.Product.RedemptionInstructions, expires}
}

// changeVoucher changes the order's voucher, or makes one.
func changeVoucher(ctx context.Context, tx *db.Tx, p api.Purchase, id string) (string, error) {
	if id == "" {
		id = api.NewIDAt(p.UpdatedAt.Time)
		return id, insertVoucher(ctx, tx, p, id)
	}
	return id, updateVoucher(ctx, tx, p, id)
}

func voucherTaken(err error) error {
	var known *api.Error
	if db.IsConflict(err) && !errors.As(err, &known) {
		return errVoucher
	}
	if err != nil && known == nil && !errors.As(err, &known) {
		return fmt.Errorf("order: %w", err)
	}
	return err
}
