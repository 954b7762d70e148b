package db

import (
	"context"
	"database/sql"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"sync"
)

// setRows is the most rows in one statement. Statements come in sizes of
// powers of two, so that a few texts serve all groups and stay prepared.
const setRows = 256

// Sets reads and writes many rows with few statements. It remembers the texts;
// make one per store. It is safe for concurrent use.
type Sets struct {
	dialect Dialect
	mu      sync.RWMutex
	texts   map[setKey]string
}

type setKey struct {
	head, tail string
	rows       int
}

// NewSets makes one without texts.
func NewSets(d Dialect) *Sets { return &Sets{dialect: d, texts: map[setKey]string{}} }

// Insert runs "head VALUES (…),(…) tail" for n rows of the width; row appends
// the i-th row's values.
func (s *Sets) Insert(ctx context.Context, tx *Tx, head, tail string, n, width int, row func(i int, args []any) []any) error {
	args := make([]any, 0, min(n, setRows)*width)
	for from := 0; from < n; {
		size := min(setRows, 1<<(bits.Len(uint(n-from))-1))
		args = args[:0]
		for i := range size {
			args = row(from+i, args)
		}
		text := s.text(setKey{head, tail, size}, func() string { return head + " VALUES " + s.tuples(size, width, 1) + tail })
		if _, err := tx.Exec(ctx, text, args...); err != nil {
			return fmt.Errorf("insert rows: %w", err)
		}
		from += size
	}
	return nil
}

// Select runs a query that ends in the name of a column, for the rows where it
// is one of keys; before are the query's own values.
func (s *Sets) Select(ctx context.Context, q Querier, head string, before []any, keys []string, scan func(*sql.Rows) error) error {
	if len(keys) == 0 {
		return nil
	}
	if s.dialect == SQLite {
		return s.chunks(head, before, keys, func(text string, args []any) error { return Each(ctx, q, text, args, scan) })
	}
	text := s.text(setKey{head: head}, func() string { return keyByKey(head, len(before)+1) })
	return Each(ctx, q, text, append(append([]any{}, before...), keys), scan)
}

// keyByKey makes PostgreSQL look for each key by itself. By a plain list it
// would rather read all of a community's rows where its statistics are old, as
// in a community that has just come.
func keyByKey(head string, parameter int) string {
	return fmt.Sprintf("SELECT found.* FROM unnest($%d::text[]) AS one(key), LATERAL (%s = one.key OFFSET 0) AS found", parameter, head)
}

// Update runs a statement that ends in the name of a column, as Select does.
func (s *Sets) Update(ctx context.Context, tx *Tx, head string, before []any, keys []string) error {
	return s.chunks(head, before, keys, func(text string, args []any) error {
		_, err := tx.Exec(ctx, text, args...)
		return err
	})
}

// chunks gives a text and its values for every chunk of keys. They are filled
// up to a power of two with NULL, which no column equals.
func (s *Sets) chunks(head string, before []any, keys []string, run func(text string, args []any) error) error {
	for len(keys) > 0 {
		part := keys[:min(setRows, len(keys))]
		keys = keys[len(part):]
		size := 1 << bits.Len(uint(len(part)-1))
		args := append(make([]any, 0, len(before)+size), before...)
		for _, key := range part {
			args = append(args, key)
		}
		args = append(args, make([]any, size-len(part))...)
		text := s.text(setKey{head: head, rows: size}, func() string { return head + " IN " + s.tuples(1, size, len(before)+1) })
		if err := run(text, args); err != nil {
			return err
		}
	}
	return nil
}

// Each runs a query and scans its rows.
func Each(ctx context.Context, q Querier, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := q.Query(ctx, query, args...)
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

func (s *Sets) text(key setKey, build func() string) string {
	s.mu.RLock()
	text, ok := s.texts[key]
	s.mu.RUnlock()
	if ok {
		return text
	}
	text = build()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.texts[key] = text
	return text
}

// tuples is "($1,$2),($3,$4)" for rows of a width. SQLite finds a numbered
// parameter by a walk over all of them; there plain question marks are quicker.
func (s *Sets) tuples(rows, width, first int) string {
	var b strings.Builder
	for i := range rows * width {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%width == 0:
			b.WriteString("),(")
		default:
			b.WriteString(",")
		}
		if s.dialect == SQLite {
			b.WriteByte('?')
		} else {
			b.WriteString("$" + strconv.Itoa(first+i))
		}
	}
	return b.String() + ")"
}
