package leaderboard

import (
	"sync/atomic"

	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rank"
)

// morningRanks is how many ranks of a morning are kept.
const morningRanks = 1000

// morning is the ranks with which a day began, by member.
type morning struct {
	day   string
	ranks map[uint32]int
}

// track is the standings of one period. The scores of members who are not
// ranked are kept beside, so that they return to their rank at once.
type track struct {
	span    period.Span
	ranks   *rank.Board
	hidden  map[uint32]cell
	dirty   map[uint32]struct{}
	morning morning
	closed  bool         // the period is over
	unsaved bool         // the morning, or that the period is closed, is not written yet
	used    atomic.Int64 // when it was last asked for, microseconds UTC
}

func newTrack(span period.Span, o rank.Options) *track {
	return &track{span: span, ranks: rank.New(o), hidden: map[uint32]cell{}, dirty: map[uint32]struct{}{}}
}

// fill puts scores in; isRanked says whose are shown.
func (t *track) fill(cells map[uint32]cell, isRanked func(uint32) bool) error {
	entries := make([]rank.Entry, 0, len(cells))
	for no, c := range cells {
		if isRanked(no) {
			entries = append(entries, rank.Entry{Member: no, Score: c.score, At: c.at})
		} else {
			t.hidden[no] = c
		}
	}
	return t.ranks.Load(entries)
}

// apply counts a gain and tells where the member stood and stands: nowhere
// when it is not ranked.
func (t *track) apply(m metric, g gain, isRanked bool) (before, after rank.Standing) {
	t.dirty[g.member] = struct{}{}
	if !isRanked {
		c, known := t.hidden[g.member]
		t.hidden[g.member] = m.after(c, known, g)
		return before, after
	}
	score, at, known := t.ranks.Score(g.member)
	c := m.after(cell{score: score, at: at}, known, g)
	return t.ranks.Set(g.member, c.score, c.at)
}

// cell is a member's score, shown or not.
func (t *track) cell(no uint32) (cell, bool) {
	if score, at, ok := t.ranks.Score(no); ok {
		return cell{score: score, at: at}, true
	}
	c, ok := t.hidden[no]
	return c, ok
}

// show puts a member on the board, or takes it off; the score stays.
func (t *track) show(no uint32, isRanked bool) {
	c, ok := t.hidden[no]
	if isRanked && ok {
		delete(t.hidden, no)
		t.ranks.Set(no, c.score, c.at)
		return
	}
	if score, at, ok := t.ranks.Score(no); ok && !isRanked {
		t.hidden[no] = cell{score: score, at: at}
		t.ranks.Remove(no)
	}
}

// wake notes the ranks with which a day begins.
func (t *track) wake(day string) {
	t.morning, t.unsaved = morning{day: day, ranks: ranksOf(t.ranks)}, true
}

// ranksOf is the present rank of the first thousand.
func ranksOf(b *rank.Board) map[uint32]int {
	top := b.Top(morningRanks)
	out := make(map[uint32]int, len(top))
	for _, s := range top {
		out[s.Member] = s.Rank
	}
	return out
}

// touchAll makes every score be written down.
func (t *track) touchAll() {
	for s := range t.ranks.All() {
		t.dirty[s.Member] = struct{}{}
	}
	for no := range t.hidden {
		t.dirty[no] = struct{}{}
	}
}
