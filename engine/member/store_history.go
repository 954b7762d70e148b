package member

import (
	"context"
	"fmt"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

const (
	historyColumns = `id, member_id, field_id, field, name, type, is_private, old_value, new_value, source, actor_type, actor_id, actor_name, created_at`
	historyWidth   = 15 // with the community
	historyAtOnce  = 200
)

// historyQuery narrows histories; empty parts do not.
type historyQuery struct{ memberID, fieldID string }

func (q historyQuery) where(communityID string) (string, []any) {
	where, args := ` WHERE community_id = $1`, []any{communityID}
	for _, part := range []struct{ column, value string }{{"member_id", q.memberID}, {"field_id", q.fieldID}} {
		if part.value != "" {
			args = append(args, part.value)
			where += fmt.Sprintf(" AND %s = $%d", part.column, len(args))
		}
	}
	return where, args
}

func selectHistory(ctx context.Context, q db.Querier, communityID string, h historyQuery, p rest.Paging) (out []historyRow, total int, err error) {
	where, args := h.where(communityID)
	if err := q.QueryRow(ctx, `SELECT count(*) FROM field_histories`+where, args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count histories: %w", err)
	}
	rows, err := q.Query(ctx, `SELECT `+historyColumns+` FROM field_histories`+where+
		fmt.Sprintf(` ORDER BY created_at DESC, id DESC LIMIT %d OFFSET %d`, p.Limit, p.Offset()), args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list histories: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var h historyRow
		var at int64
		if err := rows.Scan(&h.ID, &h.UserID, &h.FieldID, &h.Field, &h.Name, &h.Type, &h.private, &h.OldValue, &h.NewValue, &h.Source,
			&h.Actor.Type, &h.Actor.ID, &h.Actor.Name, &at); err != nil {
			return nil, 0, fmt.Errorf("list histories: %w", err)
		}
		h.CreatedAt = api.At(moment(at))
		out = append(out, h)
	}
	return out, total, rows.Err()
}

func insertHistory(ctx context.Context, tx *db.Tx, dialect db.Dialect, communityID string, rows []historyRow) error {
	for len(rows) > 0 {
		part := rows[:min(len(rows), historyAtOnce)]
		rows = rows[len(part):]
		values, args := make([]string, len(part)), make([]any, 0, len(part)*historyWidth)
		for i, h := range part {
			values[i] = "(" + params(dialect, i*historyWidth+1, historyWidth) + ")"
			args = append(args, communityID, h.ID, h.UserID, h.FieldID, h.Field, h.Name, h.Type, h.private, h.OldValue, h.NewValue, h.Source,
				h.Actor.Type, h.Actor.ID, h.Actor.Name, micros(h.CreatedAt.Time))
		}
		_, err := tx.Exec(ctx, `INSERT INTO field_histories (community_id, `+historyColumns+`) VALUES `+strings.Join(values, ","), args...)
		if err != nil {
			return fmt.Errorf("write histories: %w", err)
		}
	}
	return nil
}

// knowsField reports whether a field is there, or was and has a history.
func knowsField(ctx context.Context, q db.Querier, communityID, fieldID string) (known bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM user_fields WHERE community_id = $1 AND id = $2)
		OR EXISTS (SELECT 1 FROM field_histories WHERE community_id = $1 AND field_id = $2)`, communityID, fieldID).Scan(&known)
	return known, wrap(err, "find user field")
}
