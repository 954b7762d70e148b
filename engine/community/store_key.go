package community

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type keyRow struct {
	kind, memberID string
	key            api.APIKey
}

var errKeyNotFound = api.NewError(api.NotFound, "api_key_not_found", "No API key has that id.")

const keyColumns = `id, kind, member_id, prefix, name, permissions, expire_period, expires_at, is_active, last_used_at,
	last_ip, old_until, channel_ids, created_at, updated_at`

func scanKey(row scanner) (keyRow, error) {
	var r keyRow
	var permissions, channels string
	var expires, used, overlap, created, updated int64
	err := row.Scan(&r.key.ID, &r.kind, &r.memberID, &r.key.Key, &r.key.Name, &permissions, &r.key.ExpirePeriod, &expires,
		&r.key.IsActive, &used, &r.key.LastIP, &overlap, &channels, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return r, errKeyNotFound
	}
	if err != nil {
		return r, fmt.Errorf("read key: %w", err)
	}
	r.key.ExpireDate, r.key.LastUsedAt, r.key.OverlapUntil = optional(expires), optional(used), optional(overlap)
	r.key.CreatedAt, r.key.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	if err := json.Unmarshal([]byte(channels), &r.key.ChannelIDs); err != nil {
		return r, fmt.Errorf("channels of key: %w", err)
	}
	return r, json.Unmarshal([]byte(permissions), &r.key.Permissions)
}

func optional(micros int64) *api.Time {
	if micros == 0 {
		return nil
	}
	return api.AtPtr(db.FromMicros(micros))
}

func oneKey(ctx context.Context, q db.Querier, communityID, kind, memberID, id string) (keyRow, error) {
	return scanKey(q.QueryRow(ctx, `SELECT `+keyColumns+` FROM api_keys
		WHERE community_id = $1 AND kind = $2 AND member_id = $3 AND id = $4`, communityID, kind, memberID, id))
}

func listKeys(ctx context.Context, q db.Querier, communityID, kind, memberID string) ([]api.APIKey, error) {
	rows, err := q.Query(ctx, `SELECT `+keyColumns+` FROM api_keys WHERE community_id = $1 AND kind = $2 AND member_id = $3
		ORDER BY created_at DESC, id DESC LIMIT 1000`, communityID, kind, memberID)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	defer rows.Close()
	out := []api.APIKey{}
	for rows.Next() {
		r, err := scanKey(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r.key)
	}
	return out, rows.Err()
}

func insertKey(ctx context.Context, tx *db.Tx, communityID string, r keyRow, hash string) error {
	permissions, channels, err := r.lists()
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO api_keys (community_id, id, kind, member_id, hash, prefix, name, permissions, expire_period,
		expires_at, is_active, created_by, created_at, updated_at, channel_ids) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
		communityID, r.key.ID, r.kind, r.memberID, hash, r.key.Key, r.key.Name, permissions, r.key.ExpirePeriod,
		microsOf(r.key.ExpireDate), r.key.IsActive, rest.CallerOf(ctx).MemberID, db.Micros(r.key.CreatedAt.Time), db.Micros(r.key.UpdatedAt.Time), channels)
	if err != nil {
		return fmt.Errorf("insert key: %w", err)
	}
	return nil
}

func microsOf(t *api.Time) int64 {
	if t == nil {
		return 0
	}
	return db.Micros(t.Time)
}

// lists are the key's permissions and channels as they are stored.
func (r keyRow) lists() (permissions, channels string, err error) {
	p, err := json.Marshal(r.key.Permissions)
	if err != nil {
		return "", "", err
	}
	if len(r.key.ChannelIDs) == 0 {
		return string(p), "[]", nil
	}
	c, err := json.Marshal(r.key.ChannelIDs)
	return string(p), string(c), err
}

func updateKey(ctx context.Context, tx *db.Tx, communityID string, k api.APIKey) error {
	permissions, channels, err := keyRow{key: k}.lists()
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE api_keys SET name = $1, permissions = $2, expire_period = $3, expires_at = $4, is_active = $5, updated_at = $6,
		channel_ids = $7 WHERE community_id = $8 AND id = $9`, k.Name, permissions, k.ExpirePeriod, microsOf(k.ExpireDate), k.IsActive,
		db.Micros(k.UpdatedAt.Time), channels, communityID, k.ID)
	return err
}

// replaceHash gives a key a new secret; the present one works until then, or
// stops at once for the zero time.
func replaceHash(ctx context.Context, tx *db.Tx, communityID, id string, k auth.Key, now, until time.Time) error {
	const stop = `UPDATE api_keys SET hash = $1, prefix = $2, updated_at = $3, old_hash = '', old_until = 0 WHERE community_id = $4 AND id = $5`
	const overlap = `UPDATE api_keys SET hash = $1, prefix = $2, updated_at = $3, old_hash = hash, old_until = $6 WHERE community_id = $4 AND id = $5`
	args := []any{k.Hash, k.Prefix, db.Micros(now), communityID, id}
	text := stop
	if !until.IsZero() {
		text, args = overlap, append(args, db.Micros(until))
	}
	_, err := tx.Exec(ctx, text, args...)
	return err
}

// keyRequests lists a key's newest requests.
func keyRequests(ctx context.Context, q db.Querier, communityID, id string) ([]api.KeyRequest, error) {
	rows, err := q.Query(ctx, `SELECT method, route, status, ip, at FROM key_requests WHERE community_id = $1 AND key_id = $2
		ORDER BY at DESC, id DESC LIMIT $3`, communityID, id, rest.KeptRequests)
	if err != nil {
		return nil, fmt.Errorf("list requests of key: %w", err)
	}
	defer rows.Close()
	out := []api.KeyRequest{}
	for rows.Next() {
		var r api.KeyRequest
		var at int64
		if err := rows.Scan(&r.Method, &r.Route, &r.Status, &r.IP, &at); err != nil {
			return nil, fmt.Errorf("read request of key: %w", err)
		}
		r.At = api.At(db.FromMicros(at))
		out = append(out, r)
	}
	return out, rows.Err()
}

func deleteKey(ctx context.Context, tx *db.Tx, communityID, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM api_keys WHERE community_id = $1 AND id = $2`, communityID, id)
	if err == nil {
		_, err = tx.Exec(ctx, `DELETE FROM key_requests WHERE community_id = $1 AND key_id = $2`, communityID, id)
	}
	return err
}

func communityOfKey(ctx context.Context, q db.Querier, kind, hash string, now time.Time) (string, error) {
	var id string
	err := q.QueryRow(ctx, `SELECT community_id FROM api_keys WHERE kind = $1 AND (hash = $2 OR (old_hash = $2 AND old_until > $3)) AND is_active`,
		kind, hash, db.Micros(now)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", errKeyNotFound
	}
	return id, err
}

func auditChange(action, targetType, id, name string) rest.Change {
	return rest.Change{Action: action, TargetType: targetType, TargetID: id, TargetName: name}
}
