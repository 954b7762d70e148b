package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

var (
	errStatus    = api.NewError(api.NotFound, "status_not_found", "There is no status of that id or name.")
	errCancelled = api.NewError(api.Conflict, "order_cancelled", "A cancelled order was refunded and stays cancelled.")
	errSame      = api.NewError(api.Conflict, "same_status", "The order has that status already.")
	errOrders    = api.NewError(api.Invalid, "transaction_required", "Name an order.", api.FieldError{Field: "transactionId", Message: "is required"})
)

// standing statuses are there from the start.
func standing() []api.RedemptionStatusInput {
	return []api.RedemptionStatusInput{
		{Name: "Pending", Category: api.StatusIncomplete, Color: "#C2410C"}, {Name: "Completed", Category: api.StatusComplete, Color: "#15803D"},
		{Name: "Cancelled", Category: api.StatusCancelled, Color: "#B91C1C"},
	}
}

// Defaults lays down the statuses of a new community.
func (s *Service) Defaults(ctx context.Context, tx *db.Tx, communityID string) error {
	for _, in := range standing() {
		if err := insertStatus(ctx, tx, communityID, api.RedemptionStatus{ID: api.NewIDAt(s.k.Now()), Name: in.Name, Category: in.Category, Color: in.Color}); err != nil {
			return err
		}
	}
	return nil
}

// Statuses are the community's, in their order.
func (s *Service) Statuses(ctx context.Context, communityID string) ([]api.RedemptionStatus, error) {
	list, err := selectStatuses(ctx, s.k.DB().Read(), communityID)
	if err != nil || len(list) > 0 {
		return list, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error { // a community from before there were any
		if list, err = selectStatuses(ctx, tx, communityID); err != nil || len(list) > 0 {
			return err
		}
		return s.Defaults(ctx, tx, communityID)
	})
	if err != nil {
		return nil, err
	}
	return selectStatuses(ctx, s.k.DB().Read(), communityID)
}

// tell writes the buyer what became of an order.
func (s *Service) tell(ctx context.Context, tx *db.Tx, communityID string, p api.Purchase, st api.RedemptionStatus, note string) error {
	if s.Notify != nil {
		err := s.Notify(ctx, tx, communityID, p.UserID, api.Notification{Kind: api.NoticeOrder, Title: p.Product.Name + ": " + st.Name, Text: note, Link: "/me/purchases"})
		if err != nil {
			return err
		}
	}
	home, err := s.communities.ByID(ctx, communityID)
	if err != nil {
		return err
	}
	var to string
	err = tx.QueryRow(ctx, `SELECT email FROM members WHERE community_id = $1 AND id = $2 AND NOT is_dummy AND deleted_at = 0`, communityID, p.UserID).Scan(&to)
	if errors.Is(err, sql.ErrNoRows) || to == "" {
		return nil
	}
	if err != nil {
		return err
	}
	if note != "" {
		note = "\n" + note + "\n"
	}
	return s.mailer.Write(ctx, tx, communityID, event.Mail{To: to, Subject: "Your order at " + home.Name + ": " + st.Name,
		Text: fmt.Sprintf("Hello %s,\n\nyour order %s (%s) at %s is %q now.\n%s", p.Buyer, p.OrderID, p.Product.Name, home.Name, st.Name, note)})
}

// CreateStatus makes a status. Errors: Invalid, Conflict name_taken.
func (s *Service) CreateStatus(ctx context.Context, communityID string, in api.RedemptionStatusInput) (api.RedemptionStatus, error) {
	st := api.RedemptionStatus{ID: api.NewIDAt(s.k.Now()), Name: strings.TrimSpace(in.Name), Category: in.Category, Color: orText(in.Color, "#3EA1FD")}
	if st.Name == "" || api.IsID(st.Name) {
		return st, api.InvalidField("name", "must be words that do not look like an id")
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := insertStatus(ctx, tx, communityID, st); err != nil {
			return taken(err, errNameTaken)
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "redemption-status.create", TargetType: "redemption-status", TargetID: st.ID, TargetName: st.Name, After: st})
	})
	return st, taken(err, errNameTaken)
}

// Move brings orders to a status, all or none. An order that comes to one of
// the category cancelled is refunded, once, and its pieces go back into stock;
// a voucher's code, which the buyer has seen, does not. Errors: NotFound,
// Conflict order_cancelled, same_status.
func (s *Service) Move(ctx context.Context, communityID string, in api.RedemptionChange) (api.RedemptionChanged, error) {
	refs := in.TransactionIDs
	if in.TransactionID != "" {
		refs = append([]string{in.TransactionID}, refs...)
	}
	if len(refs) == 0 {
		return api.RedemptionChanged{}, errOrders
	}
	var out api.RedemptionChanged
	var entries []ledger.Entry
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		st, err := selectStatus(ctx, tx, communityID, in.StatusID)
		if err != nil {
			return invalidIf(err, "statusId", "must be a status of this community")
		}
		out, entries = api.RedemptionChanged{TransactionID: refs[0], StatusID: st.ID, Status: st}, nil
		var refunds []ledger.Posting
		for _, ref := range refs {
			back, err := s.moveOne(ctx, tx, communityID, ref, st, in.Note)
			if err != nil {
				return err
			}
			out.Changed++
			if back != nil {
				refunds = append(refunds, *back)
				out.Refunded += back.Coins + back.Premium
			}
		}
		if len(refunds) > 0 {
			entries, err = s.ledger.Post(ctx, tx, communityID, refunds)
		}
		return err
	})
	if err == nil {
		s.ledger.Committed(ctx, entries)
	}
	return out, err
}

// moveOne moves one order and says what is to be refunded.
func (s *Service) moveOne(ctx context.Context, tx *db.Tx, communityID, ref string, st api.RedemptionStatus, note string) (*ledger.Posting, error) {
	p, cancelled, err := holdPurchase(ctx, tx, communityID, ref)
	switch {
	case err != nil:
		return nil, err
	case cancelled:
		return nil, errCancelled
	case p.Status == st.Name:
		return nil, errSame
	}
	now := s.k.Now()
	if err := insertStep(ctx, tx, communityID, p.ID, api.StatusStep{From: p.Status, To: st.Name, By: rest.CallerOf(ctx).Name, Note: note, At: api.At(now)}); err != nil {
		return nil, err
	}
	refund := int64(0)
	if st.Category == api.StatusCancelled {
		refund = p.Paid
	}
	_, err = tx.Exec(ctx, `UPDATE purchases SET status = $3, updated_at = $4, refunded = refunded + $5, cancelled = $6 WHERE community_id = $1 AND id = $2`,
		communityID, p.ID, st.Name, db.Micros(now), refund, flag(st.Category == api.StatusCancelled))
	if err != nil {
		return nil, err
	}
	if err := s.tell(ctx, tx, communityID, p, st, note); err != nil {
		return nil, err
	}
	err = s.k.Audit(ctx, tx, communityID, rest.Change{Action: "purchase.move", TargetType: "purchase", TargetID: p.ID, TargetName: p.OrderID,
		Before: map[string]string{"status": p.Status}, After: map[string]any{"status": st.Name, "note": note, "refunded": refund}})
	if err != nil || st.Category != api.StatusCancelled {
		return nil, err
	}
	if err := restock(ctx, tx, communityID, p); err != nil || refund == 0 {
		return nil, err
	}
	return s.refund(ctx, communityID, p)
}

// refund is what goes back to the buyer; nothing when he is gone.
func (s *Service) refund(ctx context.Context, communityID string, p api.Purchase) (*ledger.Posting, error) {
	who, err := s.members.Resolve(ctx, communityID, p.UserID)
	if api.IsKind(err, api.NotFound) {
		return nil, nil //nolint:nilnil // nothing to refund
	}
	if err != nil {
		return nil, err
	}
	back := payment(Order{Buyer: member.Ref{ID: who.ID, No: who.No}}, p)
	back.Coins, back.Premium, back.Reference, back.Action, back.Cut = -back.Coins, -back.Premium, p.OrderID+"/refund", "refund", true
	return &back, nil
}

func flag(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// restock puts an order's pieces back, where they are counted.
func restock(ctx context.Context, tx *db.Tx, communityID string, p api.Purchase) error {
	_, err := tx.Exec(ctx, `UPDATE products SET stock = stock + $3 WHERE community_id = $1 AND id = $2 AND stock >= 0`, communityID, p.Product.ID, p.Quantity)
	return err
}

// holdPurchase finds an order by id or order id and holds its row. Errors:
// NotFound.
func holdPurchase(ctx context.Context, tx *db.Tx, communityID, ref string) (p api.Purchase, cancelled bool, err error) {
	column := "order_id"
	if api.IsID(ref) {
		column = "id"
	}
	var id string
	var n int64
	err = tx.QueryRow(ctx, `UPDATE purchases SET cancelled = cancelled WHERE community_id = $1 AND `+column+` = $2 RETURNING id, cancelled`, communityID, ref).Scan(&id, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, errPurchase
	}
	if err == nil {
		p, _, err = selectPurchase(ctx, tx, communityID, id)
	}
	return p, n != 0, err
}

// Steps is how an order moved, the first step first. Errors: NotFound.
func (s *Service) Steps(ctx context.Context, communityID, ref string) ([]api.StatusStep, error) {
	p, _, err := selectPurchase(ctx, s.k.DB().Read(), communityID, ref)
	if err != nil {
		return nil, err
	}
	list, err := selectSteps(ctx, s.k.DB().Read(), communityID, p.ID)
	if err == nil && len(list) == 0 { // older than the history
		list = []api.StatusStep{{To: p.Status, At: p.CreatedAt}}
	}
	return list, err
}

// Redemptions lists orders in the form of the redemption calls.
func (s *Service) Redemptions(ctx context.Context, communityID string, w *db.Where, p rest.Paging) ([]api.Redemption, int, error) {
	read := s.k.DB().Read()
	var n int
	if err := read.QueryRow(ctx, `SELECT count(*) FROM purchases p`+w.SQL(), w.Args...).Scan(&n); err != nil {
		return nil, 0, err
	}
	statuses, err := s.Statuses(ctx, communityID)
	if err != nil {
		return nil, 0, err
	}
	byName := map[string]api.RedemptionStatus{}
	for _, st := range statuses {
		byName[st.Name] = st
	}
	out := []api.Redemption{}
	err = db.Each(ctx, read, `SELECT p.order_id, p.member_id, COALESCE(m.username, ''), COALESCE(m.email, ''), p.product, p.quantity, p.paid, p.currency, p.refunded, p.status, p.info, p.created_at, p.updated_at
		FROM purchases p LEFT JOIN members m ON m.community_id = p.community_id AND m.id = p.member_id`+w.SQL()+fmt.Sprintf(` ORDER BY p.created_at DESC, p.id DESC LIMIT %d OFFSET %d`, p.Limit, p.Offset()),
		w.Args, func(rows *sql.Rows) error {
			r, err := scanRedemption(rows, byName)
			out = append(out, r)
			return err
		})
	return out, n, err
}

func scanRedemption(rows *sql.Rows, byName map[string]api.RedemptionStatus) (r api.Redemption, err error) {
	var product, status, info string
	var created, updated int64
	if err = rows.Scan(&r.TransactionID, &r.UserID, &r.Username, &r.Email, &product, &r.Quantity, &r.Paid, &r.Currency, &r.Refunded, &status, &info, &created, &updated); err != nil {
		return r, err
	}
	var known bool
	if r.Status, known = byName[status]; !known { // a status of old
		r.Status = api.RedemptionStatus{Name: status, Category: api.StatusIncomplete}
	}
	r.StatusID, r.CreatedAt, r.UpdatedAt = r.Status.ID, api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	if info != "" {
		r.UserInformation = &api.BuyersData{}
		err = json.Unmarshal([]byte(info), r.UserInformation)
	}
	var shot snapshot
	err = errors.Join(err, json.Unmarshal([]byte(product), &shot))
	r.Product = shot.PurchaseProduct
	return r, err
}

func insertStatus(ctx context.Context, tx *db.Tx, communityID string, st api.RedemptionStatus) error {
	_, err := tx.Exec(ctx, `INSERT INTO redemption_statuses (community_id, id, name, name_key, category, color, position) VALUES ($1,$2,$3,$4,$5,$6,
		(SELECT COALESCE(MAX(position), 0) + 1 FROM redemption_statuses WHERE community_id = $1))`, communityID, st.ID, st.Name, nameKey(st.Name), st.Category, st.Color)
	return err
}

func selectStatuses(ctx context.Context, q db.Querier, communityID string) ([]api.RedemptionStatus, error) {
	out := []api.RedemptionStatus{}
	err := db.Each(ctx, q, `SELECT id, name, category, color FROM redemption_statuses WHERE community_id = $1 ORDER BY position`, []any{communityID}, func(rows *sql.Rows) error {
		var st api.RedemptionStatus
		err := rows.Scan(&st.ID, &st.Name, &st.Category, &st.Color)
		out = append(out, st)
		return err
	})
	return out, err
}

// selectStatus finds a status by id or name. Errors: NotFound.
func selectStatus(ctx context.Context, q db.Querier, communityID, ref string) (st api.RedemptionStatus, err error) {
	column, key := refColumn(ref)
	err = q.QueryRow(ctx, `SELECT id, name, category, color FROM redemption_statuses WHERE community_id = $1 AND `+column+` = $2`, communityID, key).Scan(&st.ID, &st.Name, &st.Category, &st.Color)
	if errors.Is(err, sql.ErrNoRows) {
		err = errStatus
	}
	return st, err
}

// firstStatus is the first of a category; one of the standing ones where the
// team has none.
func firstStatus(ctx context.Context, q db.Querier, communityID, category string) (api.RedemptionStatus, error) {
	list, err := selectStatuses(ctx, q, communityID)
	for _, st := range list {
		if st.Category == category {
			return st, err
		}
	}
	for _, in := range standing() {
		if in.Category == category {
			return api.RedemptionStatus{Name: in.Name, Category: in.Category, Color: in.Color}, err
		}
	}
	return api.RedemptionStatus{}, err
}

func insertStep(ctx context.Context, tx *db.Tx, communityID, purchaseID string, st api.StatusStep) error {
	_, err := tx.Exec(ctx, `INSERT INTO purchase_steps (community_id, purchase_id, n, was, now, by_name, note, at) VALUES ($1,$2,
		(SELECT COALESCE(MAX(n), 0) + 1 FROM purchase_steps WHERE community_id = $1 AND purchase_id = $2),$3,$4,$5,$6,$7)`,
		communityID, purchaseID, st.From, st.To, st.By, st.Note, db.Micros(st.At.Time))
	return err
}

func selectSteps(ctx context.Context, q db.Querier, communityID, purchaseID string) ([]api.StatusStep, error) {
	out := []api.StatusStep{}
	err := db.Each(ctx, q, `SELECT was, now, by_name, note, at FROM purchase_steps WHERE community_id = $1 AND purchase_id = $2 ORDER BY n`, []any{communityID, purchaseID}, func(rows *sql.Rows) error {
		var st api.StatusStep
		var at int64
		err := rows.Scan(&st.From, &st.To, &st.By, &st.Note, &at)
		st.At = api.At(db.FromMicros(at))
		out = append(out, st)
		return err
	})
	return out, err
}

// Export is what the noun holds about a member.
func (s *Service) Export(ctx context.Context, communityID string, who member.Ref) (any, error) {
	w := &db.Where{}
	w.And("p.community_id = ?", communityID)
	w.And("p.member_id = ?", who.ID)
	list, _, err := s.Redemptions(ctx, communityID, w, rest.Paging{PageNo: 1, Limit: 10_000})
	return list, err
}
