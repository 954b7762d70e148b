package rank

import (
	"cmp"
	"math"
	"math/big"
	"slices"
)

// model is the plain reading of the rules that a board is held against: a map, sorted afresh for every question.
type model struct {
	options Options
	entries map[uint32]Entry
}

func newModel(o Options) *model {
	return &model{options: o, entries: map[uint32]Entry{}}
}

func (m *model) better(a, b int64) int {
	if m.options.Ascending {
		return cmp.Compare(a, b)
	}
	return cmp.Compare(b, a)
}

func (m *model) compare(a, b Entry) int {
	if c := m.better(a.Score, b.Score); c != 0 {
		return c
	}
	if m.options.Tie != Ordinal && a.At != b.At {
		return cmp.Compare(a.At, b.At)
	}
	return cmp.Compare(a.Member, b.Member)
}

// standings sorts all entries and counts their ranks one by one.
func (m *model) standings() []Standing {
	var sorted []Entry
	for _, e := range m.entries {
		sorted = append(sorted, e)
	}
	slices.SortFunc(sorted, m.compare)
	var out []Standing
	for i, e := range sorted {
		rank := i + 1
		if i > 0 && e.Score == sorted[i-1].Score && m.options.Tie == Competition {
			rank = out[i-1].Rank
		}
		if i > 0 && m.options.Tie == Dense {
			rank = out[i-1].Rank
			if e.Score != sorted[i-1].Score {
				rank++
			}
		}
		out = append(out, Standing{Member: e.Member, Rank: rank, Score: e.Score, At: e.At})
	}
	return out
}

func (m *model) apply(c Change) {
	old, ok := m.entries[c.Member]
	next := Entry{Member: c.Member, Score: c.Value, At: c.At}
	switch c.Op {
	case OpRemove:
		delete(m.entries, c.Member)
		return
	case OpAdd:
		next.Score = clampedSum(old.Score, c.Value)
	case OpBest:
		if ok && m.better(old.Score, c.Value) < 0 {
			return
		}
		if ok && old.Score == c.Value {
			next.At = min(old.At, c.At)
			m.entries[c.Member] = next
			return
		}
	}
	if ok && next.Score == old.Score {
		return
	}
	m.entries[c.Member] = next
}

func clampedSum(a, b int64) int64 {
	sum := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
	switch {
	case sum.IsInt64():
		return sum.Int64()
	case sum.Sign() > 0:
		return math.MaxInt64
	}
	return math.MinInt64
}

// rankOf puts the entry in by force and looks where it is.
func (m *model) rankOf(e Entry) int {
	trial := newModel(m.options)
	for member, own := range m.entries {
		trial.entries[member] = own
	}
	trial.entries[e.Member] = e
	for _, s := range trial.standings() {
		if s.Member == e.Member {
			return s.Rank
		}
	}
	return 0
}
