package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// snapshot is the product column: the product and the voucher as the order
// has them.
type snapshot struct {
	api.PurchaseProduct
	Voucher *api.Voucher `json:"voucher,omitempty"`
}

const purchaseColumns = `p.id, p.order_id, p.member_id, p.product, p.quantity, p.paid, p.currency, p.status, p.voucher_id, p.created_at, p.updated_at, COALESCE(m.username, ''), COALESCE(m.display_name, ''), COALESCE(m.avatar, '')`

const fromPurchases = ` FROM purchases p LEFT JOIN members m ON m.community_id = p.community_id AND m.id = p.member_id`

func scanPurchase(row interface{ Scan(...any) error }, communityID string) (p api.Purchase, voucher string, err error) {
	var product string
	var created, updated int64
	err = row.Scan(&p.ID, &p.OrderID, &p.UserID, &product, &p.Quantity, &p.Paid, &p.Currency, &p.Status, &voucher, &created, &updated, &p.Buyer, &p.BuyerName, &p.BuyerAvatar)
	if errors.Is(err, sql.ErrNoRows) {
		return p, "", errPurchase
	}
	if err != nil {
		return p, "", fmt.Errorf("read order: %w", err)
	}
	var s snapshot
	if err := json.Unmarshal([]byte(product), &s); err != nil {
		return p, "", fmt.Errorf("product of order %s: %w", p.ID, err)
	}
	p.CommunityID, p.Product, p.Voucher = communityID, s.PurchaseProduct, s.Voucher
	p.CreatedAt, p.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return p, voucher, nil
}

// selectPurchase finds an order by its id or its order id. Errors: NotFound.
func selectPurchase(ctx context.Context, q db.Querier, communityID, ref string) (api.Purchase, string, error) {
	column := "order_id"
	if api.IsID(ref) {
		column = "id"
	}
	return scanPurchase(q.QueryRow(ctx, `SELECT `+purchaseColumns+fromPurchases+` WHERE p.community_id = $1 AND p.`+column+` = $2`, communityID, ref), communityID)
}

// listPurchases lists orders, the newest first.
func listPurchases(ctx context.Context, q db.Querier, communityID string, w *db.Where, p rest.Paging) ([]api.Purchase, error) {
	rows, err := q.Query(ctx, `SELECT `+purchaseColumns+fromPurchases+w.SQL()+
		fmt.Sprintf(` ORDER BY p.created_at DESC, p.id DESC LIMIT %d OFFSET %d`, p.Limit, p.Offset()), w.Args...)
	if err != nil {
		return nil, fmt.Errorf("list orders: %w", err)
	}
	defer rows.Close()
	out := []api.Purchase{}
	for rows.Next() {
		p, _, err := scanPurchase(rows, communityID)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

func countPurchases(ctx context.Context, q db.Querier, w *db.Where) (n int, err error) {
	err = q.QueryRow(ctx, `SELECT COUNT(*)`+fromPurchases+w.SQL(), w.Args...).Scan(&n)
	return n, err
}

// countStatuses counts the orders of each status, the most first.
func countStatuses(ctx context.Context, q db.Querier, communityID string) ([]api.PurchaseStatus, error) {
	rows, err := q.Query(ctx, `SELECT status, COUNT(*) FROM purchases WHERE community_id = $1 GROUP BY status ORDER BY 2 DESC, 1`, communityID)
	if err != nil {
		return nil, fmt.Errorf("count orders: %w", err)
	}
	defer rows.Close()
	out := []api.PurchaseStatus{}
	for rows.Next() {
		var s api.PurchaseStatus
		if err := rows.Scan(&s.Name, &s.Orders); err != nil {
			return nil, fmt.Errorf("count orders: %w", err)
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func productText(p api.Purchase) (string, error) {
	raw, err := json.Marshal(snapshot{p.Product, p.Voucher})
	return string(raw), err
}

func insertPurchase(ctx context.Context, tx *db.Tx, p api.Purchase, voucher string) error {
	product, err := productText(p)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO purchases (community_id, id, order_id, member_id, product_id, product, quantity, paid, currency, status,
		voucher_id, created_at, updated_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		p.CommunityID, p.ID, p.OrderID, p.UserID, p.Product.ID, product, p.Quantity, p.Paid, p.Currency, p.Status,
		voucher, db.Micros(p.CreatedAt.Time), db.Micros(p.UpdatedAt.Time))
	return err
}

func updatePurchase(ctx context.Context, tx *db.Tx, p api.Purchase, voucher string) error {
	product, err := productText(p)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE purchases SET product = $1, voucher_id = $2, updated_at = $3 WHERE community_id = $4 AND id = $5`,
		product, voucher, db.Micros(p.UpdatedAt.Time), p.CommunityID, p.ID)
	return err
}

func insertVoucher(ctx context.Context, tx *db.Tx, p api.Purchase, id string) error {
	_, err := tx.Exec(ctx, `INSERT INTO vouchers (community_id, id, product_id, code, expires_on, purchase_id, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$7)`, p.CommunityID, id, p.Product.ID, p.Voucher.Code, p.Voucher.ExpiryDate, p.ID, db.Micros(p.UpdatedAt.Time))
	return err
}

func updateVoucher(ctx context.Context, tx *db.Tx, p api.Purchase, id string) error {
	_, err := tx.Exec(ctx, `UPDATE vouchers SET code = $1, expires_on = $2, updated_at = $3 WHERE community_id = $4 AND id = $5`,
		p.Voucher.Code, p.Voucher.ExpiryDate, db.Micros(p.UpdatedAt.Time), p.CommunityID, id)
	return err
}
