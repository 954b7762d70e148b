package rank

import "math"

// Op is what a change does to a member's score.
type Op uint8

// The operations. OpSet is the zero value.
const (
	OpSet    Op = iota // OpSet replaces the score; an equal score keeps its time.
	OpBest             // OpBest keeps the better score by the board's direction, of equal ones the earlier time.
	OpAdd              // OpAdd adds to the score, from 0 for a new member, and stops at the ends of int64; a sum that is equal keeps its time.
	OpRemove           // OpRemove takes the member off the board, if there.
)

// Change is one operation on one member.
type Change struct {
	Op     Op
	Member uint32
	Value  int64 // Value is the score for OpSet and OpBest, the difference for OpAdd.
	At     int64 // At is when it happened, in microseconds UTC.
}

// Move is what one change did: the member's standing right before it and right after it, zero where not on the board.
type Move struct {
	Old, New Standing
}

// Set replaces the member's score and returns the standings before and after. An equal score keeps its time, so that who
// reached it first stays first.
func (b *Board) Set(member uint32, score, at int64) (before, after Standing) {
	return b.apply(Change{Op: OpSet, Member: member, Value: score, At: at})
}

// Best keeps the better of the member's score and this one by the board's direction, and of equal ones the earlier time.
func (b *Board) Best(member uint32, score, at int64) (before, after Standing) {
	return b.apply(Change{Op: OpBest, Member: member, Value: score, At: at})
}

// Add adds delta to the member's score, from 0 for a new member. A sum outside int64 stops at its end.
func (b *Board) Add(member uint32, delta, at int64) (before, after Standing) {
	return b.apply(Change{Op: OpAdd, Member: member, Value: delta, At: at})
}

// Remove takes the member off the board and reports whether they were on it. Those behind move up.
func (b *Board) Remove(member uint32) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.table.remove(member)
}

// Reset takes everybody off the board and gives the memory back.
func (b *Board) Reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.table = newTable(b.options)
}

// Detach takes the whole contents out as a board of their own and leaves this one empty, in constant time: the end of one
// period and the start of the next, with no change lost or counted twice.
func (b *Board) Detach() *Board {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := &Board{options: b.options, table: b.table}
	b.table = newTable(b.options)
	return old
}

// Apply makes the changes in order, with no reader in between, and returns a move for each; nil if there are none.
func (b *Board) Apply(batch []Change) []Move {
	if len(batch) == 0 {
		return nil
	}
	moves := make([]Move, len(batch))
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, c := range batch {
		moves[i] = b.table.apply(c)
	}
	return moves
}

func (b *Board) apply(c Change) (before, after Standing) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := b.table.apply(c)
	return m.Old, m.New
}

func (t *table) apply(c Change) Move {
	pos, i, ok := t.locate(c.Member)
	if !ok {
		return t.enter(c)
	}
	old := t.standing(pos, i)
	if c.Op == OpRemove {
		t.take(pos, i)
		t.index.drop(c.Member)
		return Move{Old: old}
	}
	next := t.entry(t.result(c, old))
	if next == t.at(pos).entry(i) {
		return Move{Old: old, New: old}
	}
	t.take(pos, i)
	return Move{Old: old, New: t.standing(t.put(next))}
}

// enter makes a change for a member who is not on the board: all scores start from 0.
func (t *table) enter(c Change) Move {
	if c.Op == OpRemove {
		return Move{}
	}
	return Move{New: t.standing(t.put(t.entry(Entry{Member: c.Member, Score: c.Value, At: c.At})))}
}

// result returns the entry that a change leaves a ranked member with.
func (t *table) result(c Change, old Standing) Entry {
	score := c.Value
	switch c.Op {
	case OpAdd:
		score = saturatingAdd(old.Score, c.Value)
	case OpBest:
		if t.turn(score) > t.turn(old.Score) {
			return old.Entry()
		}
		if score == old.Score {
			return Entry{Member: c.Member, Score: score, At: min(old.At, c.At)}
		}
	}
	if score == old.Score {
		return old.Entry()
	}
	return Entry{Member: c.Member, Score: score, At: c.At}
}

// saturatingAdd adds two numbers and stops at the ends of int64.
func saturatingAdd(a, b int64) int64 {
	sum := a + b
	switch {
	case a > 0 && b > 0 && sum < 0:
		return math.MaxInt64
	case a < 0 && b < 0 && sum >= 0:
		return math.MinInt64
	}
	return sum
}
