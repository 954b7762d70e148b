package rank

// countBefore returns how many entries sort before e.
func (t *table) countBefore(e entry) int {
	pos, i := t.seek(e)
	return t.sizes.sum(pos) + i
}

// rank returns the rank of the entry at a place under the tie rule.
func (t *table) rank(pos, i int) int {
	switch t.tie {
	case Competition:
		score := t.at(pos).keys[i].score
		if i = t.at(pos).firstOf(score, i); i == 0 {
			return 1 + t.countBefore(first(score))
		}
	case Dense:
		return t.runsBefore(pos, i+1)
	}
	return 1 + t.sizes.sum(pos) + i
}

// standing returns the entry at a place with its rank.
func (t *table) standing(pos, i int) Standing {
	return t.row(t.at(pos).entry(i), t.rank(pos, i))
}

func (t *table) row(e entry, rank int) Standing {
	return Standing{Member: e.member, Rank: rank, Score: t.turn(e.score), At: e.at}
}

// rankOf returns the rank e would have in the place of its member's present entry.
func (t *table) rankOf(e entry) int {
	if t.tie == Competition || t.tie == Dense {
		e = first(e.score)
	}
	pos, i := t.seek(e)
	if t.tie == Dense {
		return 1 + t.runsBefore(pos, i)
	}
	return 1 + t.sizes.sum(pos) + i
}

// standsBefore reports whether a member's present entry makes rankOf(e) one too high.
func (t *table) standsBefore(e entry) bool {
	pos, i, ok := t.locate(e.member)
	if !ok {
		return false
	}
	own := t.at(pos).entry(i)
	switch t.tie {
	case Competition:
		return own.score < e.score
	case Dense:
		return own.score < e.score && t.isAlone(pos, i)
	}
	return t.before(own, e)
}

// countUpTo returns how many entries sort before e or level with it.
func (t *table) countUpTo(e entry) int {
	pos, i := t.seek(e)
	n := t.sizes.sum(pos) + i
	if len(t.ids) == 0 || i == len(t.at(pos).keys) || t.before(e, t.at(pos).entry(i)) {
		return n
	}
	return n + 1
}

// walk yields the rows from an offset on, in order, until yield returns false. The offset is 0 or more.
func (t *table) walk(offset int, yield func(Standing) bool) {
	if offset >= t.size() {
		return
	}
	pos, i := t.sizes.find(offset)
	rank, place, last := t.rank(pos, i), offset+1, t.at(pos).keys[i].score
	for ; pos < len(t.ids); pos, i = pos+1, 0 {
		b := t.at(pos)
		for ; i < len(b.keys); i++ {
			if place > offset+1 {
				rank = t.nextRank(rank, place, b.keys[i].score == last)
			}
			if !yield(t.row(b.entry(i), rank)) {
				return
			}
			last = b.keys[i].score
			place++
		}
	}
}

// nextRank returns the rank of the entry at a place, counted from 1, from that of the entry before it.
func (t *table) nextRank(rank, place int, tied bool) int {
	switch {
	case t.tie == Competition && tied, t.tie == Dense && tied:
		return rank
	case t.tie == Dense:
		return rank + 1
	}
	return place
}

// rows returns at most limit rows from an offset on; nil if there are none. A negative offset counts as 0.
func (t *table) rows(offset, limit int) []Standing {
	offset = max(offset, 0)
	limit = min(limit, t.size()-offset)
	if limit <= 0 {
		return nil
	}
	rows := make([]Standing, 0, limit)
	t.walk(offset, func(s Standing) bool {
		rows = append(rows, s)
		return len(rows) < limit
	})
	return rows
}
