package leaderboard

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"laurel/engine/db"
	"laurel/engine/leaderboard/rank"
	"laurel/engine/ledger"
)

// rowsAStatement is the most rows of one statement of the projection.
const rowsAStatement = 500

// readScores reads the projection of one period.
func readScores(ctx context.Context, q db.Querier, communityID, boardID, key string) ([]rank.Entry, error) {
	var out []rank.Entry
	err := eachRow(ctx, q, `SELECT member_no, score, reached_at FROM board_scores WHERE community_id = $1 AND board_id = $2 AND period_key = $3`,
		[]any{communityID, boardID, key}, func(rows *sql.Rows) error {
			var no int64
			var e rank.Entry
			err := rows.Scan(&no, &e.Score, &e.At)
			e.Member = uint32(no) //nolint:gosec // member numbers count up from 1
			out = append(out, e)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read board scores: %w", err)
	}
	return out, nil
}

func eachRow(ctx context.Context, q db.Querier, text string, args []any, fn func(*sql.Rows) error) error {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// writeScores writes rows of the projection in sets; gone rows are deleted.
func writeScores(ctx context.Context, tx *db.Tx, communityID, boardID string, rows []score) error {
	var part []score
	for _, r := range rows {
		if r.gone {
			_, err := tx.Exec(ctx, `DELETE FROM board_scores WHERE community_id = $1 AND board_id = $2 AND period_key = $3 AND member_no = $4`,
				communityID, boardID, r.key, int64(r.Member))
			if err != nil {
				return fmt.Errorf("delete board score: %w", err)
			}
			continue
		}
		if part = append(part, r); len(part) == rowsAStatement {
			if err := upsertScores(ctx, tx, communityID, boardID, part); err != nil {
				return err
			}
			part = part[:0]
		}
	}
	return upsertScores(ctx, tx, communityID, boardID, part)
}

func upsertScores(ctx context.Context, tx *db.Tx, communityID, boardID string, rows []score) error {
	if len(rows) == 0 {
		return nil
	}
	var text strings.Builder
	text.WriteString(`INSERT INTO board_scores (community_id, board_id, period_key, member_no, score, reached_at) VALUES `)
	args := []any{communityID, boardID}
	for i, r := range rows {
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString("($1,$2")
		for k := range 4 {
			text.WriteString(",$" + strconv.Itoa(len(args)+1+k))
		}
		text.WriteByte(')')
		args = append(args, r.key, int64(r.Member), r.Score, r.At)
	}
	text.WriteString(` ON CONFLICT (community_id, board_id, period_key, member_no) DO UPDATE SET score = excluded.score, reached_at = excluded.reached_at`)
	if _, err := tx.Exec(ctx, text.String(), args...); err != nil {
		return fmt.Errorf("write board scores: %w", err)
	}
	return nil
}

// readMark is how far the projection has followed the ledger; known is false
// when there is none of these settings.
func readMark(ctx context.Context, q db.Querier, communityID, boardID, spec string) (seq int64, known bool, err error) {
	err = q.QueryRow(ctx, `SELECT applied_seq FROM board_marks WHERE community_id = $1 AND board_id = $2 AND spec_hash = $3`,
		communityID, boardID, spec).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return seq, err == nil, err
}

func writeMark(ctx context.Context, tx *db.Tx, communityID, boardID, spec string, seq int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO board_marks (community_id, board_id, spec_hash, applied_seq) VALUES ($1,$2,$3,$4)
		ON CONFLICT (community_id, board_id) DO UPDATE SET spec_hash = excluded.spec_hash, applied_seq = excluded.applied_seq`,
		communityID, boardID, spec, seq)
	return err
}

// dropProjection forgets all that was derived from the ledger for a board.
func dropProjection(ctx context.Context, tx *db.Tx, communityID, boardID string) error {
	for _, text := range []string{
		`DELETE FROM board_scores WHERE community_id = $1 AND board_id = $2`,
		`DELETE FROM board_marks WHERE community_id = $1 AND board_id = $2`,
		`DELETE FROM board_periods WHERE community_id = $1 AND board_id = $2`,
	} {
		if _, err := tx.Exec(ctx, text, communityID, boardID); err != nil {
			return fmt.Errorf("drop projection: %w", err)
		}
	}
	return nil
}

// writePeriods notes which periods the projection holds.
func writePeriods(ctx context.Context, tx *db.Tx, communityID, boardID string, spans []spanTotal) error {
	for _, s := range spans {
		_, err := tx.Exec(ctx, `INSERT INTO board_periods (community_id, board_id, period, period_key, starts_at, ends_at, total)
			VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (community_id, board_id, period_key) DO UPDATE SET total = excluded.total`,
			communityID, boardID, string(s.Period), s.Key, s.From, s.To, s.total)
		if err != nil {
			return fmt.Errorf("write board period: %w", err)
		}
	}
	return nil
}

// readPeriods lists the periods that the projection holds, newest first.
func readPeriods(ctx context.Context, q db.Querier, communityID, boardID string) ([]spanTotal, error) {
	var out []spanTotal
	err := eachRow(ctx, q, `SELECT period, period_key, starts_at, ends_at, total FROM board_periods
		WHERE community_id = $1 AND board_id = $2 ORDER BY starts_at DESC LIMIT 2000`, []any{communityID, boardID}, func(rows *sql.Rows) error {
		var s spanTotal
		err := rows.Scan(&s.Period, &s.Key, &s.From, &s.To, &s.total)
		out = append(out, s)
		return err
	})
	return out, err
}

func readMorning(ctx context.Context, q db.Querier, communityID, boardID, key, day string) (map[uint32]int, error) {
	var text string
	err := q.QueryRow(ctx, `SELECT ranks FROM board_mornings WHERE community_id = $1 AND board_id = $2 AND period_key = $3 AND day = $4`,
		communityID, boardID, key, day).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return map[uint32]int(nil), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read morning: %w", err)
	}
	var ranks map[uint32]int
	return ranks, json.Unmarshal([]byte(text), &ranks)
}

func writeMorning(ctx context.Context, tx *db.Tx, communityID, boardID, key, day string, ranks map[uint32]int) error {
	text, err := json.Marshal(ranks)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO board_mornings (community_id, board_id, period_key, day, ranks) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (community_id, board_id, period_key) DO UPDATE SET day = excluded.day, ranks = excluded.ranks`,
		communityID, boardID, key, day, string(text))
	return err
}

// unranked lists the members whom no audience lets in: deleted ones, and
// stand-ins unless the board shows them.
func unranked(ctx context.Context, q db.Querier, communityID string, dummies bool) ([]int64, error) {
	return numbers(ctx, q, `SELECT no FROM members WHERE community_id = $1 AND (deleted_at <> 0 OR (is_dummy AND $2))`, communityID, dummies)
}

// maxMatches bounds how many members a search by name considers.
const maxMatches = 1000

// named lists the members whose name holds the text.
func named(ctx context.Context, q db.Querier, communityID, text string) ([]int64, error) {
	like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
	return numbers(ctx, q, `SELECT no FROM members WHERE community_id = $1 AND deleted_at = 0
		AND (username_key LIKE $2 ESCAPE '\' OR lower(display_name) LIKE $2 ESCAPE '\') LIMIT $3`, communityID, like, maxMatches)
}

func numbers(ctx context.Context, q db.Querier, text string, args ...any) ([]int64, error) {
	var out []int64
	err := eachRow(ctx, q, text, args, func(rows *sql.Rows) error {
		var no int64
		err := rows.Scan(&no)
		out = append(out, no)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list members of board: %w", err)
	}
	return out, nil
}

// memberEntries is one member's ledger up to a number.
func memberEntries(ctx context.Context, q db.Querier, communityID, memberID string, upTo int64) ([]ledger.Entry, error) {
	var out []ledger.Entry
	err := eachRow(ctx, q, `SELECT seq, member_no, action, xp, coins, premium, value, counts, occurred_at FROM ledger
		WHERE community_id = $1 AND member_id = $2 AND seq <= $3 ORDER BY seq`, []any{communityID, memberID, upTo}, func(rows *sql.Rows) error {
		e := ledger.Entry{CommunityID: communityID, MemberID: memberID}
		var at int64
		err := rows.Scan(&e.Seq, &e.MemberNo, &e.Action, &e.XP, &e.Coins, &e.Premium, &e.Value, &e.Counts, &at)
		e.OccurredAt = db.FromMicros(at)
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read member's ledger: %w", err)
	}
	return out, nil
}
