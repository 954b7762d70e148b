package leaderboard

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

var (
	errBoardNotFound = api.NewError(api.NotFound, "leaderboard_not_found", "No leaderboard has that id.")
	errSlugTaken     = api.NewError(api.Conflict, "slug_taken", "Another leaderboard already has that slug.",
		api.FieldError{Field: "slug", Message: "is taken"})
)

const boardColumns = `b.community_id, b.id, b.spec, b.created_at, b.updated_at`

type scanner interface{ Scan(...any) error }

// scanBoard reads a board from the JSON that it is kept as.
func scanBoard(row scanner) (api.Leaderboard, error) {
	var b api.Leaderboard
	var communityID, id, spec string
	var created, updated int64
	err := row.Scan(&communityID, &id, &spec, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return b, errBoardNotFound
	}
	if err == nil {
		err = json.Unmarshal([]byte(spec), &b)
	}
	if err != nil {
		return b, fmt.Errorf("read leaderboard: %w", err)
	}
	b.CommunityID, b.ID = communityID, id
	b.CreatedAt, b.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return b, nil
}

// selectBoards lists the boards of a community, or of all when it is empty.
func selectBoards(ctx context.Context, q db.Querier, communityID string) ([]api.Leaderboard, error) {
	rows, err := q.Query(ctx, `SELECT `+boardColumns+` FROM leaderboards b WHERE ($1 = '' OR b.community_id = $1)
		ORDER BY b.community_id, b.display_order, b.created_at, b.id`, communityID)
	if err != nil {
		return nil, fmt.Errorf("list leaderboards: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []api.Leaderboard
	for rows.Next() {
		b, err := scanBoard(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

func selectBoard(ctx context.Context, q db.Querier, communityID, id string) (api.Leaderboard, error) {
	return scanBoard(q.QueryRow(ctx, `SELECT `+boardColumns+` FROM leaderboards b WHERE b.community_id = $1 AND b.id = $2`, communityID, id))
}

func insertBoard(ctx context.Context, tx *db.Tx, b api.Leaderboard) error {
	spec, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("spec of leaderboard: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO leaderboards (community_id, id, name, slug, enabled, display_order, spec, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, b.CommunityID, b.ID, b.Name, b.Slug, b.Enabled, b.DisplayOrder, string(spec),
		db.Micros(b.CreatedAt.Time), db.Micros(b.UpdatedAt.Time))
	return slugTaken(err, "insert leaderboard")
}

func updateBoard(ctx context.Context, tx *db.Tx, b api.Leaderboard) error {
	spec, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("spec of leaderboard: %w", err)
	}
	_, err = tx.Exec(ctx, `UPDATE leaderboards SET name = $1, slug = $2, enabled = $3, display_order = $4, spec = $5, updated_at = $6
		WHERE community_id = $7 AND id = $8`, b.Name, b.Slug, b.Enabled, b.DisplayOrder, string(spec), db.Micros(b.UpdatedAt.Time), b.CommunityID, b.ID)
	return slugTaken(err, "update leaderboard")
}

func deleteBoard(ctx context.Context, tx *db.Tx, communityID, id string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM leaderboards WHERE community_id = $1 AND id = $2`, communityID, id); err != nil {
		return fmt.Errorf("delete leaderboard: %w", err)
	}
	return dropProjection(ctx, tx, communityID, id)
}

func slugTaken(err error, what string) error {
	if err == nil {
		return nil
	}
	if db.IsConflict(err) {
		return errSlugTaken
	}
	return fmt.Errorf("%s: %w", what, err)
}

func hasSlug(ctx context.Context, q db.Querier, communityID, slug string) (bool, error) {
	var n int
	err := q.QueryRow(ctx, `SELECT count(*) FROM leaderboards WHERE community_id = $1 AND slug = $2`, communityID, slug).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look up slug: %w", err)
	}
	return n > 0, nil
}

// fieldType is the type of a user field; empty when there is none of that key.
func fieldType(ctx context.Context, q db.Querier, communityID, key string) (string, error) {
	var kind string
	err := q.QueryRow(ctx, `SELECT type FROM user_fields WHERE community_id = $1 AND field = $2`, communityID, key).Scan(&kind)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("look up user field: %w", err)
	}
	return kind, nil
}
