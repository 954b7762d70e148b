package role

import (
	"context"
	"fmt"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Numbers gives the numbers of the members who were given a role, named by id
// or title; known is false for no such role, and for @all, which nobody is given.
func (s *Service) Numbers(ctx context.Context, communityID, role string) (nos []int64, known bool, err error) {
	home, err := s.home(ctx, communityID)
	if err != nil {
		return nil, false, err
	}
	for _, r := range home.roles {
		if !r.isDefault && (r.id == role || strings.EqualFold(r.title, role)) {
			nos, err = numbers(ctx, s.k.DB().Read(), communityID, r.id)
			return nos, true, err
		}
	}
	return nil, false, nil
}

func numbers(ctx context.Context, q db.Querier, communityID, roleID string) ([]int64, error) {
	rows, err := q.Query(ctx, `SELECT m.no FROM member_roles x JOIN members m ON m.community_id = x.community_id AND m.id = x.member_id
		WHERE x.community_id = $1 AND x.role_id = $2`, communityID, roleID)
	if err != nil {
		return nil, fmt.Errorf("numbers of role: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []int64
	for rows.Next() {
		var no int64
		if err := rows.Scan(&no); err != nil {
			return nil, fmt.Errorf("numbers of role: %w", err)
		}
		out = append(out, no)
	}
	return out, rows.Err()
}

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
