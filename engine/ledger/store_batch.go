package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"laurel/engine/db"
	"laurel/engine/ledger/rule"
)

// chunk is the most rows in one statement. Statements come in sizes of powers
// of two, so that a few texts serve all groups and stay prepared.
const chunk = 256

// statements keeps the texts of set-wise statements by their size.
type statements struct {
	mu    sync.RWMutex
	texts map[textKey]string
}

type textKey struct {
	name string
	rows int
}

func newStatements() *statements { return &statements{texts: map[textKey]string{}} }

func (s *statements) text(name string, rows int, build func(rows int) string) string {
	key := textKey{name, rows}
	s.mu.RLock()
	text, ok := s.texts[key]
	s.mu.RUnlock()
	if ok {
		return text
	}
	text = build(rows)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.texts[key] = text
	return text
}

// tuples is "($1,$2),($3,$4)" for rows of a width.
func tuples(rows, width int) string {
	var b strings.Builder
	for i := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		list(&b, i*width+1, width)
		b.WriteByte(')')
	}
	return b.String()
}

func list(b *strings.Builder, from, n int) {
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
}

// inList is "($3,$4,…)" of n parameters.
func inList(from, n int) string {
	var b strings.Builder
	b.WriteByte('(')
	list(&b, from, n)
	b.WriteByte(')')
	return b.String()
}

// write runs an insert of n rows in chunks whose sizes are powers of two.
func (s *statements) write(ctx context.Context, tx *db.Tx, name string, n, width int, head, tail string, row func(i int, args []any) []any) error {
	args := make([]any, 0, min(n, chunk)*width)
	for from := 0; from < n; {
		size := min(chunk, 1<<(bits.Len(uint(n-from))-1))
		args = args[:0]
		for i := range size {
			args = row(from+i, args)
		}
		text := s.text("write "+name, size, func(rows int) string { return head + tuples(rows, width) + tail })
		if _, err := tx.Exec(ctx, text, args...); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		from += size
	}
	return nil
}

// read runs a query over sets of keys: head IN (keys) tail. Sets are filled up
// to a power of two with their last key.
func (s *statements) read(ctx context.Context, q db.Querier, name, head, tail string, before []any, keys []string, scan func(*sql.Rows) error) error {
	for len(keys) > 0 {
		part := keys[:min(chunk, len(keys))]
		keys = keys[len(part):]
		size := 1 << bits.Len(uint(len(part)-1))
		args := append(make([]any, 0, len(before)+size), before...)
		for i := range size {
			args = append(args, part[min(i, len(part)-1)])
		}
		text := s.text("read "+name, size, func(n int) string { return head + inList(len(before)+1, n) + tail })
		if err := each(ctx, q, text, args, scan); err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
	return nil
}

func each(ctx context.Context, q db.Querier, text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

type keyedMark struct {
	markKey
	rule.Mark
}

func (s *statements) selectMarks(ctx context.Context, q db.Querier, communityID string, memberIDs []string, fn func(keyedMark)) error {
	return s.read(ctx, q, "marks", `SELECT member_id, action, paid_at, day, paid_today FROM rule_marks WHERE community_id = $1 AND member_id IN `, "",
		[]any{communityID}, memberIDs, func(rows *sql.Rows) error {
			var k keyedMark
			err := rows.Scan(&k.memberID, &k.action, &k.PaidAt, &k.Day, &k.PaidToday)
			fn(k)
			return err
		})
}

func (s *statements) upsertMarks(ctx context.Context, tx *db.Tx, communityID string, marks []keyedMark) error {
	return s.write(ctx, tx, "rule_marks", len(marks), 6,
		`INSERT INTO rule_marks (community_id, member_id, action, paid_at, day, paid_today) VALUES `,
		` ON CONFLICT (community_id, member_id, action) DO UPDATE SET paid_at = excluded.paid_at, day = excluded.day, paid_today = excluded.paid_today`,
		func(i int, args []any) []any {
			m := marks[i]
			return append(args, communityID, m.memberID, m.action, m.PaidAt, m.Day, m.PaidToday)
		})
}
