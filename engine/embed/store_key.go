package embed

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
)

const keyColumns = `community_id, id, access_id, name, hash, sealed, old_hash, old_sealed, old_until, algorithm, public_key,
allowed_origins, identifier_map, create_users, is_active, revoked_at, last_used_at, created_at, updated_at`

func scanKey(row scanner) (accessKey, error) {
	var k accessKey
	var origins, identifiers string
	var oldUntil, revoked, used, created, updated int64
	err := row.Scan(&k.communityID, &k.ID, &k.AccessID, &k.Name, &k.hash, &k.sealed, &k.oldHash, &k.oldSealed, &oldUntil, &k.Algorithm,
		&k.PublicKey, &origins, &identifiers, &k.CreateUsers, &k.IsActive, &revoked, &used, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return k, errKeyMissing
	}
	if err != nil {
		return k, fmt.Errorf("read access key: %w", err)
	}
	k.oldUntil, k.revokeAt = moment(oldUntil), moment(revoked)
	k.OldKeyUntil, k.RevokedAt, k.LastUsedAt = api.AtPtr(k.oldUntil), api.AtPtr(k.revokeAt), api.AtPtr(moment(used))
	k.CreatedAt, k.UpdatedAt = api.At(moment(created)), api.At(moment(updated))
	return k, errors.Join(json.Unmarshal([]byte(origins), &k.AllowedOrigins), json.Unmarshal([]byte(identifiers), &k.IdentifierMap))
}

// moment is the zero time for 0.
func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return db.FromMicros(micros)
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return db.Micros(t)
}

func oneAccessKey(ctx context.Context, q db.Querier, communityID, id string) (accessKey, error) {
	return scanKey(q.QueryRow(ctx, `SELECT `+keyColumns+` FROM access_keys WHERE community_id = $1 AND id = $2`, communityID, id))
}

func byAccessID(ctx context.Context, q db.Querier, accessID string) (accessKey, error) {
	return scanKey(q.QueryRow(ctx, `SELECT `+keyColumns+` FROM access_keys WHERE access_id = $1`, accessID))
}

func listAccessKeys(ctx context.Context, q db.Querier, communityID string) ([]api.AccessKey, error) {
	rows, err := q.Query(ctx, `SELECT `+keyColumns+` FROM access_keys WHERE community_id = $1 ORDER BY created_at DESC, id DESC LIMIT 500`, communityID)
	if err != nil {
		return nil, fmt.Errorf("list access keys: %w", err)
	}
	defer rows.Close()
	out := []api.AccessKey{}
	for rows.Next() {
		k, err := scanKey(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, k.AccessKey)
	}
	return out, rows.Err()
}

func keyLists(k accessKey) (origins, identifiers string, err error) {
	o, err1 := json.Marshal(k.AllowedOrigins)
	m, err2 := json.Marshal(k.IdentifierMap)
	return string(o), string(m), errors.Join(err1, err2)
}

func insertAccessKey(ctx context.Context, tx *db.Tx, k accessKey) error {
	origins, identifiers, err := keyLists(k)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO access_keys (`+keyColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)`,
		k.communityID, k.ID, k.AccessID, k.Name, k.hash, k.sealed, k.oldHash, k.oldSealed, micros(k.oldUntil), k.Algorithm, k.PublicKey,
		origins, identifiers, k.CreateUsers, k.IsActive, micros(k.revokeAt), 0, micros(k.CreatedAt.Time), micros(k.UpdatedAt.Time))
	return err
}

func updateAccessKey(ctx context.Context, tx *db.Tx, k accessKey) error {
	origins, identifiers, err := keyLists(k)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE access_keys SET name = $1, hash = $2, sealed = $3, old_hash = $4, old_sealed = $5, old_until = $6,
		algorithm = $7, public_key = $8, allowed_origins = $9, identifier_map = $10, create_users = $11, is_active = $12, revoked_at = $13,
		updated_at = $14 WHERE community_id = $15 AND id = $16`, k.Name, k.hash, k.sealed, k.oldHash, k.oldSealed, micros(k.oldUntil),
		k.Algorithm, k.PublicKey, origins, identifiers, k.CreateUsers, k.IsActive, micros(k.revokeAt), micros(k.UpdatedAt.Time), k.communityID, k.ID)
	return err
}

func endSessions(ctx context.Context, tx *db.Tx, communityID, keyID string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE embed_sessions SET revoked_at = $1 WHERE community_id = $2 AND access_key_id = $3 AND revoked_at = 0`,
		micros(now), communityID, keyID)
	return err
}
