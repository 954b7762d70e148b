package leaderboard

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"laurel/engine/db"
	"laurel/engine/leaderboard/rule"
)

// gain is one ledger row as a board counts it.
type gain struct {
	seq    int64
	member uint32
	value  int64 // what is added, or the new value where the metric is absolute
	at     int64 // when it happened, in microseconds UTC
}

// ledgerPage is how many rows are read at a time, so that no read lasts long.
const ledgerPage = 50_000

// eachGain reads the rows after one number, up to another, that count for a
// metric and happened in [from, to), in the order of their numbers.
func eachGain(ctx context.Context, q db.Querier, communityID string, m metric, after, upTo, from, to int64, fn func(gain)) error {
	text := `SELECT seq, member_no, ` + m.column + `, occurred_at FROM ledger WHERE community_id = $1 AND seq > $2 AND seq <= $3
		AND occurred_at >= $4 AND occurred_at < $5 AND counts AND ` + m.condition(6) + ` ORDER BY seq LIMIT ` + fmt.Sprint(ledgerPage)
	for {
		n := 0
		args := []any{communityID, after, upTo, from, to}
		for _, action := range m.actions {
			args = append(args, action)
		}
		err := eachRow(ctx, q, text, args, func(rows *sql.Rows) error {
			var g gain
			var member int64
			err := rows.Scan(&g.seq, &member, &g.value, &g.at)
			g.member = uint32(member)
			n++
			after = g.seq
			fn(g)
			return err
		})
		if err != nil {
			return fmt.Errorf("read ledger for board: %w", err)
		}
		if n < ledgerPage {
			return nil
		}
	}
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

// lastSeq is the number of the community's newest ledger row.
func lastSeq(ctx context.Context, q db.Querier, communityID string) (seq int64, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(max(seq), 0) FROM ledger WHERE community_id = $1`, communityID).Scan(&seq)
	if err != nil {
		return 0, fmt.Errorf("last ledger number: %w", err)
	}
	return seq, nil
}

// firstMoment is when the oldest of the community's first rows happened; 0 without any.
func firstMoment(ctx context.Context, q db.Querier, communityID string) (at int64, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(min(occurred_at), 0) FROM ledger WHERE community_id = $1 AND seq <= 1000`, communityID).Scan(&at)
	if err != nil {
		return 0, fmt.Errorf("first ledger moment: %w", err)
	}
	return at, nil
}

// lastMember is the highest member number of the community.
func lastMember(ctx context.Context, q db.Querier, communityID string) (no int64, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(max(no), 0) FROM members WHERE community_id = $1`, communityID).Scan(&no)
	if err != nil {
		return 0, fmt.Errorf("last member number: %w", err)
	}
	return no, nil
}

// eachNo lists the numbers of members in (after, upTo] that a fixed condition holds for.
func eachNo(ctx context.Context, q db.Querier, communityID, condition string, after, upTo int64, fn func(no uint32)) error {
	err := eachRow(ctx, q, `SELECT no FROM members WHERE community_id = $1 AND no > $2 AND no <= $3 AND `+condition,
		[]any{communityID, after, upTo}, func(rows *sql.Rows) error {
			var no int64
			err := rows.Scan(&no)
			fn(uint32(no))
			return err
		})
	if err != nil {
		return fmt.Errorf("list members of board: %w", err)
	}
	return nil
}

// eachPerson reads what audiences look at, of members in (after, upTo].
func eachPerson(ctx context.Context, q db.Querier, communityID string, after, upTo int64, fn func(no uint32, p rule.Person)) error {
	err := eachRow(ctx, q, `SELECT no, id, role, tags FROM members WHERE community_id = $1 AND no > $2 AND no <= $3`,
		[]any{communityID, after, upTo}, func(rows *sql.Rows) error {
			var no int64
			var tags string
			var p rule.Person
			err := rows.Scan(&no, &p.ID, &p.Role, &tags)
			if err == nil {
				p.Tags, err = tagsOf(tags)
			}
			fn(uint32(no), p)
			return err
		})
	if err != nil {
		return fmt.Errorf("read members for audience: %w", err)
	}
	return nil
}

// maxMatches bounds how many members a search by name considers.
const maxMatches = 1000

// membersNamed lists the numbers of living members whose name holds the text.
func membersNamed(ctx context.Context, q db.Querier, communityID, text string) ([]uint32, error) {
	like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
	var out []uint32
	err := eachRow(ctx, q, `SELECT no FROM members WHERE community_id = $1 AND deleted_at = 0 AND (username_key LIKE $2 ESCAPE '\'
		OR lower(display_name) LIKE $2 ESCAPE '\' OR display_name LIKE $3 ESCAPE '\') ORDER BY no LIMIT $4`,
		[]any{communityID, strings.ToLower(like), like, maxMatches}, func(rows *sql.Rows) error {
			var no int64
			err := rows.Scan(&no)
			out = append(out, uint32(no))
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("search members of board: %w", err)
	}
	return out, nil
}
