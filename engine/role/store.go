package role

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
)

// stored is a role's row.
type stored struct {
	id, title, description, class string
	order                         int
	billable, isDefault           bool
	rights                        api.Right
	created, updated              time.Time
	members                       int
}

const columns = `r.id, r.title, r.description, r.class, r.position, r.billable, r.is_default, r.rights, r.created_at, r.updated_at`

func scan(row interface{ Scan(...any) error }, more ...any) (stored, error) {
	var r stored
	var rights, created, updated int64
	err := row.Scan(append([]any{&r.id, &r.title, &r.description, &r.class, &r.order, &r.billable, &r.isDefault, &rights, &created, &updated}, more...)...)
	if errors.Is(err, sql.ErrNoRows) {
		return r, errNotFound
	}
	if err != nil {
		return r, fmt.Errorf("read role: %w", err)
	}
	r.rights, r.created, r.updated = api.Right(rights), db.FromMicros(created), db.FromMicros(updated)
	return r, nil
}

func one(ctx context.Context, q db.Querier, communityID, id string) (stored, error) {
	return scan(q.QueryRow(ctx, `SELECT `+columns+` FROM roles r WHERE r.community_id = $1 AND r.id = $2`, communityID, id))
}

// list gives the roles, highest first, without the numbers of their members.
func list(ctx context.Context, q db.Querier, communityID string) ([]stored, error) {
	return all(ctx, q, `SELECT `+columns+`, 0 FROM roles r WHERE r.community_id = $1 ORDER BY r.position, r.created_at, r.id LIMIT 1000`, communityID)
}

// counted is list with the numbers of members.
func counted(ctx context.Context, q db.Querier, communityID string) ([]stored, error) {
	return all(ctx, q, `SELECT `+columns+`, (SELECT count(*) FROM member_roles x WHERE x.community_id = r.community_id AND x.role_id = r.id)
		FROM roles r WHERE r.community_id = $1 ORDER BY r.position, r.created_at, r.id LIMIT 1000`, communityID)
}

func all(ctx context.Context, q db.Querier, query string, args ...any) ([]stored, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list roles: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []stored
	for rows.Next() {
		var members int
		r, err := scan(rows, &members)
		if err != nil {
			return nil, err
		}
		r.members = members
		out = append(out, r)
	}
	return out, rows.Err()
}

func insert(ctx context.Context, tx *db.Tx, communityID string, r stored) error {
	_, err := tx.Exec(ctx, `INSERT INTO roles (community_id, id, title, description, class, position, billable, is_default, rights, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, communityID, r.id, r.title, r.description, r.class, r.order, r.billable, r.isDefault,
		int64(r.rights), db.Micros(r.created), db.Micros(r.updated))
	return wrap(err, "insert role")
}

func update(ctx context.Context, tx *db.Tx, communityID string, r stored) error {
	_, err := tx.Exec(ctx, `UPDATE roles SET title = $3, description = $4, class = $5, position = $6, billable = $7, rights = $8, updated_at = $9
		WHERE community_id = $1 AND id = $2`, communityID, r.id, r.title, r.description, r.class, r.order, r.billable, int64(r.rights), db.Micros(r.updated))
	return wrap(err, "update role")
}

func remove(ctx context.Context, tx *db.Tx, communityID, id string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM member_roles WHERE community_id = $1 AND role_id = $2`, communityID, id); err != nil {
		return wrap(err, "take role from members")
	}
	if _, err := tx.Exec(ctx, `DELETE FROM role_thresholds WHERE community_id = $1 AND role_id = $2`, communityID, id); err != nil {
		return wrap(err, "delete XP threshold")
	}
	_, err := tx.Exec(ctx, `DELETE FROM roles WHERE community_id = $1 AND id = $2`, communityID, id)
	return wrap(err, "delete role")
}

// lowest is the order of the lowest role above @all; 0 without any.
func lowest(ctx context.Context, q db.Querier, communityID string) (n int, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(MAX(position), 0) FROM roles WHERE community_id = $1 AND NOT is_default`, communityID).Scan(&n)
	return n, wrap(err, "order of roles")
}

func roleIDs(ctx context.Context, q db.Querier, communityID, memberID string) (map[string]bool, error) {
	rows, err := q.Query(ctx, `SELECT role_id FROM member_roles WHERE community_id = $1 AND member_id = $2`, communityID, memberID)
	if err != nil {
		return nil, fmt.Errorf("roles of member: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("roles of member: %w", err)
		}
		out[id] = true
	}
	return out, rows.Err()
}

// give reports whether the member did not have the role before.
func give(ctx context.Context, tx *db.Tx, communityID, memberID, roleID, source string, now time.Time) (bool, error) {
	result, err := tx.Exec(ctx, `INSERT INTO member_roles (community_id, member_id, role_id, source, created_at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (community_id, member_id, role_id) DO NOTHING`, communityID, memberID, roleID, source, db.Micros(now))
	return changed(result, err, "give role")
}

func take(ctx context.Context, tx *db.Tx, communityID, memberID, roleID string) (bool, error) {
	result, err := tx.Exec(ctx, `DELETE FROM member_roles WHERE community_id = $1 AND member_id = $2 AND role_id = $3`, communityID, memberID, roleID)
	return changed(result, err, "take role")
}

func changed(result sql.Result, err error, what string) (bool, error) {
	if err != nil {
		return false, fmt.Errorf("%s: %w", what, err)
	}
	n, err := result.RowsAffected()
	return n > 0, wrap(err, what)
}

func wrap(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
