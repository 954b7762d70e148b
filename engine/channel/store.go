package channel

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

const columns = `id, topic, description, kind, category_id, url, is_private, is_archived, slow_mode, position, access, speakers, request_roles, user_id, created_at, updated_at`

type scanner interface{ Scan(...any) error }

func scan(row scanner, communityID string) (api.Channel, error) {
	c := api.Channel{ServerID: communityID}
	var access, speakers, requests string
	var created, updated int64
	err := row.Scan(&c.ID, &c.Topic, &c.Description, &c.Type, &c.CategoryID, &c.URL, &c.IsPrivate, &c.IsArchived, &c.SlowMode, &c.Position,
		&access, &speakers, &requests, &c.UserID, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return c, errNotFound
	}
	if err == nil {
		err = errors.Join(json.Unmarshal([]byte(access), &c.Permissions), json.Unmarshal([]byte(speakers), &c.Speakers),
			json.Unmarshal([]byte(requests), &c.RequestRoles))
	}
	if err != nil {
		return c, fmt.Errorf("read channel: %w", err)
	}
	c.CreatedAt, c.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return c, nil
}

// pack writes a list as JSON; nil as an empty one.
func pack[T any](list []T) string {
	if list == nil {
		return "[]"
	}
	raw, err := json.Marshal(list)
	if err != nil { // strings and booleans only
		return "[]"
	}
	return string(raw)
}

func oneChannel(ctx context.Context, q db.Querier, communityID, id string) (api.Channel, error) {
	return scan(q.QueryRow(ctx, `SELECT `+columns+` FROM channels WHERE community_id = $1 AND id = $2`, communityID, id), communityID)
}

func listChannels(ctx context.Context, q db.Querier, communityID string) ([]api.Channel, error) {
	rows, err := q.Query(ctx, `SELECT `+columns+` FROM channels WHERE community_id = $1 ORDER BY position, created_at, id LIMIT 10000`, communityID)
	if err != nil {
		return nil, fmt.Errorf("list channels: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []api.Channel
	for rows.Next() {
		c, err := scan(rows, communityID)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func insertChannel(ctx context.Context, tx *db.Tx, c api.Channel) error {
	_, err := tx.Exec(ctx, `INSERT INTO channels (community_id, id, topic, description, kind, category_id, url, is_private, is_archived, slow_mode,
		position, access, speakers, request_roles, user_id, created_at, updated_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
		c.ServerID, c.ID, c.Topic, c.Description, c.Type, c.CategoryID, c.URL, c.IsPrivate, c.IsArchived, c.SlowMode, c.Position,
		pack(c.Permissions), pack(c.Speakers), pack(c.RequestRoles), c.UserID, db.Micros(c.CreatedAt.Time), db.Micros(c.UpdatedAt.Time))
	if err != nil {
		return fmt.Errorf("insert channel: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO channel_heads (community_id, channel_id, seq) VALUES ($1,$2,0)`, c.ServerID, c.ID)
	return wrap(err, "insert channel head")
}

func updateChannel(ctx context.Context, tx *db.Tx, c api.Channel) error {
	_, err := tx.Exec(ctx, `UPDATE channels SET topic = $3, description = $4, kind = $5, category_id = $6, url = $7, is_private = $8, is_archived = $9,
		slow_mode = $10, position = $11, access = $12, speakers = $13, request_roles = $14, updated_at = $15 WHERE community_id = $1 AND id = $2`,
		c.ServerID, c.ID, c.Topic, c.Description, c.Type, c.CategoryID, c.URL, c.IsPrivate, c.IsArchived, c.SlowMode, c.Position,
		pack(c.Permissions), pack(c.Speakers), pack(c.RequestRoles), db.Micros(c.UpdatedAt.Time))
	return wrap(err, "update channel")
}

func deleteChannel(ctx context.Context, tx *db.Tx, communityID, id string) error {
	for _, query := range []string{
		`DELETE FROM channel_topics WHERE community_id = $1 AND channel_id = $2`,
		`DELETE FROM access_requests WHERE community_id = $1 AND channel_id = $2`,
		`DELETE FROM channel_reads WHERE community_id = $1 AND channel_id = $2`,
		`DELETE FROM channel_heads WHERE community_id = $1 AND channel_id = $2`,
		`DELETE FROM channels WHERE community_id = $1 AND id = $2`,
	} {
		if _, err := tx.Exec(ctx, query, communityID, id); err != nil {
			return fmt.Errorf("delete channel: %w", err)
		}
	}
	return nil
}

func wrap(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
