package joining

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// CreatePolicy makes a policy; whoever registers from now on must agree to it.
// Errors: Invalid.
func (s *Service) CreatePolicy(ctx context.Context, communityID string, in api.PolicyInput) (api.Policy, error) {
	now := s.k.Now()
	p := api.Policy{ID: api.NewIDAt(now), Version: 1, UpdatedAt: api.At(now)}
	if err := shape(&p, in); err != nil {
		return p, err
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO policies (community_id, id, title, body, version, position, created_at, updated_at) VALUES ($1,$2,$3,$4,1,$5,$6,$7)`,
			communityID, p.ID, p.Title, p.Body, p.Position, db.Micros(now), db.Micros(now))
		if err != nil {
			return wrap(err, "insert policy")
		}
		return s.audit(ctx, tx, communityID, "policy.create", p, nil, p)
	})
	return p, err
}

// UpdatePolicy changes a policy; a new title or text makes a new version.
// Errors: NotFound, Invalid.
func (s *Service) UpdatePolicy(ctx context.Context, communityID, id string, in api.PolicyInput) (api.Policy, error) {
	var p api.Policy
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		before, err := onePolicy(ctx, tx, communityID, id)
		if err != nil {
			return err
		}
		p = before
		if err := shape(&p, in); err != nil {
			return err
		}
		if p.Title != before.Title || p.Body != before.Body {
			p.Version++
		}
		p.UpdatedAt = api.At(s.k.Now())
		_, err = tx.Exec(ctx, `UPDATE policies SET title = $3, body = $4, version = $5, position = $6, updated_at = $7 WHERE community_id = $1 AND id = $2`,
			communityID, id, p.Title, p.Body, p.Version, p.Position, db.Micros(p.UpdatedAt.Time))
		if err != nil {
			return wrap(err, "update policy")
		}
		return s.audit(ctx, tx, communityID, "policy.update", p, before, p)
	})
	return p, err
}

// DeletePolicy removes a policy; the consents to it stay on record. Errors: NotFound.
func (s *Service) DeletePolicy(ctx context.Context, communityID, id string) (api.Policy, error) {
	var p api.Policy
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if p, err = onePolicy(ctx, tx, communityID, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM policies WHERE community_id = $1 AND id = $2`, communityID, id); err != nil {
			return wrap(err, "delete policy")
		}
		return s.audit(ctx, tx, communityID, "policy.delete", p, p, nil)
	})
	return p, err
}

func (s *Service) audit(ctx context.Context, tx *db.Tx, communityID, action string, p api.Policy, before, after any) error {
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "policy", TargetID: p.ID, TargetName: p.Title, Before: before, After: after})
}

func shape(p *api.Policy, in api.PolicyInput) error {
	if in.Title != nil {
		p.Title = strings.TrimSpace(*in.Title)
	}
	if in.Body != nil {
		p.Body = strings.TrimSpace(*in.Body)
	}
	if in.Position != nil {
		p.Position = *in.Position
	}
	switch {
	case p.Title == "":
		return api.InvalidField("title", "is required")
	case p.Body == "":
		return api.InvalidField("body", "is required")
	}
	return nil
}

const policyColumns = `SELECT id, title, body, version, position, updated_at FROM policies`

func scanPolicy(row interface{ Scan(...any) error }) (api.Policy, error) {
	var p api.Policy
	var updated int64
	err := row.Scan(&p.ID, &p.Title, &p.Body, &p.Version, &p.Position, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return p, errNoPolicy
	}
	p.UpdatedAt = api.At(db.FromMicros(updated))
	return p, wrap(err, "read policy")
}

func onePolicy(ctx context.Context, q db.Querier, communityID, id string) (api.Policy, error) {
	return scanPolicy(q.QueryRow(ctx, policyColumns+` WHERE community_id = $1 AND id = $2`, communityID, id))
}

func listPolicies(ctx context.Context, q db.Querier, communityID string) ([]api.Policy, error) {
	rows, err := q.Query(ctx, policyColumns+` WHERE community_id = $1 ORDER BY position, created_at, id LIMIT 50`, communityID)
	if err != nil {
		return nil, fmt.Errorf("list policies: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []api.Policy{}
	for rows.Next() {
		p, err := scanPolicy(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

func requiredFields(ctx context.Context, q db.Querier, communityID string) ([]string, error) {
	fields, text := []string{}, ""
	err := q.QueryRow(ctx, `SELECT fields FROM join_requirements WHERE community_id = $1`, communityID).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return fields, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &fields)
	}
	return fields, wrap(err, "read joining requirements")
}

func storeFields(ctx context.Context, tx *db.Tx, communityID string, fields []string, now time.Time) error {
	if fields == nil {
		fields = []string{}
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("joining requirements: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO join_requirements (community_id, fields, updated_at) VALUES ($1,$2,$3)
		ON CONFLICT (community_id) DO UPDATE SET fields = excluded.fields, updated_at = excluded.updated_at`, communityID, string(text), db.Micros(now))
	return wrap(err, "store joining requirements")
}

func wrap(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
