package badge

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"laurel/engine/db"
)

const columns = `id, title, description, action, quantity, image, light_image, dark_image, is_themed, is_open, is_awarded, needs_proof,
pays_xp, pays_coins, xp, coins, holders, judged_to, created_at, updated_at`

func scan(row interface{ Scan(...any) error }, r *record) error {
	var created, updated int64
	err := row.Scan(&r.id, &r.title, &r.description, &r.action, &r.quantity, &r.image, &r.light, &r.dark, &r.themed, &r.open, &r.awarded,
		&r.needsProof, &r.paysXP, &r.paysCoins, &r.xp, &r.coins, &r.holders, &r.judgedTo, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return errBadge
	}
	r.created, r.updated = db.FromMicros(created), db.FromMicros(updated)
	return wrap(err, "read badge")
}

// selectAll lists a community's badges, the oldest first.
func selectAll(ctx context.Context, q db.Querier, communityID string) ([]record, error) {
	return list(ctx, q, `SELECT `+columns+` FROM badges WHERE community_id = $1 ORDER BY created_at, id`, []any{communityID}, func(rows *sql.Rows) (r record, err error) {
		err = scan(rows, &r)
		return r, err
	})
}

func selectOne(ctx context.Context, q db.Querier, communityID, id string) (r record, err error) {
	err = scan(q.QueryRow(ctx, `SELECT `+columns+` FROM badges WHERE community_id = $1 AND id = $2`, communityID, id), &r)
	return r, err
}

func insert(ctx context.Context, tx *db.Tx, communityID string, r record) error {
	_, err := tx.Exec(ctx, `INSERT INTO badges (community_id, `+columns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)`,
		communityID, r.id, r.title, r.description, r.action, r.quantity, r.image, r.light, r.dark, r.themed, r.open, r.awarded, r.needsProof,
		r.paysXP, r.paysCoins, r.xp, r.coins, r.holders, r.judgedTo, db.Micros(r.created), db.Micros(r.updated))
	return wrap(err, "insert badge")
}

// update writes everything but how many hold it.
func update(ctx context.Context, tx *db.Tx, communityID string, r record) error {
	_, err := tx.Exec(ctx, `UPDATE badges SET title = $3, description = $4, action = $5, quantity = $6, image = $7, light_image = $8, dark_image = $9,
		is_themed = $10, is_open = $11, is_awarded = $12, needs_proof = $13, pays_xp = $14, pays_coins = $15, xp = $16, coins = $17, judged_to = $18,
		updated_at = $19 WHERE community_id = $1 AND id = $2`,
		communityID, r.id, r.title, r.description, r.action, r.quantity, r.image, r.light, r.dark, r.themed, r.open, r.awarded, r.needsProof,
		r.paysXP, r.paysCoins, r.xp, r.coins, r.judgedTo, db.Micros(r.updated))
	return wrap(err, "update badge")
}

// remove deletes a badge with its awards and applications.
func remove(ctx context.Context, tx *db.Tx, communityID, id string) error {
	for _, text := range []string{
		`DELETE FROM badge_proofs WHERE community_id = $1 AND application_id IN (SELECT id FROM badge_applications WHERE community_id = $1 AND badge_id = $2)`,
		`DELETE FROM badge_applications WHERE community_id = $1 AND badge_id = $2`,
		`DELETE FROM badge_awards WHERE community_id = $1 AND badge_id = $2`,
		`DELETE FROM badges WHERE community_id = $1 AND id = $2`,
	} {
		if _, err := tx.Exec(ctx, text, communityID, id); err != nil {
			return fmt.Errorf("delete badge: %w", err)
		}
	}
	return nil
}

func total(ctx context.Context, q db.Querier, communityID string) (n int, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM badges WHERE community_id = $1`, communityID).Scan(&n)
	return n, wrap(err, "count badges")
}

func insertPicture(ctx context.Context, tx *db.Tx, communityID string, p picture, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO badge_images (community_id, id, content, created_at) VALUES ($1,$2,$3,$4)`, communityID, p.id, p.content, db.Micros(now))
	return wrap(err, "store picture")
}

func hasPicture(ctx context.Context, q db.Querier, communityID, id string) (bool, error) {
	var n int
	err := q.QueryRow(ctx, `SELECT count(*) FROM badge_images WHERE community_id = $1 AND id = $2`, communityID, id).Scan(&n)
	return n > 0, wrap(err, "find picture")
}

func selectPicture(ctx context.Context, q db.Querier, id string) (content []byte, err error) {
	err = q.QueryRow(ctx, `SELECT content FROM badge_images WHERE id = $1`, id).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errPicture
	}
	return content, wrap(err, "read picture")
}

// dropPictures removes pictures from before a moment that no badge names.
func dropPictures(ctx context.Context, tx *db.Tx, communityID string, before time.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM badge_images WHERE community_id = $1 AND created_at < $2 AND NOT EXISTS (SELECT 1 FROM badges b
		WHERE b.community_id = $1 AND $3 || badge_images.id || '.png' IN (b.image, b.light_image, b.dark_image))`, communityID, db.Micros(before), picturePath)
	return wrap(err, "drop pictures")
}

func selectMark(ctx context.Context, q db.Querier, communityID string) (seq int64, err error) {
	err = q.QueryRow(ctx, `SELECT seq FROM badge_marks WHERE community_id = $1`, communityID).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, wrap(err, "read position")
}

// putMark moves the position on; it never goes back.
func putMark(ctx context.Context, tx *db.Tx, communityID string, seq int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO badge_marks (community_id, seq) VALUES ($1, $2) ON CONFLICT (community_id) DO UPDATE SET seq = excluded.seq
		WHERE badge_marks.seq < excluded.seq`, communityID, seq)
	return wrap(err, "write position")
}

// putJudged notes up to which member a badge's newcomers were judged, unless
// the badge was changed meanwhile.
func putJudged(ctx context.Context, tx *db.Tx, communityID string, r record, to string) error {
	_, err := tx.Exec(ctx, `UPDATE badges SET judged_to = $1 WHERE community_id = $2 AND id = $3 AND judged_to = $4 AND updated_at = $5`,
		to, communityID, r.id, r.judgedTo, db.Micros(r.updated))
	return wrap(err, "write position")
}

// reaching lists the members after an id whose count has reached a badge's
// quantity, in the order of their ids.
func reaching(ctx context.Context, q db.Querier, communityID string, r record, limit int) ([]string, error) {
	return list(ctx, q, `SELECT member_id FROM balances WHERE community_id = $1 AND member_id > $2 AND `+column[r.action]+` >= $3 ORDER BY member_id LIMIT $4`,
		[]any{communityID, r.judgedTo, r.quantity, limit}, func(rows *sql.Rows) (id string, err error) {
			err = rows.Scan(&id)
			return id, err
		})
}

// list reads all rows of a query.
func list[T any](ctx context.Context, q db.Querier, text string, args []any, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("list badges: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []T{}
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("list badges: %w", err)
		}
		out = append(out, item)
	}
	return out, rows.Err()
}

// did reports whether a statement changed a row.
func did(result sql.Result, err error, what string) (bool, error) {
	if err != nil {
		return false, fmt.Errorf("%s: %w", what, err)
	}
	n, err := result.RowsAffected()
	return n > 0, wrap(err, what)
}

// marks is "$3,$4" for n parameters, or what matches nothing.
func marks(from, n int) string {
	out := make([]string, max(n, 1))
	out[0] = "''"
	for i := range n {
		out[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(out, ",")
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}
