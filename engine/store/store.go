// Package store sells what members redeem points for: products in categories,
// at prices by audience, with stock, limits and vouchers; and it keeps their
// orders. An order has its own copy of the product, so that changing one leaves
// the other alone.
package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"time"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the store noun. Make it with New, set the hooks, call Routes.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	ledger      *ledger.Service
	mailer      *event.Mailer

	// Person reads what audiences look at.
	Person func(ctx context.Context, communityID string, who member.Ref) (Person, error)
	// MayGiveRole returns an error unless the caller may have the store give the role.
	MayGiveRole func(ctx context.Context, tx *db.Tx, communityID, id string) error
	// HasBadge returns NotFound unless the community has the badge.
	HasBadge func(ctx context.Context, communityID, id string) error
	// GiveRole, GiveSpins and GiveBadge give what was bought.
	GiveRole  func(ctx context.Context, tx *db.Tx, communityID, memberID, roleID string) error
	GiveSpins func(ctx context.Context, tx *db.Tx, communityID, memberID string, n int64) error
	GiveBadge func(ctx context.Context, tx *db.Tx, communityID, badgeID string, who member.Ref) ([]ledger.Posting, error)
	// Notify tells a member what happened, within the transaction. May be nil.
	Notify func(ctx context.Context, tx *db.Tx, communityID, memberID string, n api.Notification) error
	// RoleGiven and BadgeGiven are called once that is durable.
	RoleGiven  func(communityID, memberID string)
	BadgeGiven func(communityID string, who member.Ref)
}

// New makes the service.
func New(k *rest.Kit, communities *community.Service, members *member.Service, l *ledger.Service, mailer *event.Mailer) *Service {
	return &Service{k: k, communities: communities, members: members, ledger: l, mailer: mailer}
}

// Order is an order to be written down: what was bought, and for how much.
type Order struct {
	Buyer    member.Ref
	Product  api.PurchaseProduct // an id is made when it has none
	Voucher  *api.Voucher
	Quantity int64
	Paid     int64
	Currency string
	Status   string
	At       time.Time // now when zero; orders of the past are dated back
}

var (
	errPurchase = api.NewError(api.NotFound, "purchase_not_found", "No order has that id.")
	errVoucher  = api.NewError(api.Conflict, "voucher_code_used", "That voucher code is used for this product already.",
		api.FieldError{Field: "voucherCode", Message: "is used for this product already"})
)

// Place writes down an order with its voucher; nothing is taken from the
// buyer's wallet. Errors: Conflict voucher_code_used.
func (s *Service) Place(ctx context.Context, communityID string, o Order) (api.Purchase, error) {
	p := s.drawUp(communityID, o)
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error { return write(ctx, tx, p) })
	return p, voucherTaken(err)
}

// Sell writes down orders and takes what was paid from the buyers' wallets, all
// or none. Errors: Conflict voucher_code_used, insufficient_funds.
func (s *Service) Sell(ctx context.Context, communityID string, orders []Order) ([]api.Purchase, error) {
	made := make([]api.Purchase, len(orders))
	payments := make([]ledger.Posting, len(orders))
	for i, o := range orders {
		made[i] = s.drawUp(communityID, o)
		payments[i] = payment(o, made[i])
	}
	var entries []ledger.Entry
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		for _, p := range made {
			if err := write(ctx, tx, p); err != nil {
				return err
			}
		}
		entries, err = s.ledger.Post(ctx, tx, communityID, payments)
		return err
	})
	if err != nil {
		return nil, voucherTaken(err)
	}
	if len(entries) > 0 {
		s.ledger.Committed(ctx, entries)
	}
	return made, nil
}

// Grant writes an order of something that was won, within the caller's
// transaction.
func (s *Service) Grant(ctx context.Context, tx *db.Tx, communityID, name string, who member.Ref) error {
	return write(ctx, tx, s.drawUp(communityID, Order{Buyer: who, Product: api.PurchaseProduct{Name: name}, Quantity: 1, Status: "Pending"}))
}

// payment is what an order takes from the buyer's wallet. Spending moves no
// leaderboard.
func payment(o Order, p api.Purchase) ledger.Posting {
	out := ledger.Posting{Member: o.Buyer, Action: "purchase", Source: "store", Reason: p.Product.Name, Reference: p.OrderID,
		OccurredAt: o.At, IsHistory: !o.At.IsZero()}
	if p.Currency == "premium" {
		out.Premium = -p.Paid
	} else {
		out.Coins = -p.Paid
	}
	return out
}

func (s *Service) drawUp(communityID string, o Order) api.Purchase {
	now := s.k.Now()
	if !o.At.IsZero() {
		now = o.At
	}
	p := api.Purchase{ID: api.NewIDAt(now), OrderID: orderID(), CommunityID: communityID, UserID: o.Buyer.ID, Product: o.Product, Voucher: o.Voucher,
		Quantity: max(1, o.Quantity), Paid: o.Paid, Currency: o.Currency, Status: o.Status, CreatedAt: api.At(now), UpdatedAt: api.At(now)}
	if p.Product.ID == "" {
		p.Product.ID = api.NewIDAt(now)
	}
	if p.Currency == "" {
		p.Currency = "coins"
	}
	return p
}

func write(ctx context.Context, tx *db.Tx, p api.Purchase) error {
	voucher := ""
	if p.Voucher != nil {
		voucher = api.NewIDAt(p.CreatedAt.Time)
		if err := insertVoucher(ctx, tx, p, voucher); err != nil {
			return err
		}
	}
	return insertPurchase(ctx, tx, p, voucher)
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
