package member

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"laurel/engine/db"
)

// selectByNos reads members in the order of their numbers' list.
func selectByNos(ctx context.Context, d *db.DB, communityID string, nos []int64) ([]record, error) {
	return selectRecords(ctx, d.Read(), d.Dialect(), communityID, nos)
}

// selectRecords is selectByNos over any connection.
func selectRecords(ctx context.Context, q db.Querier, dialect db.Dialect, communityID string, nos []int64) ([]record, error) {
	if len(nos) == 0 {
		return nil, nil
	}
	where, args := numbered(dialect, communityID, nos)
	rows, err := q.Query(ctx, `SELECT `+columns+` FROM members m`+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	defer func() { _ = rows.Close() }()
	found := map[int64]record{}
	for rows.Next() {
		r, err := scanRecord(rows)
		if err != nil {
			return nil, err
		}
		found[r.No] = r
	}
	return inOrder(found, nos), rows.Err()
}

func updateTags(ctx context.Context, tx *db.Tx, communityID, id string, tags []string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE members SET tags = $3, updated_at = $4 WHERE community_id = $1 AND id = $2`, communityID, id, jsonOf(tags, "[]"), db.Micros(now))
	return wrap(err, "tag member "+id)
}

func inOrder(found map[int64]record, nos []int64) []record {
	out := make([]record, 0, len(nos))
	for _, no := range nos {
		if r, ok := found[no]; ok {
			out = append(out, r)
		}
	}
	return out
}

// earnedOn is what a member earned on a day of its community's zone.
func earnedOn(ctx context.Context, q db.Querier, communityID, memberID, day string) (xp, coins int64, err error) {
	err = q.QueryRow(ctx, `SELECT today_xp, today_coins FROM balances WHERE community_id = $1 AND member_id = $2 AND today = $3`,
		communityID, memberID, day).Scan(&xp, &coins)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return xp, coins, wrap(err, "earned today")
}
