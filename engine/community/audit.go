package community

import (
	"context"
	"encoding/json"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type auditInput struct {
	CommunityID string `path:"cid"`
	rest.Paging
	Action     string `query:"action" doc:"An action such as leaderboard.update, or its noun"`
	TargetType string `query:"targetType"`
	TargetID   string `query:"targetId"`
	ActorID    string `query:"actorId"`
	Search     string `query:"search" maxLength:"100" doc:"Part of the name of what was changed"`
	From       string `query:"from" doc:"RFC 3339 or date"`
	To         string `query:"to" doc:"RFC 3339 or date"`
}

func (in *auditInput) filter() (*db.Where, error) {
	f := &db.Where{}
	f.And("community_id = ?", in.CommunityID)
	if in.Action != "" {
		f.And("(action = ? OR target_type = ?)", in.Action)
	}
	if in.TargetType != "" {
		f.And("target_type = ?", in.TargetType)
	}
	if in.TargetID != "" {
		f.And("target_id = ?", in.TargetID)
	}
	if in.ActorID != "" {
		f.And("actor_id = ?", in.ActorID)
	}
	if in.Search != "" {
		f.And("lower(target_name) LIKE ? ESCAPE '!'", db.Containing(in.Search))
	}
	return f, rest.Span(f, "created_at", in.From, in.To)
}

func (s *Service) auditLog(ctx context.Context, in *auditInput) (rest.Page[api.AuditEntry], error) {
	f, err := in.filter()
	if err != nil {
		return rest.Page[api.AuditEntry]{}, err
	}
	total, err := count(ctx, s.k.DB().Read(), "audit_log", f)
	if err != nil {
		return rest.Page[api.AuditEntry]{}, err
	}
	items, err := auditEntries(ctx, s.k.DB().Read(), f, in.Paging)
	return rest.PageOf(in.Paging, items, total), err
}

func count(ctx context.Context, q db.Querier, table string, f *db.Where) (int, error) {
	var n int
	err := q.QueryRow(ctx, `SELECT count(*) FROM `+table+f.SQL(), f.Args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", table, err)
	}
	return n, nil
}

func auditEntries(ctx context.Context, q db.Querier, f *db.Where, p rest.Paging) ([]api.AuditEntry, error) {
	rows, err := q.Query(ctx, `SELECT id, action, target_type, target_id, target_name, actor_type, actor_id, actor_name, ip, request_id,
		before, after, created_at FROM audit_log`+f.SQL()+fmt.Sprintf(` ORDER BY created_at DESC, id DESC LIMIT %d OFFSET %d`, p.Limit, p.Offset()), f.Args...)
	if err != nil {
		return nil, fmt.Errorf("read audit log: %w", err)
	}
	defer rows.Close()
	var out []api.AuditEntry
	for rows.Next() {
		e, err := scanAudit(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func scanAudit(row scanner) (api.AuditEntry, error) {
	var e api.AuditEntry
	var before, after string
	var created int64
	err := row.Scan(&e.ID, &e.Action, &e.TargetType, &e.TargetID, &e.TargetName, &e.ActorType, &e.ActorID, &e.ActorName, &e.IP,
		&e.RequestID, &before, &after, &created)
	if err != nil {
		return e, fmt.Errorf("read audit entry: %w", err)
	}
	e.CreatedAt = api.At(db.FromMicros(created))
	for _, part := range []struct {
		text string
		into *map[string]any
	}{{before, &e.Before}, {after, &e.After}} {
		if part.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return e, fmt.Errorf("audit entry %s: %w", e.ID, err)
		}
	}
	return e, nil
}
