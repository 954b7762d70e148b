package rank

import (
	"iter"
	"sync"
)

// Board is the standings of one leaderboard and period. Make one with New. All methods may be called by several goroutines:
// readers run side by side, a change runs alone, and each call sees the board as it is between two changes.
type Board struct {
	mu      sync.RWMutex
	options Options
	table   *table
}

// New returns an empty board.
func New(o Options) *Board {
	return &Board{options: o, table: newTable(o)}
}

// Options returns the rules the board was made with.
func (b *Board) Options() Options { return b.options }

// Len returns the number of members on the board.
func (b *Board) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.table.size()
}

// Score returns a member's score and when it was reached, in microseconds UTC; ok is false if the member is not on the board.
func (b *Board) Score(member uint32) (score, at int64, ok bool) {
	s, ok := b.Standing(member)
	return s.Score, s.At, ok
}

// Rank returns a member's rank, from 1; ok is false if the member is not on the board.
func (b *Board) Rank(member uint32) (rank int, ok bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	pos, i, ok := b.table.locate(member)
	if !ok {
		return 0, false
	}
	return b.table.rank(pos, i), true
}

// Place returns where a member's row stands counted from the top, from 1: under tie rules that share ranks no two rows have
// the same place. ok is false if the member is not on the board.
func (b *Board) Place(member uint32) (place int, ok bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	pos, i, ok := b.table.locate(member)
	if !ok {
		return 0, false
	}
	return b.table.sizes.sum(pos) + i + 1, true
}

// Standing returns a member's rank and score together; ok is false if the member is not on the board.
func (b *Board) Standing(member uint32) (s Standing, ok bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	pos, i, ok := b.table.locate(member)
	if !ok {
		return Standing{}, false
	}
	return b.table.standing(pos, i), true
}

// RankOf returns the rank, from 1, that the member would have with this entry, in place of the present one if there is one.
func (b *Board) RankOf(e Entry) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	want := b.table.entry(e)
	rank := b.table.rankOf(want)
	if b.table.standsBefore(want) {
		rank--
	}
	return rank
}

// CountBetter returns how many members have a strictly better score: on a descending board CountBetter(0) is the number of
// members above zero, and a page cut there has ranks without gaps.
func (b *Board) CountBetter(score int64) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.table.countBefore(first(b.table.turn(score)))
}

// Top returns the first n rows, fewer if the board has fewer; nil if there are none.
func (b *Board) Top(n int) []Standing { return b.Page(0, n) }

// Page returns at most limit rows after the first offset rows, in order; nil if there are none. A negative offset counts as 0.
func (b *Board) Page(offset, limit int) []Standing {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.table.rows(offset, limit)
}

// Around returns n rows with the member among them: n/2 above, the member, the rest below, shifted at both ends so that
// there are n rows whenever the board has them. It returns nil if the member is not on the board.
func (b *Board) Around(member uint32, n int) []Standing {
	b.mu.RLock()
	defer b.mu.RUnlock()
	pos, i, ok := b.table.locate(member)
	if !ok || n <= 0 {
		return nil
	}
	start := b.table.sizes.sum(pos) + i - n/2
	return b.table.rows(min(start, b.table.size()-n), n)
}

// After returns the first n rows that sort behind the cursor, in order; nil if there are none. The cursor need not be on
// the board: a walk from the last row of each page to the next meets every member whose score stays as it is exactly once.
func (b *Board) After(cursor Entry, n int) []Standing {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.table.rows(b.table.countUpTo(b.table.entry(cursor)), n)
}

// Before returns the last n rows that sort ahead of the cursor, in the order of the board; nil if there are none.
func (b *Board) Before(cursor Entry, n int) []Standing {
	b.mu.RLock()
	defer b.mu.RUnlock()
	end := b.table.countBefore(b.table.entry(cursor))
	start := max(0, end-max(n, 0))
	return b.table.rows(start, end-start)
}

// All yields every row in order. Writers wait until the loop ends, and the loop's body must not call the board.
func (b *Board) All() iter.Seq[Standing] {
	return func(yield func(Standing) bool) {
		b.mu.RLock()
		defer b.mu.RUnlock()
		b.table.walk(0, yield)
	}
}

// Snapshot returns a copy of all rows in order, 32 bytes each, taken at one moment; nil if there are none. It holds writers
// up for as long as the copy takes, some twenty milliseconds per million; to close a period without that, use Detach.
func (b *Board) Snapshot() []Standing {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.table.rows(0, b.table.size())
}
