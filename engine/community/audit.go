package community

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

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

// filter collects conditions with numbered parameters.
type filter struct {
	where []string
	args  []any
}

func (f *filter) add(condition string, arg any) {
	f.args = append(f.args, arg)
	f.where = append(f.where, strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(f.args))))
}

func (f *filter) sql() string { return " WHERE " + strings.Join(f.where, " AND ") }

func (in *auditInput) filter() (*filter, error) {
	f := &filter{}
	f.add("community_id = ?", in.CommunityID)
	if in.Action != "" {
		f.add("(action = ? OR target_type = ?)", in.Action)
	}
	if in.TargetType != "" {
		f.add("target_type = ?", in.TargetType)
	}
	if in.TargetID != "" {
		f.add("target_id = ?", in.TargetID)
	}
	if in.ActorID != "" {
		f.add("actor_id = ?", in.ActorID)
	}
	if in.Search != "" {
		plain := strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(strings.ToLower(in.Search))
		f.add("lower(target_name) LIKE ? ESCAPE '!'", "%"+plain+"%")
	}
	return f, f.between(in.From, in.To)
}

func (f *filter) between(from, to string) error {
	for _, edge := range []struct{ field, value, condition string }{
		{"from", from, "created_at >= ?"}, {"to", to, "created_at < ?"},
	} {
		if edge.value == "" {
			continue
		}
		at, err := api.ParseTime(edge.value)
		if err != nil {
			return api.InvalidField(edge.field, "must be an RFC 3339 time or a date")
		}
		f.add(edge.condition, db.Micros(at))
	}
	return nil
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

func count(ctx context.Context, q db.Querier, table string, f *filter) (int, error) {
	var n int
	err := q.QueryRow(ctx, `SELECT count(*) FROM `+table+f.sql(), f.args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", table, err)
	}
	return n, nil
}

func auditEntries(ctx context.Context, q db.Querier, f *filter, p rest.Paging) ([]api.AuditEntry, error) {
	rows, err := q.Query(ctx, `SELECT id, action, target_type, target_id, target_name, actor_type, actor_id, actor_name, ip, request_id,
		before, after, created_at FROM audit_log`+f.sql()+fmt.Sprintf(` ORDER BY created_at DESC, id DESC LIMIT %d OFFSET %d`, p.Limit, p.Offset()), f.args...)
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
