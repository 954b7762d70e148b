package role

import (
	"context"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// holders lists a page of the members who were given a role, newest first.
func holders(ctx context.Context, q db.Querier, communityID, roleID string, p rest.Paging) (out []api.RoleHolder, total int, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM member_roles WHERE community_id = $1 AND role_id = $2`, communityID, roleID).Scan(&total)
	if err != nil {
		return nil, 0, fmt.Errorf("count members of role: %w", err)
	}
	rows, err := q.Query(ctx, `SELECT m.id, m.no, m.username, m.display_name, m.avatar, x.source, x.created_at FROM member_roles x
		JOIN members m ON m.community_id = x.community_id AND m.id = x.member_id
		WHERE x.community_id = $1 AND x.role_id = $2 ORDER BY x.created_at DESC, m.no LIMIT $3 OFFSET $4`, communityID, roleID, p.Limit, p.Offset())
	if err != nil {
		return nil, 0, fmt.Errorf("list members of role: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var h api.RoleHolder
		var at int64
		if err := rows.Scan(&h.ID, &h.Number, &h.Username, &h.DisplayName, &h.Avatar, &h.Source, &at); err != nil {
			return nil, 0, fmt.Errorf("list members of role: %w", err)
		}
		h.GivenAt = api.At(db.FromMicros(at))
		out = append(out, h)
	}
	return out, total, rows.Err()
}
