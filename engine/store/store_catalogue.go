package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

func selectConfig(ctx context.Context, q db.Querier, communityID string) (c api.StoreConfig, err error) {
	var text string
	err = q.QueryRow(ctx, `SELECT config FROM stores WHERE community_id = $1`, communityID).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return api.StoreConfig{Title: "Rewards Store"}, nil
	}
	if err != nil {
		return c, fmt.Errorf("read store: %w", err)
	}
	return c, json.Unmarshal([]byte(text), &c)
}

func storeConfig(ctx context.Context, tx *db.Tx, communityID string, c api.StoreConfig) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO stores (community_id, config, updated_at) VALUES ($1,$2,$3)
		ON CONFLICT (community_id) DO UPDATE SET config = excluded.config, updated_at = excluded.updated_at`, communityID, string(text), db.Micros(c.UpdatedAt.Time))
	return err
}

// refColumn is where an id or a readable name is looked for.
func refColumn(ref string) (column, key string) {
	if api.IsID(ref) {
		return "id", ref
	}
	return "name_key", nameKey(ref)
}

const categoryColumns = `id, config, created_at, updated_at, (SELECT count(*) FROM products p WHERE p.community_id = c.community_id AND p.category_id = c.id AND p.archived = 0)`

func scanCategory(row interface{ Scan(...any) error }, communityID string) (c api.StoreCategory, err error) {
	var text string
	var created, updated int64
	if err = row.Scan(&c.ID, &text, &created, &updated, &c.Products); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = errCategory
		}
		return c, err
	}
	c.CommunityID, c.CreatedAt, c.UpdatedAt = communityID, api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return c, json.Unmarshal([]byte(text), &c.StoreCategoryInput)
}

// selectCategory finds a category by id or name. Errors: NotFound.
func selectCategory(ctx context.Context, q db.Querier, communityID, ref string) (api.StoreCategory, error) {
	column, key := refColumn(ref)
	return scanCategory(q.QueryRow(ctx, `SELECT `+categoryColumns+` FROM store_categories c WHERE community_id = $1 AND `+column+` = $2`, communityID, key), communityID)
}

func selectCategories(ctx context.Context, q db.Querier, communityID string) ([]api.StoreCategory, error) {
	out := []api.StoreCategory{}
	err := db.Each(ctx, q, `SELECT `+categoryColumns+` FROM store_categories c WHERE community_id = $1 ORDER BY position, name_key`, []any{communityID}, func(rows *sql.Rows) error {
		c, err := scanCategory(rows, communityID)
		out = append(out, c)
		return err
	})
	return out, err
}

func upsertCategory(ctx context.Context, tx *db.Tx, c api.StoreCategory) error {
	text, err := json.Marshal(c.StoreCategoryInput)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO store_categories (community_id, id, name_key, position, config, created_at, updated_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (community_id, id) DO UPDATE SET name_key = excluded.name_key, position = excluded.position, config = excluded.config, updated_at = excluded.updated_at`,
		c.CommunityID, c.ID, nameKey(c.Name), *c.DisplayOrder, string(text), db.Micros(c.CreatedAt.Time), db.Micros(c.UpdatedAt.Time))
	return err
}

// deleteCategory takes a category away; its products have none then.
func deleteCategory(ctx context.Context, tx *db.Tx, communityID, id string) error {
	list, err := selectProducts(ctx, tx, communityID, id)
	if err != nil {
		return err
	}
	for _, p := range list {
		*p.CategoryID = ""
		if err := upsertProduct(ctx, tx, *p); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `DELETE FROM store_categories WHERE community_id = $1 AND id = $2`, communityID, id)
	return err
}

const productColumns = `id, stock, orders, config, created_at, updated_at`

func scanProduct(row interface{ Scan(...any) error }, communityID string) (p product, err error) {
	var text string
	var created, updated int64
	if err = row.Scan(&p.ID, &p.stock, &p.TotalOrders, &text, &created, &updated); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = errProduct
		}
		return p, err
	}
	p.ProductInput = newProduct()
	err = json.Unmarshal([]byte(text), &p.ProductInput)
	left := p.stock
	p.Stocks = &left
	p.CommunityID, p.CreatedAt, p.UpdatedAt = communityID, api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return p, err
}

// selectProduct finds a product by id or name. Errors: NotFound.
func selectProduct(ctx context.Context, q db.Querier, communityID, ref string) (product, error) {
	column, key := refColumn(ref)
	return scanProduct(q.QueryRow(ctx, `SELECT `+productColumns+` FROM products WHERE community_id = $1 AND `+column+` = $2`, communityID, key), communityID)
}

// holdProduct is selectProduct for who will change it: nobody buys meanwhile.
func holdProduct(ctx context.Context, tx *db.Tx, communityID, ref string) (product, error) {
	column, key := refColumn(ref)
	return scanProduct(tx.QueryRow(ctx, `UPDATE products SET orders = orders WHERE community_id = $1 AND `+column+` = $2 RETURNING `+productColumns, communityID, key), communityID)
}

func selectProducts(ctx context.Context, q db.Querier, communityID, category string) ([]*product, error) {
	out := []*product{}
	err := db.Each(ctx, q, `SELECT `+productColumns+` FROM products WHERE community_id = $1 AND ($2 = '' OR category_id = $2) ORDER BY position, name_key`,
		[]any{communityID, category}, func(rows *sql.Rows) error {
			p, err := scanProduct(rows, communityID)
			out = append(out, &p)
			return err
		})
	return out, err
}

func countProducts(ctx context.Context, q db.Querier, communityID string) (n int, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM products WHERE community_id = $1`, communityID).Scan(&n)
	return n, err
}

func upsertProduct(ctx context.Context, tx *db.Tx, p product) error {
	text, err := json.Marshal(p.ProductInput)
	if err != nil {
		return err
	}
	archived := 0
	if *p.IsArchived {
		archived = 1
	}
	_, err = tx.Exec(ctx, `INSERT INTO products (community_id, id, name_key, category_id, position, archived, stock, config, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (community_id, id) DO UPDATE SET name_key = excluded.name_key, category_id = excluded.category_id,
		position = excluded.position, archived = excluded.archived, stock = excluded.stock, config = excluded.config, updated_at = excluded.updated_at`,
		p.CommunityID, p.ID, nameKey(p.Name), *p.CategoryID, *p.DisplayOrder, archived, p.stock, string(text), db.Micros(p.CreatedAt.Time), db.Micros(p.UpdatedAt.Time))
	return err
}

func deleteProduct(ctx context.Context, tx *db.Tx, communityID, id string) error {
	for _, text := range []string{
		`DELETE FROM vouchers WHERE community_id = $1 AND product_id = $2 AND purchase_id = ''`,
		`DELETE FROM products WHERE community_id = $1 AND id = $2`,
	} {
		if _, err := tx.Exec(ctx, text, communityID, id); err != nil {
			return fmt.Errorf("delete product: %w", err)
		}
	}
	return nil
}

// addCodes adds voucher codes to a product.
func addCodes(ctx context.Context, tx *db.Tx, p product, list []api.Voucher) error {
	for i, v := range list { // a microsecond apart: they are handed out in this order
		res, err := tx.Exec(ctx, `INSERT INTO vouchers (community_id, id, product_id, code, expires_on, last_day, created_at, updated_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$7)
			ON CONFLICT (community_id, product_id, code) DO NOTHING`,
			p.CommunityID, api.NewIDAt(p.UpdatedAt.Time), p.ID, v.Code, v.ExpiryDate, isoDay(v.ExpiryDate), db.Micros(p.UpdatedAt.Time)+int64(i))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return orElse(err, errCodeTwice)
		}
	}
	return nil
}

// selectBatches counts the codes that are left, by product and last day.
func selectBatches(ctx context.Context, q db.Querier, communityID, today string) (map[string][]api.VoucherBatch, error) {
	out := map[string][]api.VoucherBatch{}
	err := db.Each(ctx, q, `SELECT product_id, expires_on, count(*) FROM vouchers WHERE community_id = $1 AND purchase_id = '' AND (last_day = '' OR last_day >= $2)
		GROUP BY product_id, expires_on, last_day ORDER BY product_id, last_day`, []any{communityID, today}, func(rows *sql.Rows) error {
		var id string
		var b api.VoucherBatch
		err := rows.Scan(&id, &b.ExpireDate, &b.Left)
		out[id] = append(out[id], b)
		return err
	})
	return out, err
}
