package role

import (
	"context"
	"database/sql"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

// selectThresholds lists a community's thresholds, the least XP first.
func selectThresholds(ctx context.Context, q db.Querier, communityID string) ([]api.RoleThreshold, error) {
	out := []api.RoleThreshold{}
	err := each(ctx, q, `SELECT t.role_id, r.title, t.xp, t.take_back, t.settled FROM role_thresholds t
		JOIN roles r ON r.community_id = t.community_id AND r.id = t.role_id WHERE t.community_id = $1 ORDER BY t.xp, t.role_id`,
		[]any{communityID}, func(rows *sql.Rows) error {
			var t api.RoleThreshold
			err := rows.Scan(&t.RoleID, &t.Role, &t.XP, &t.TakeBack, &t.Settled)
			out = append(out, t)
			return err
		})
	return out, wrap(err, "list XP thresholds")
}

// replaceThresholds leaves those alone that stay as they were.
func replaceThresholds(ctx context.Context, tx *db.Tx, communityID string, in, was []api.RoleThreshold) error {
	settled := map[api.RoleThreshold]bool{}
	for _, t := range was {
		settled[api.RoleThreshold{RoleID: t.RoleID, XP: t.XP, TakeBack: t.TakeBack}] = t.Settled
	}
	if _, err := tx.Exec(ctx, `DELETE FROM role_thresholds WHERE community_id = $1`, communityID); err != nil {
		return wrap(err, "replace XP thresholds")
	}
	for _, t := range in {
		done := settled[api.RoleThreshold{RoleID: t.RoleID, XP: t.XP, TakeBack: t.TakeBack}]
		_, err := tx.Exec(ctx, `INSERT INTO role_thresholds (community_id, role_id, xp, take_back, settled) VALUES ($1,$2,$3,$4,$5)`,
			communityID, t.RoleID, t.XP, t.TakeBack, done)
		if err != nil {
			return wrap(err, "replace XP thresholds")
		}
	}
	return nil
}

// openThreshold is one that may not have been applied to everybody yet.
type openThreshold struct {
	api.RoleThreshold
	communityID string
}

func selectOpenThresholds(ctx context.Context, q db.Querier) ([]openThreshold, error) {
	var out []openThreshold
	err := each(ctx, q, `SELECT community_id, role_id, xp, take_back FROM role_thresholds WHERE NOT settled`, nil, func(rows *sql.Rows) error {
		var o openThreshold
		err := rows.Scan(&o.communityID, &o.RoleID, &o.XP, &o.TakeBack)
		out = append(out, o)
		return err
	})
	return out, wrap(err, "list open XP thresholds")
}

// selectUnsettled lists members, in the order of ids, who have the XP without
// the role, or were given it for XP that they no longer have.
func selectUnsettled(ctx context.Context, tx *db.Tx, o openThreshold, after string, limit int) ([]crossing, error) {
	var out []crossing
	err := each(ctx, tx, `SELECT b.member_id, b.xp >= $3 FROM balances b LEFT JOIN member_roles x
		ON x.community_id = b.community_id AND x.member_id = b.member_id AND x.role_id = $2
		WHERE b.community_id = $1 AND b.member_id > $4 AND ((b.xp >= $3 AND x.role_id IS NULL) OR (b.xp < $3 AND x.source = 'threshold' AND $5))
		ORDER BY b.member_id LIMIT $6`, []any{o.communityID, o.RoleID, o.XP, after, o.TakeBack, limit}, func(rows *sql.Rows) error {
		c := crossing{at: o.RoleThreshold}
		err := rows.Scan(&c.memberID, &c.up)
		out = append(out, c)
		return err
	})
	return out, wrap(err, "list members at XP threshold")
}

// markSettled notes that a threshold is applied to all, unless it was changed
// meanwhile.
func markSettled(ctx context.Context, tx *db.Tx, o openThreshold) error {
	_, err := tx.Exec(ctx, `UPDATE role_thresholds SET settled = TRUE WHERE community_id = $1 AND role_id = $2 AND xp = $3 AND take_back = $4`,
		o.communityID, o.RoleID, o.XP, o.TakeBack)
	return wrap(err, "settle XP threshold")
}

// takeGiven takes a role that was given for XP, and reports whether it was.
func takeGiven(ctx context.Context, tx *db.Tx, communityID, memberID, roleID string) (bool, error) {
	result, err := tx.Exec(ctx, `DELETE FROM member_roles WHERE community_id = $1 AND member_id = $2 AND role_id = $3 AND source = $4`,
		communityID, memberID, roleID, byThreshold)
	return changed(result, err, "take role")
}

func each(ctx context.Context, q db.Querier, query string, args []any, fn func(*sql.Rows) error) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
	}
	return rows.Err()
}
