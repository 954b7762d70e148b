package referral

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

const programColumns = `id, kind, name, description, is_enabled, stages, created_at, updated_at`

func scanProgram(row interface{ Scan(...any) error }) (api.Program, error) {
	var p api.Program
	var stages string
	var created, updated int64
	err := row.Scan(&p.ID, &p.Kind, &p.Name, &p.Description, &p.IsEnabled, &stages, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return p, errProgram
	}
	if err != nil {
		return p, fmt.Errorf("read program: %w", err)
	}
	p.CreatedAt, p.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return p, json.Unmarshal([]byte(stages), &p.Stages)
}

// selectPrograms lists the programs of a kind, or of both.
func selectPrograms(ctx context.Context, q db.Querier, communityID, kind string) ([]api.Program, error) {
	rows, err := q.Query(ctx, `SELECT `+programColumns+` FROM referral_programs WHERE community_id = $1 AND ($2 = '' OR kind = $2)
		ORDER BY created_at, id`, communityID, kind)
	if err != nil {
		return nil, fmt.Errorf("list programs: %w", err)
	}
	defer rows.Close()
	out := []api.Program{}
	for rows.Next() {
		p, err := scanProgram(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

func selectProgram(ctx context.Context, q db.Querier, communityID, id string) (api.Program, error) {
	return scanProgram(q.QueryRow(ctx, `SELECT `+programColumns+` FROM referral_programs WHERE community_id = $1 AND id = $2`, communityID, id))
}

func putProgram(ctx context.Context, tx *db.Tx, communityID string, p api.Program) error {
	stages, err := json.Marshal(p.Stages)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO referral_programs (community_id, id, kind, name, description, is_enabled, stages, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT (community_id, id) DO UPDATE SET name = excluded.name,
		description = excluded.description, is_enabled = excluded.is_enabled, stages = excluded.stages, updated_at = excluded.updated_at`,
		communityID, p.ID, p.Kind, p.Name, p.Description, p.IsEnabled, string(stages), db.Micros(p.CreatedAt.Time), db.Micros(p.UpdatedAt.Time))
	return err
}

func selectLink(ctx context.Context, q db.Querier, communityID string) (api.ReferralLink, error) {
	var l api.ReferralLink
	err := q.QueryRow(ctx, `SELECT param, field FROM referral_links WHERE community_id = $1`, communityID).Scan(&l.Param, &l.Field)
	if errors.Is(err, sql.ErrNoRows) {
		return l, nil
	}
	return l, err
}

func putLink(ctx context.Context, tx *db.Tx, communityID string, l api.ReferralLink) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_links (community_id, param, field) VALUES ($1,$2,$3)
		ON CONFLICT (community_id) DO UPDATE SET param = excluded.param, field = excluded.field`, communityID, l.Param, l.Field)
	return err
}

func memberOfCode(ctx context.Context, q db.Querier, communityID, key string) (string, error) {
	var id string
	err := q.QueryRow(ctx, `SELECT member_id FROM referral_codes WHERE community_id = $1 AND key = $2`, communityID, key).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

func codeOf(ctx context.Context, q db.Querier, communityID, memberID string) (string, error) {
	var code string
	err := q.QueryRow(ctx, `SELECT code FROM referral_codes WHERE community_id = $1 AND member_id = $2`, communityID, memberID).Scan(&code)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return code, err
}

func putCode(ctx context.Context, tx *db.Tx, communityID, memberID, code string, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_codes (community_id, member_id, code, key, created_at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (community_id, member_id) DO UPDATE SET code = excluded.code, key = excluded.key`,
		communityID, memberID, code, codeKey(code), db.Micros(now))
	return err
}
