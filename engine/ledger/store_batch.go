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
)

// chunk is the most rows in one statement. Statements come in sizes of powers
// of two, so that a few texts serve all groups and stay prepared.
const chunk = 256

// statements keeps the texts of set-wise statements by their size.
//
// SQLite finds the name of a numbered parameter by a walk over all of them, so
// that thousands of $N cost more than the rows themselves; there the sets are
// written with plain question marks, which have no name.
type statements struct {
	dialect db.Dialect
	mu      sync.RWMutex
	texts   map[textKey]string
}

type textKey struct {
	name string
	rows int
}

func newStatements(dialect db.Dialect) *statements {
	return &statements{dialect: dialect, texts: map[textKey]string{}}
}

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
func (s *statements) tuples(rows, width int) string {
	var b strings.Builder
	for i := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(s.list(i*width+1, width))
	}
	return b.String()
}

// list is "($3,$4,…)" of n parameters.
func (s *statements) list(from, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteByte("(,"[min(i, 1)])
		if s.dialect == db.SQLite {
			b.WriteByte('?')
			continue
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	return b.String() + ")"
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
		text := s.text("write "+name, size, func(rows int) string { return head + s.tuples(rows, width) + tail })
		if _, err := tx.Exec(ctx, text, args...); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		from += size
	}
	return nil
}

// read runs a query that ends in a list of keys, in chunks.
func (s *statements) read(ctx context.Context, q db.Querier, name, head string, before []any, keys []string, scan func(*sql.Rows) error) error {
	return s.lists(name, head, before, keys, func(text string, args []any) error { return each(ctx, q, text, args, scan) })
}

// update runs a statement that ends in a list of keys, in chunks.
func (s *statements) update(ctx context.Context, tx *db.Tx, name, head string, before []any, keys []string) error {
	return s.lists(name, head, before, keys, func(text string, args []any) error {
		_, err := tx.Exec(ctx, text, args...)
		return err
	})
}

// lists gives a text and its arguments for every chunk of keys. Lists are
// filled up to a power of two with their last key.
func (s *statements) lists(name, head string, before []any, keys []string, run func(text string, args []any) error) error {
	for len(keys) > 0 {
		part := keys[:min(chunk, len(keys))]
		keys = keys[len(part):]
		size := 1 << bits.Len(uint(len(part)-1))
		args := append(make([]any, 0, len(before)+size), before...)
		for i := range size {
			args = append(args, part[min(i, len(part)-1)])
		}
		text := s.text("list "+name, size, func(n int) string { return head + s.list(len(before)+1, n) })
		if err := run(text, args); err != nil {
			return fmt.Errorf("%s: %w", name, err)
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
