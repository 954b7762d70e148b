package member

import (
	"context"
	"encoding/json"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

// dropTraces removes what names a person outside its own row.
func dropTraces(ctx context.Context, tx *db.Tx, communityID, memberID, address string) error {
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM api_keys WHERE community_id = $1 AND member_id = $2 AND kind = 'user'`, []any{communityID, memberID}},
		{`DELETE FROM field_histories WHERE community_id = $1 AND member_id = $2`, []any{communityID, memberID}},
		{`UPDATE field_histories SET actor_name = '' WHERE community_id = $1 AND actor_type = 'user' AND actor_id = $2`, []any{communityID, memberID}},
		{`DELETE FROM avatars WHERE community_id = $1 AND member_id = $2`, []any{communityID, memberID}},
		{`DELETE FROM badge_proofs WHERE community_id = $1 AND application_id IN (SELECT id FROM badge_applications WHERE community_id = $1 AND member_id = $2)`, []any{communityID, memberID}},
		{`DELETE FROM badge_applications WHERE community_id = $1 AND member_id = $2`, []any{communityID, memberID}},
		{`DELETE FROM one_use_tokens WHERE community_id = $1 AND member_id = $2`, []any{communityID, memberID}},
		{`UPDATE logins SET ip = '', user_agent = '' WHERE community_id = $1 AND member_id = $2`, []any{communityID, memberID}},
		{`DELETE FROM mails WHERE community_id = $1 AND recipient = $2`, []any{communityID, address}},
		{`UPDATE audit_log SET target_name = '', before = '', after = '' WHERE community_id = $1 AND target_type = 'user' AND target_id = $2`, []any{communityID, memberID}},
		{`UPDATE audit_log SET actor_name = '', ip = '' WHERE community_id = $1 AND actor_type = 'user' AND actor_id = $2`, []any{communityID, memberID}},
	} {
		if _, err := tx.Exec(ctx, step.query, step.args...); err != nil {
			return fmt.Errorf("remove traces of a member: %w", err)
		}
	}
	return nil
}

func mailsTo(ctx context.Context, q db.Querier, communityID, address string) ([]api.Mail, error) {
	out := []api.Mail{}
	if address == "" {
		return out, nil
	}
	rows, err := q.Query(ctx, `SELECT id, recipient, subject, status, error, created_at FROM mails
		WHERE community_id = $1 AND recipient = $2 ORDER BY created_at DESC, id`, communityID, address)
	if err != nil {
		return nil, fmt.Errorf("mails of a member: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var m api.Mail
		var created int64
		if err := rows.Scan(&m.ID, &m.To, &m.Subject, &m.Status, &m.Error, &created); err != nil {
			return nil, fmt.Errorf("mails of a member: %w", err)
		}
		m.CreatedAt = api.At(moment(created))
		out = append(out, m)
	}
	return out, rows.Err()
}

// changesOf are the administrative acts by and on a member, newest first.
func changesOf(ctx context.Context, q db.Querier, communityID, memberID string) ([]api.AuditEntry, error) {
	rows, err := q.Query(ctx, `SELECT id, action, target_type, target_id, target_name, actor_type, actor_id, actor_name, ip, request_id,
		before, after, created_at FROM audit_log WHERE community_id = $1
		AND ((target_type = 'user' AND target_id = $2) OR (actor_type = 'user' AND actor_id = $2)) ORDER BY created_at DESC, id`,
		communityID, memberID)
	if err != nil {
		return nil, fmt.Errorf("changes of a member: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []api.AuditEntry{}
	for rows.Next() {
		var e api.AuditEntry
		var before, after string
		var created int64
		if err := rows.Scan(&e.ID, &e.Action, &e.TargetType, &e.TargetID, &e.TargetName, &e.ActorType, &e.ActorID, &e.ActorName,
			&e.IP, &e.RequestID, &before, &after, &created); err != nil {
			return nil, fmt.Errorf("changes of a member: %w", err)
		}
		_ = json.Unmarshal([]byte(before), &e.Before) // empty stands for nothing
		_ = json.Unmarshal([]byte(after), &e.After)
		e.CreatedAt = api.At(moment(created))
		out = append(out, e)
	}
	return out, rows.Err()
}
