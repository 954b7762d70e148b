package leaderboard

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"laurel/engine/db"
)

// scoreRow is one row of a board's projection: the score of a member in a
// period, exact up to a number of the ledger.
type scoreRow struct {
	key    string
	member uint32
	cell   cell
}

// rowsAtOnce is the most rows of one write of the projection.
const rowsAtOnce = 512

const (
	insertScores = `INSERT INTO board_scores (community_id, board_id, period_key, member_no, score, reached_at, seq)`
	ontoScores   = ` ON CONFLICT (community_id, board_id, period_key, member_no)
		DO UPDATE SET score = excluded.score, reached_at = excluded.reached_at, seq = excluded.seq`
)

// upsertScores writes rows, which must be distinct.
func (s *Service) upsertScores(ctx context.Context, tx *db.Tx, communityID, boardID string, rows []scoreRow) error {
	err := s.scores.Insert(ctx, tx, insertScores, ontoScores, len(rows), 7, func(i int, args []any) []any {
		r := &rows[i]
		return append(args, communityID, boardID, r.key, int64(r.member), r.cell.score, r.cell.at, r.cell.seq)
	})
	if err != nil {
		return fmt.Errorf("write board scores: %w", err)
	}
	return nil
}

// eachScore reads the projection of one period.
func eachScore(ctx context.Context, q db.Querier, communityID, boardID, key string, fn func(member uint32, c cell)) error {
	rows, err := q.Query(ctx, `SELECT member_no, score, reached_at, seq FROM board_scores
		WHERE community_id = $1 AND board_id = $2 AND period_key = $3`, communityID, boardID, key)
	if err != nil {
		return fmt.Errorf("read board scores: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var member int64
		var c cell
		if err := rows.Scan(&member, &c.score, &c.at, &c.seq); err != nil {
			return fmt.Errorf("read board score: %w", err)
		}
		fn(uint32(member), c)
	}
	return rows.Err()
}

// selectMark is how far the projection has followed the ledger; hash is empty
// when there is none.
func selectMark(ctx context.Context, q db.Querier, communityID, boardID string) (hash string, seq int64, err error) {
	err = q.QueryRow(ctx, `SELECT spec_hash, applied_seq FROM board_marks WHERE community_id = $1 AND board_id = $2`, communityID, boardID).
		Scan(&hash, &seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", 0, fmt.Errorf("read board mark: %w", err)
	}
	return hash, seq, nil
}

func upsertMark(ctx context.Context, tx *db.Tx, communityID, boardID, hash string, seq int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO board_marks (community_id, board_id, spec_hash, applied_seq) VALUES ($1,$2,$3,$4)
		ON CONFLICT (community_id, board_id) DO UPDATE SET spec_hash = excluded.spec_hash, applied_seq = excluded.applied_seq`,
		communityID, boardID, hash, seq)
	if err != nil {
		return fmt.Errorf("write board mark: %w", err)
	}
	return nil
}

// dropProjection forgets all that was derived from the ledger for a board.
func dropProjection(ctx context.Context, tx *db.Tx, communityID, boardID string) error {
	for _, table := range []string{"board_scores", "board_marks", "board_periods", "board_mornings"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE community_id = $1 AND board_id = $2`, communityID, boardID); err != nil {
			return fmt.Errorf("drop %s: %w", table, err)
		}
	}
	return nil
}

// dropPeriod forgets one closed period, which is then read from the ledger again.
func dropPeriod(ctx context.Context, tx *db.Tx, communityID, boardID, key string) error {
	for _, table := range []string{"board_scores", "board_periods"} {
		_, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE community_id = $1 AND board_id = $2 AND period_key = $3`, communityID, boardID, key)
		if err != nil {
			return fmt.Errorf("drop period of %s: %w", table, err)
		}
	}
	return nil
}

// periodRow is a closed period whose scores are complete in the projection.
type periodRow struct {
	period, key string
	from, to    int64
	closedAt    int64
	total       int
}

// hasPeriod reports whether a closed period's scores are complete in the projection.
func hasPeriod(ctx context.Context, q db.Querier, communityID, boardID, key string) (bool, error) {
	var n int
	err := q.QueryRow(ctx, `SELECT count(*) FROM board_periods WHERE community_id = $1 AND board_id = $2 AND period_key = $3 AND closed_at <> 0`,
		communityID, boardID, key).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look up board period: %w", err)
	}
	return n > 0, nil
}

func selectPeriods(ctx context.Context, q db.Querier, communityID, boardID string) ([]periodRow, error) {
	rows, err := q.Query(ctx, `SELECT period, period_key, starts_at, ends_at, closed_at, total FROM board_periods
		WHERE community_id = $1 AND board_id = $2 ORDER BY starts_at DESC LIMIT 5000`, communityID, boardID)
	if err != nil {
		return nil, fmt.Errorf("list board periods: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []periodRow
	for rows.Next() {
		var p periodRow
		if err := rows.Scan(&p.period, &p.key, &p.from, &p.to, &p.closedAt, &p.total); err != nil {
			return nil, fmt.Errorf("read board period: %w", err)
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

func upsertPeriod(ctx context.Context, tx *db.Tx, communityID, boardID string, p periodRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO board_periods (community_id, board_id, period, period_key, starts_at, ends_at, closed_at, total)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT (community_id, board_id, period_key)
		DO UPDATE SET closed_at = excluded.closed_at, total = excluded.total`, communityID, boardID, p.period, p.key, p.from, p.to, p.closedAt, p.total)
	if err != nil {
		return fmt.Errorf("write board period: %w", err)
	}
	return nil
}

// selectMornings reads the ranks with which periods of a board began a day, by
// the day or the period_key; column is never input.
func selectMornings(ctx context.Context, q db.Querier, communityID, boardID, column, value string) (map[string]morning, error) {
	rows, err := q.Query(ctx, `SELECT period_key, day, ranks FROM board_mornings WHERE community_id = $1 AND board_id = $2 AND `+column+` = $3`, communityID, boardID, value)
	if err != nil {
		return nil, fmt.Errorf("read mornings: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]morning{}
	for rows.Next() {
		var key, ranks string
		var m morning
		err := rows.Scan(&key, &m.day, &ranks)
		if err == nil {
			err = json.Unmarshal([]byte(ranks), &m.ranks)
		}
		if err != nil {
			return nil, fmt.Errorf("read morning: %w", err)
		}
		out[key] = m
	}
	return out, rows.Err()
}

func upsertMorning(ctx context.Context, tx *db.Tx, communityID, boardID, key string, m morning) error {
	ranks, err := json.Marshal(m.ranks)
	if err == nil {
		_, err = tx.Exec(ctx, `INSERT INTO board_mornings (community_id, board_id, period_key, day, ranks) VALUES ($1,$2,$3,$4,$5)
			ON CONFLICT (community_id, board_id, period_key) DO UPDATE SET day = excluded.day, ranks = excluded.ranks`,
			communityID, boardID, key, m.day, string(ranks))
	}
	if err != nil {
		return fmt.Errorf("write morning: %w", err)
	}
	return nil
}
