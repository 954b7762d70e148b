package rank

import "math"

// key is what entries are sorted by, ascending. Its score is turned by order.turn, so that the better score is the lower.
type key struct {
	score int64
	at    int64
}

// entry is a key with its member.
type entry struct {
	key
	member uint32
}

// order is the sort order of a board.
type order struct {
	mask     int64 // mask is xored into scores: -1 reverses the order of int64 without overflow, 0 keeps it.
	byMember bool  // byMember ignores the time.
}

func newOrder(o Options) order {
	if o.Ascending {
		return order{byMember: o.Tie == Ordinal}
	}
	return order{mask: -1, byMember: o.Tie == Ordinal}
}

// turn changes a score into its sort form, and back.
func (o order) turn(score int64) int64 { return score ^ o.mask }

func (o order) entry(e Entry) entry {
	return entry{key: key{score: o.turn(e.Score), at: e.At}, member: e.Member}
}

// before reports whether a sorts strictly before b.
func (o order) before(a, b entry) bool {
	if a.score != b.score {
		return a.score < b.score
	}
	if a.at != b.at && !o.byMember {
		return a.at < b.at
	}
	return a.member < b.member
}

// compare is before for slices.SortFunc, on entries as callers give them.
func (o order) compare(a, b Entry) int {
	x, y := o.entry(a), o.entry(b)
	if o.before(x, y) {
		return -1
	}
	if o.before(y, x) {
		return 1
	}
	return 0
}

// first returns the entry that sorts before or level with all entries of a turned score.
func first(score int64) entry {
	return entry{key: key{score: score, at: math.MinInt64}}
}
