package rank

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ruleSets are the eight kinds of board.
func ruleSets() map[string]Options {
	return map[string]Options{
		"first achiever":           {},
		"competition":              {Tie: Competition},
		"dense":                    {Tie: Dense},
		"ordinal":                  {Tie: Ordinal},
		"first achiever ascending": {Ascending: true},
		"competition ascending":    {Tie: Competition, Ascending: true},
		"dense ascending":          {Tie: Dense, Ascending: true},
		"ordinal ascending":        {Tie: Ordinal, Ascending: true},
	}
}

// eachRules runs a test on all eight kinds of board.
func eachRules(t *testing.T, test func(t *testing.T, o Options)) {
	for name, o := range ruleSets() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, o)
		})
	}
}

// slice returns want[start:end] cut to its bounds, nil if empty, as the board's readers do.
func slice(want []Standing, start, end int) []Standing {
	start, end = max(start, 0), min(end, len(want))
	if start >= end {
		return nil
	}
	return want[start:end]
}

// check compares all that a board can be asked with the model.
func check(t *testing.T, b *Board, m *model, r *rand.Rand) {
	t.Helper()
	want := m.standings()
	if got := b.Snapshot(); !slices.Equal(got, want) {
		t.Fatalf("snapshot differs (-want +got):\n%s", cmp.Diff(want, got))
	}
	if got := b.Len(); got != len(want) {
		t.Fatalf("len: got %d, want %d", got, len(want))
	}
	for _, s := range want {
		if got, ok := b.Standing(s.Member); !ok || got != s {
			t.Fatalf("standing: got %+v, want %+v", got, s)
		}
		if got, _ := b.Rank(s.Member); got != s.Rank {
			t.Fatalf("rank of %d: got %d, want %d", s.Member, got, s.Rank)
		}
	}
	for range 8 {
		checkRows(t, b, want, r)
	}
	checkTrial(t, b, m, want, r)
	checkInvariants(t, b.table)
}

// checkRows compares a random page, top, surroundings and cursor.
func checkRows(t *testing.T, b *Board, want []Standing, r *rand.Rand) {
	t.Helper()
	offset, n := r.IntN(len(want)+3), r.IntN(40)
	same := func(what string, got, want []Standing) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Fatalf("%s at %d, %d: got %v, want %v", what, offset, n, got, want)
		}
	}
	same("top", b.Top(n), slice(want, 0, n))
	same("page", b.Page(offset, n), slice(want, offset, offset+n))
	if offset >= len(want) {
		return
	}
	e := want[offset].Entry()
	start := max(0, min(offset-n/2, len(want)-n))
	same("around", b.Around(e.Member, n), slice(want, start, start+n))
	same("after", b.After(e, n), slice(want, offset+1, offset+1+n))
	same("before", b.Before(e, n), slice(want, offset-n, offset))
}

// checkTrial compares the rank of an entry that is not on the board, for a member who may be, and the count of better scores.
func checkTrial(t *testing.T, b *Board, m *model, want []Standing, r *rand.Rand) {
	t.Helper()
	e := Entry{Member: uint32(r.IntN(2000)), Score: int64(r.IntN(400)) - 200, At: int64(r.IntN(50))}
	if len(want) > 0 && r.IntN(2) == 0 {
		e.Score = want[r.IntN(len(want))].Score
	}
	if got, want := b.RankOf(e), m.rankOf(e); got != want {
		t.Fatalf("rank of %+v: got %d, want %d", e, got, want)
	}
	better := 0
	for _, s := range want {
		if m.better(s.Score, e.Score) < 0 {
			better++
		}
	}
	if got := b.CountBetter(e.Score); got != better {
		t.Fatalf("better than %d: got %d, want %d", e.Score, got, better)
	}
}

// checkInvariants looks inside: no empty or overfull block, counts that fit, an index without strangers.
func checkInvariants(t *testing.T, tb *table) {
	t.Helper()
	if tb.index.count != tb.size() {
		t.Fatalf("index: got %d members, want %d", tb.index.count, tb.size())
	}
	for pos := range tb.ids {
		n := len(tb.at(pos).keys)
		if n == 0 || n > blockMax || n != len(tb.at(pos).members) || n != int(tb.sizes.counts[pos]) {
			t.Fatalf("block %d of %d: %d entries, counted %d", pos, len(tb.ids), n, tb.sizes.counts[pos])
		}
		if tb.tie == Dense && tb.runsIn(pos, 0, n) != int(tb.runs.counts[pos]) {
			t.Fatalf("block %d: got %d runs, want %d", pos, tb.runs.counts[pos], tb.runsIn(pos, 0, n))
		}
	}
}
