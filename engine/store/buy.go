package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

var (
	errClosed   = api.NewError(api.Conflict, api.StoreClosed, "The store is closed.")
	errNotYours = api.NewError(api.Forbidden, api.NotForYou, "This product is not for you.")
	errStock    = api.NewError(api.Conflict, api.OutOfStock, "There is nothing left of it.")
	errOver     = api.NewError(api.Conflict, api.OverLimit, "You have bought as many of it as you may for now.")
	errNotYet   = api.NewError(api.Conflict, api.NotYet, "It is not on sale yet.")
	errNoLonger = api.NewError(api.Conflict, api.NoLonger, "It is no longer on sale.")
	errPrice    = api.NewError(api.Conflict, "price_changed", "The price has changed meanwhile. Look again.")
)

// order is a purchase while its transaction works on it.
type order struct {
	s           *Service
	communityID string
	who         member.Ref
	in          api.PurchaseInput
	now         time.Time
	product     product
	category    *api.StoreCategory
	made        api.Purchase
	entries     []ledger.Entry
}

// Buy sells a product to a member: stock, limits, voucher, payment and the
// order become durable together or not at all. Errors: NotFound, Invalid on
// quantity or userInformation, Forbidden not_for_you, Conflict store_closed,
// out_of_stock, limit_reached, not_yet_on_sale, no_longer_on_sale,
// price_changed, insufficient_funds.
func (s *Service) Buy(ctx context.Context, communityID string, who member.Ref, in api.PurchaseInput) (api.Bought, error) {
	if in.Quantity == 0 {
		in.Quantity = 1
	}
	config, err := s.Config(ctx, communityID)
	if err != nil {
		return api.Bought{}, err
	}
	if !config.IsEnabled {
		return api.Bought{}, errClosed
	}
	var o order
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		o = order{s: s, communityID: communityID, who: who, in: in, now: s.k.Now()}
		return o.run(ctx, tx)
	})
	if err != nil {
		return api.Bought{}, err
	}
	s.ledger.Committed(ctx, o.entries)
	if o.product.Type == api.ProductBadge {
		s.BadgeGiven(communityID, who)
	}
	if o.product.Type == api.ProductRole {
		s.RoleGiven(communityID, who.ID)
	}
	return o.bought(), nil
}

func (o *order) run(ctx context.Context, tx *db.Tx) (err error) {
	if o.product, err = takeStock(ctx, tx, o.communityID, o.in.ProductID, o.in.Quantity); err != nil {
		return err
	}
	if o.product.CategoryID != nil && *o.product.CategoryID != "" {
		c, err := selectCategory(ctx, tx, o.communityID, *o.product.CategoryID)
		if err != nil {
			return err
		}
		if *c.IsArchived {
			return errProduct
		}
		o.category = &c
	}
	if err := o.checkInput(); err != nil {
		return err
	}
	price, err := o.admit(ctx, tx)
	if err != nil {
		return err
	}
	return o.close(ctx, tx, price)
}

// checkInput looks at what the buyer filled in.
func (o *order) checkInput() error {
	single := o.product.Type == api.ProductVoucher || o.product.Type == api.ProductRole || o.product.Type == api.ProductBadge
	if single && o.in.Quantity > 1 {
		return api.InvalidField("quantity", "must be 1 for this product")
	}
	asked := o.product.UserInformation
	if asked == nil || !asked.IsEnabled {
		o.in.UserInformation = nil
		return nil
	}
	var got api.BuyersData
	if o.in.UserInformation != nil {
		got = *o.in.UserInformation
	}
	for _, f := range []struct {
		needed bool
		field  string
		value  string
	}{{asked.CollectName, "name", got.Name}, {asked.CollectPhone, "phone", got.Phone}, {asked.CollectAddress, "address", got.Address}} {
		if f.needed && f.value == "" {
			return api.InvalidField("userInformation."+f.field, "is required for this product")
		}
	}
	return nil
}

// admit decides whether the member may buy now, and for how much each.
func (o *order) admit(ctx context.Context, tx *db.Tx) (price int64, err error) {
	who, err := o.s.person(ctx, o.communityID, o.who, o.product.ProductInput, o.category)
	if err != nil {
		return 0, err
	}
	offer := offerOf(o.product.ProductInput, o.category, who, o.now)
	start, end := moment(o.product.StartsAt), moment(o.product.EndsAt)
	switch {
	case !offer.canSee:
		return 0, errProduct
	case !offer.canBuy:
		return 0, errNotYours
	case o.now.Before(start):
		return 0, errNotYet
	case !end.IsZero() && !o.now.Before(end):
		return 0, errNoLonger
	case o.in.Price != nil && *o.in.Price != offer.price:
		return 0, errPrice
	}
	if len(offer.limits) == 0 && *o.product.LimitPerMember == 0 {
		return offer.price, nil
	}
	bought, err := selectBought(ctx, tx, o.communityID, o.who.ID, o.product.ID) // nobody else buys it meanwhile: its row is held
	if err != nil {
		return 0, err
	}
	if left, _ := room(o.product.ProductInput, offer.limits, bought[o.product.ID], o.now); left >= 0 && left < o.in.Quantity {
		return 0, errOver
	}
	return offer.price, nil
}

// close takes the voucher and the payment, hands out and writes the order.
func (o *order) close(ctx context.Context, tx *db.Tx, price int64) error {
	status, err := o.status(ctx, tx)
	if err != nil {
		return err
	}
	p := o.product
	o.made = o.s.drawUp(o.communityID, Order{Buyer: o.who, Quantity: o.in.Quantity, Paid: price * o.in.Quantity, Currency: p.Currency, Status: status.Name,
		Product: api.PurchaseProduct{ID: p.ID, Name: p.Name, RedemptionInstructions: *p.Instructions}})
	voucherID := ""
	if p.Type == api.ProductVoucher {
		var v api.Voucher
		if voucherID, v, err = takeVoucher(ctx, tx, o.communityID, p, o.made.ID, o.s.today(ctx, o.communityID), o.now); err != nil {
			return err
		}
		o.made.Voucher = &v
	}
	if err := o.handOut(ctx, tx); err != nil {
		return err
	}
	if err := insertPurchase(ctx, tx, o.made, voucherID); err != nil {
		return err
	}
	if err := o.keepInfo(ctx, tx); err != nil {
		return err
	}
	return insertStep(ctx, tx, o.communityID, o.made.ID, api.StatusStep{To: status.Name, At: api.At(o.now)})
}

// handOut takes the payment and gives what is given at once.
func (o *order) handOut(ctx context.Context, tx *db.Tx) (err error) {
	rows := []ledger.Posting{payment(Order{Buyer: o.who}, o.made)}
	switch o.product.Type {
	case api.ProductRole:
		err = o.s.GiveRole(ctx, tx, o.communityID, o.who.ID, *o.product.RoleID)
	case api.ProductSpins:
		err = o.s.GiveSpins(ctx, tx, o.communityID, o.who.ID, *o.product.Spins*o.in.Quantity)
	case api.ProductBadge:
		var more []ledger.Posting
		more, err = o.s.GiveBadge(ctx, tx, o.communityID, *o.product.BadgeID, o.who)
		rows = append(rows, more...)
	}
	if err != nil {
		return err
	}
	o.entries, err = o.s.ledger.Post(ctx, tx, o.communityID, rows)
	return err
}

func (o *order) keepInfo(ctx context.Context, tx *db.Tx) error {
	if o.in.UserInformation == nil {
		return nil
	}
	text, err := json.Marshal(o.in.UserInformation)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE purchases SET info = $3 WHERE community_id = $1 AND id = $2`, o.communityID, o.made.ID, string(text))
	return err
}

// status is where the order begins: the product's override, the category's
// default, or what the type says.
func (o *order) status(ctx context.Context, tx *db.Tx) (api.RedemptionStatus, error) {
	names := []string{*o.product.StatusName}
	if o.category != nil {
		names = append(names, *o.category.DefaultStatusName)
	}
	for _, name := range names {
		if name == "" {
			continue
		}
		if st, err := selectStatus(ctx, tx, o.communityID, name); !api.IsKind(err, api.NotFound) {
			return st, err
		}
	}
	category := api.StatusIncomplete
	switch o.product.Type {
	case api.ProductVoucher, api.ProductRole, api.ProductBadge, api.ProductSpins:
		category = api.StatusComplete
	}
	return firstStatus(ctx, tx, o.communityID, category)
}

func (o *order) bought() api.Bought {
	m := o.made
	out := api.Bought{OrderID: m.OrderID, Status: m.Status, Product: m.Product, Quantity: m.Quantity, Paid: m.Paid, Currency: m.Currency, Voucher: m.Voucher}
	if len(o.entries) > 0 {
		if out.BalanceAfter = o.entries[0].CoinsAfter; m.Currency == "premium" {
			out.BalanceAfter = o.entries[0].PremiumAfter
		}
	}
	return out
}

// takeStock takes a quantity out of stock and holds the product's row. Errors:
// NotFound, Conflict out_of_stock.
func takeStock(ctx context.Context, tx *db.Tx, communityID, ref string, n int64) (product, error) {
	column, key := refColumn(ref)
	p, err := scanProduct(tx.QueryRow(ctx, `UPDATE products SET orders = orders + 1, stock = CASE WHEN stock < 0 THEN stock ELSE stock - $3 END
		WHERE community_id = $1 AND `+column+` = $2 AND archived = 0 AND (stock < 0 OR stock >= $3) RETURNING `+productColumns, communityID, key, n), communityID)
	if !api.IsKind(err, api.NotFound) {
		return p, err
	}
	if p, err = selectProduct(ctx, tx, communityID, ref); err == nil && !*p.IsArchived {
		return p, errStock
	}
	return p, orElse(err, errProduct)
}

// takeVoucher hands a code to an order. Errors: Conflict out_of_stock.
func takeVoucher(ctx context.Context, tx *db.Tx, communityID string, p product, orderID, today string, now time.Time) (id string, v api.Voucher, err error) {
	by := "created_at, id"
	if *p.ExpiringFirst {
		by = "CASE WHEN last_day = '' THEN 1 ELSE 0 END, last_day, created_at, id"
	}
	err = tx.QueryRow(ctx, `UPDATE vouchers SET purchase_id = $3, updated_at = $5 WHERE community_id = $1 AND id = (SELECT id FROM vouchers
		WHERE community_id = $1 AND product_id = $2 AND purchase_id = '' AND (last_day = '' OR last_day >= $4) ORDER BY `+by+` LIMIT 1) RETURNING id, code, expires_on`,
		communityID, p.ID, orderID, today, db.Micros(now)).Scan(&id, &v.Code, &v.ExpiryDate)
	if errors.Is(err, sql.ErrNoRows) {
		err = errStock
	}
	return id, v, err
}

// selectBought are a member's purchases that were not cancelled, by product;
// of one product unless that is empty.
func selectBought(ctx context.Context, q db.Querier, communityID, memberID, productID string) (map[string][]past, error) {
	out := map[string][]past{}
	err := db.Each(ctx, q, `SELECT product_id, created_at, quantity FROM purchases WHERE community_id = $1 AND member_id = $2 AND ($3 = '' OR product_id = $3) AND cancelled = 0`,
		[]any{communityID, memberID, productID}, func(rows *sql.Rows) error {
			var id string
			var at int64
			var b past
			err := rows.Scan(&id, &at, &b.n)
			b.at = db.FromMicros(at)
			out[id] = append(out[id], b)
			return err
		})
	return out, err
}
