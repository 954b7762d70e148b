package rank

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// board returns a board on which the members 0, 1, 2 … have these scores, reached in that order.
func board(o Options, scores ...int64) *Board {
	b := New(o)
	for i, score := range scores {
		b.Set(uint32(i), score, int64(i))
	}
	return b
}

func members(rows []Standing) (out []uint32) {
	for _, s := range rows {
		out = append(out, s.Member)
	}
	return out
}

func ranks(rows []Standing) (out []int) {
	for _, s := range rows {
		out = append(out, s.Rank)
	}
	return out
}

func TestTieRules(t *testing.T) {
	for _, test := range []struct {
		name    string
		tie     Tie
		ranks   []int
		members []uint32
	}{
		{"first achiever", FirstAchiever, []int{1, 2, 3, 4}, []uint32{4, 3, 2, 1}},
		{"competition", Competition, []int{1, 2, 2, 4}, []uint32{4, 3, 2, 1}},
		{"dense", Dense, []int{1, 2, 2, 3}, []uint32{4, 3, 2, 1}},
		{"ordinal", Ordinal, []int{1, 2, 3, 4}, []uint32{4, 2, 3, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := New(Options{Tie: test.tie})
			b.Set(1, 10, 1)
			b.Set(2, 20, 3)
			b.Set(3, 20, 2)
			b.Set(4, 30, 9)
			rows := b.Top(9)
			if got := ranks(rows); !slices.Equal(got, test.ranks) {
				t.Errorf("ranks: got %v, want %v", got, test.ranks)
			}
			if got := members(rows); !slices.Equal(got, test.members) {
				t.Errorf("members: got %v, want %v", got, test.members)
			}
		})
	}
}

func TestEmptyBoard(t *testing.T) {
	eachRules(t, func(t *testing.T, o Options) {
		b := New(o)
		check(t, b, newModel(o), rand.New(rand.NewPCG(1, 1)))
		if _, ok := b.Rank(0); ok || b.Remove(0) || b.Around(0, 10) != nil || b.Apply(nil) != nil {
			t.Error("an empty board knows member 0")
		}
		if got := b.Apply([]Change{{Op: OpRemove}}); !slices.Equal(got, []Move{{}}) {
			t.Errorf("remove nobody: got %+v", got)
		}
		if err := b.Load(nil); err != nil || b.Len() != 0 {
			t.Errorf("load nothing: got %d entries, %v", b.Len(), err)
		}
		if got := b.RankOf(Entry{Score: 5}); got != 1 {
			t.Errorf("first of all: got rank %d, want 1", got)
		}
	})
}

func TestOneEntry(t *testing.T) {
	eachRules(t, func(t *testing.T, o Options) {
		b := board(o, 7)
		want := []Standing{{Member: 0, Rank: 1, Score: 7, At: 0}}
		for name, got := range map[string][]Standing{
			"top": b.Top(5), "page": b.Page(-3, math.MaxInt), "around": b.Around(0, math.MaxInt), "snapshot": b.Snapshot(),
			"all": slices.Collect(b.All()),
		} {
			if !slices.Equal(got, want) {
				t.Errorf("%s: got %v, want %v", name, got, want)
			}
		}
		if rows := slices.Concat(b.Top(0), b.Top(-1), b.Page(1, 1), b.Page(math.MaxInt, 1), b.Around(0, -1), b.Around(1, 1)); rows != nil {
			t.Errorf("got %v, want no rows", rows)
		}
		if !b.Remove(0) || b.Len() != 0 {
			t.Error("the entry stays")
		}
	})
}

func TestExtremeScores(t *testing.T) {
	b := board(Options{}, math.MinInt64, 0, math.MaxInt64, -1, 1)
	if got, want := members(b.Top(5)), []uint32{2, 4, 1, 3, 0}; !slices.Equal(got, want) {
		t.Errorf("descending: got %v, want %v", got, want)
	}
	if got := b.CountBetter(0); got != 2 {
		t.Errorf("above zero: got %d, want 2", got)
	}
	if got := b.CountBetter(math.MinInt64); got != 4 {
		t.Errorf("above the least: got %d, want 4", got)
	}
	b = board(Options{Ascending: true}, math.MinInt64, 0, math.MaxInt64, -1, 1)
	if got, want := members(b.Top(5)), []uint32{0, 3, 1, 4, 2}; !slices.Equal(got, want) {
		t.Errorf("ascending: got %v, want %v", got, want)
	}
}

func TestAddStopsAtTheEnds(t *testing.T) {
	for _, test := range []struct{ start, delta, want int64 }{
		{math.MaxInt64 - 1, 5, math.MaxInt64},
		{math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{math.MinInt64 + 1, -5, math.MinInt64},
		{math.MinInt64, math.MinInt64, math.MinInt64},
		{math.MinInt64, math.MaxInt64, -1},
		{5, -8, -3},
	} {
		b := board(Options{}, test.start)
		if _, got := b.Add(0, test.delta, 9); got.Score != test.want {
			t.Errorf("%d + %d: got %d, want %d", test.start, test.delta, got.Score, test.want)
		}
	}
}

func TestAroundIsFullAtBothEnds(t *testing.T) {
	b := board(Options{}, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0)
	for _, test := range []struct {
		member uint32
		n      int
		want   []uint32
	}{
		{0, 4, []uint32{0, 1, 2, 3}},
		{1, 4, []uint32{0, 1, 2, 3}},
		{2, 4, []uint32{0, 1, 2, 3}},
		{3, 4, []uint32{1, 2, 3, 4}},
		{4, 5, []uint32{2, 3, 4, 5, 6}},
		{4, 1, []uint32{4}},
		{8, 4, []uint32{6, 7, 8, 9}},
		{9, 4, []uint32{6, 7, 8, 9}},
		{9, 99, []uint32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
	} {
		if got := members(b.Around(test.member, test.n)); !slices.Equal(got, test.want) {
			t.Errorf("%d around %d: got %v, want %v", test.n, test.member, got, test.want)
		}
	}
}

func TestEqualScoreKeepsItsTime(t *testing.T) {
	for _, test := range []struct {
		name   string
		change Change
		want   Entry
	}{
		{"set", Change{Op: OpSet, Value: 10, At: 50}, Entry{Score: 10, At: 20}},
		{"set, told late", Change{Op: OpSet, Value: 10, At: 5}, Entry{Score: 10, At: 20}},
		{"best", Change{Op: OpBest, Value: 10, At: 50}, Entry{Score: 10, At: 20}},
		{"best, told late", Change{Op: OpBest, Value: 10, At: 5}, Entry{Score: 10, At: 5}},
		{"worse than best", Change{Op: OpBest, Value: 9, At: 5}, Entry{Score: 10, At: 20}},
		{"better than best", Change{Op: OpBest, Value: 11, At: 50}, Entry{Score: 11, At: 50}},
		{"add nothing", Change{Op: OpAdd, Value: 0, At: 50}, Entry{Score: 10, At: 20}},
		{"add one", Change{Op: OpAdd, Value: 1, At: 50}, Entry{Score: 11, At: 50}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := New(Options{})
			b.Set(0, 10, 20)
			moves := b.Apply([]Change{test.change})
			if got := moves[0].New.Entry(); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestMovesTellOldAndNewRank(t *testing.T) {
	b := board(Options{}, 30, 20, 10)
	got := b.Apply([]Change{
		{Op: OpAdd, Member: 2, Value: 15, At: 9},
		{Op: OpRemove, Member: 0},
		{Op: OpBest, Member: 7, Value: 22, At: 9},
	})
	want := []Move{
		{Old: Standing{Member: 2, Rank: 3, Score: 10, At: 2}, New: Standing{Member: 2, Rank: 2, Score: 25, At: 9}},
		{Old: Standing{Member: 0, Rank: 1, Score: 30, At: 0}},
		{New: Standing{Member: 7, Rank: 2, Score: 22, At: 9}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("moves (-want +got):\n%s", diff)
	}
}

func TestDetachAndReset(t *testing.T) {
	b := board(Options{Tie: Dense}, 3, 2, 2)
	want := b.Snapshot()
	closed := b.Detach()
	b.Set(1, 99, 9)
	if got := closed.Snapshot(); !slices.Equal(got, want) || closed.Options() != b.Options() {
		t.Errorf("closed: got %v, want %v", got, want)
	}
	if got := members(b.Top(9)); !slices.Equal(got, []uint32{1}) {
		t.Errorf("open: got %v, want member 1 alone", got)
	}
	if b.Reset(); b.Len() != 0 || closed.Len() != 3 {
		t.Errorf("reset: got %d and %d entries, want 0 and 3", b.Len(), closed.Len())
	}
}

func TestLoad(t *testing.T) {
	eachRules(t, func(t *testing.T, o Options) {
		r := rand.New(rand.NewPCG(9, 9))
		for _, size := range []int{1, blockFill, blockFill + 1, 5000} {
			m := newModel(o)
			var entries []Entry
			for _, i := range r.Perm(size) {
				e := Entry{Member: uint32(i * 5), Score: r.Int64N(50), At: r.Int64N(50)}
				entries, m.entries[e.Member] = append(entries, e), e
			}
			b := board(o, 1, 2, 3)
			if err := b.Load(entries); err != nil {
				t.Fatal(err)
			}
			check(t, b, m, r)
		}
	})
}

func TestLoadRefusesDuplicates(t *testing.T) {
	b := board(Options{}, 1, 2, 3)
	err := b.Load([]Entry{{Member: 9, Score: 1}, {Member: 8, Score: 2}, {Member: 9, Score: 3}})
	if !errors.Is(err, ErrDuplicate) || b.Len() != 3 {
		t.Errorf("got %v and %d entries, want ErrDuplicate and the 3 from before", err, b.Len())
	}
}

func TestCursorWalkMeetsTheUnmovedOnce(t *testing.T) {
	eachRules(t, func(t *testing.T, o Options) {
		r := rand.New(rand.NewPCG(4, 2))
		b := New(o)
		for i := range uint32(10_000) {
			b.Set(i, r.Int64N(500), int64(i))
		}
		met := map[uint32]int{}
		for rows := b.Top(50); rows != nil; rows = b.After(rows[len(rows)-1].Entry(), 50) {
			for _, s := range rows {
				met[s.Member]++
			}
			for range 20 {
				b.Set(5000+r.Uint32N(5000), r.Int64N(500), 99)
			}
		}
		for i := range uint32(5000) {
			if met[i] != 1 {
				t.Fatalf("member %d: met %d times, want once", i, met[i])
			}
		}
	})
}
