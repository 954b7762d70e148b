package db

import (
	"context"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"sync"
)

// setRows is the most rows in one statement. Statements come in sizes of
// powers of two, so that a few texts serve all groups and stay prepared.
const setRows = 256

// Sets writes many rows with few statements. It remembers the texts; make one
// per store. It is safe for concurrent use.
type Sets struct {
	mu    sync.RWMutex
	texts map[setKey]string
}

type setKey struct {
	head string
	rows int
}

// NewSets makes one without texts.
func NewSets() *Sets { return &Sets{texts: map[setKey]string{}} }

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
		if _, err := tx.Exec(ctx, s.text(tx.Dialect(), head, tail, size, width), args...); err != nil {
			return fmt.Errorf("insert rows: %w", err)
		}
		from += size
	}
	return nil
}

func (s *Sets) text(dialect Dialect, head, tail string, rows, width int) string {
	key := setKey{head, rows}
	s.mu.RLock()
	text, ok := s.texts[key]
	s.mu.RUnlock()
	if ok {
		return text
	}
	text = head + " VALUES " + tuples(dialect, rows, width) + tail
	s.mu.Lock()
	defer s.mu.Unlock()
	s.texts[key] = text
	return text
}

// tuples is "($1,$2),($3,$4)". SQLite finds a numbered parameter by a walk
// over all of them; there plain question marks are quicker.
func tuples(dialect Dialect, rows, width int) string {
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
		if dialect == SQLite {
			b.WriteByte('?')
		} else {
			b.WriteString("$" + strconv.Itoa(i+1))
		}
	}
	return b.String() + ")"
}
