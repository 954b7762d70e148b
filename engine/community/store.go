package community

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

const columns = `c.id, c.name, c.uri, c.domain, c.description, c.icon, c.timezone, c.language, c.created_at, c.updated_at`

var errNotFound = api.NewError(api.NotFound, "community_not_found", "There is no such community.")

type scanner interface{ Scan(...any) error }

func scan(row scanner) (api.Community, error) {
	var c api.Community
	var created, updated int64
	err := row.Scan(&c.ID, &c.Name, &c.URI, &c.Domain, &c.Description, &c.Icon, &c.Timezone, &c.Language, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return c, errNotFound
	}
	if err != nil {
		return c, fmt.Errorf("read community: %w", err)
	}
	c.CreatedAt, c.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return c, nil
}

// one finds a community by one of its unique columns, which is never input.
func one(ctx context.Context, q db.Querier, column, value string) (api.Community, error) {
	if value == "" {
		return api.Community{}, errNotFound
	}
	return scan(q.QueryRow(ctx, `SELECT `+columns+` FROM communities c WHERE c.`+column+` = $1`, value))
}

func list(ctx context.Context, q db.Querier) ([]api.Community, error) {
	rows, err := q.Query(ctx, `SELECT `+columns+` FROM communities c ORDER BY c.created_at LIMIT 1000`)
	if err != nil {
		return nil, fmt.Errorf("list communities: %w", err)
	}
	defer rows.Close()
	var out []api.Community
	for rows.Next() {
		c, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// only gives the one community of a deployment that has just one.
func only(ctx context.Context, q db.Querier) (api.Community, error) {
	all, err := list(ctx, q)
	if err != nil {
		return api.Community{}, err
	}
	if len(all) != 1 {
		return api.Community{}, errNotFound
	}
	return all[0], nil
}

func insert(ctx context.Context, tx *db.Tx, c api.Community) error {
	_, err := tx.Exec(ctx, `INSERT INTO communities (id, name, uri, domain, description, icon, timezone, language, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, c.ID, c.Name, c.URI, c.Domain, c.Description, c.Icon, c.Timezone, c.Language,
		db.Micros(c.CreatedAt.Time), db.Micros(c.UpdatedAt.Time))
	if err != nil {
		return fmt.Errorf("insert community: %w", err)
	}
	return nil
}

func update(ctx context.Context, tx *db.Tx, c api.Community) error {
	_, err := tx.Exec(ctx, `UPDATE communities SET name = $1, uri = $2, domain = $3, description = $4, icon = $5, timezone = $6,
		language = $7, updated_at = $8 WHERE id = $9`, c.Name, c.URI, c.Domain, c.Description, c.Icon, c.Timezone, c.Language,
		db.Micros(c.UpdatedAt.Time), c.ID)
	if err != nil {
		return fmt.Errorf("update community: %w", err)
	}
	return nil
}

// countMembers reads an index only; it still takes a tenth of a second for a
// million members.
func countMembers(ctx context.Context, q db.Querier, id string) (n int64, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM members WHERE community_id = $1 AND deleted_at = 0`, id).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count members: %w", err)
	}
	return n, nil
}
