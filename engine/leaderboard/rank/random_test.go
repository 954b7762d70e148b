package rank

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// journey draws random changes: few scores so that ties are long, some extreme ones, and members who leave and return.
type journey struct {
	*rand.Rand
	members int
	banned  []uint32
}

func (j *journey) score() int64 {
	switch j.IntN(40) {
	case 0:
		return math.MaxInt64
	case 1:
		return math.MinInt64
	case 2:
		return int64(j.Uint64())
	}
	return int64(j.IntN(300)) - 100
}

// next returns the next change. One in forty bans a member or lets a banned one return.
func (j *journey) next() Change {
	c := Change{Member: uint32(j.IntN(j.members)), At: int64(j.IntN(1000))}
	switch n := j.IntN(40); {
	case n == 0 && len(j.banned) > 0:
		c.Member, j.banned = j.banned[0], j.banned[1:]
		c.Value = j.score()
	case n == 1:
		c.Op, j.banned = OpRemove, append(j.banned, c.Member)
	case n < 4:
		c.Op = OpRemove
	case n < 14:
		c.Op, c.Value = OpBest, j.score()
	case n < 22:
		c.Op, c.Value = OpAdd, int64(j.IntN(20))
	case n < 28:
		c.Op, c.Value = OpAdd, -int64(j.IntN(20))
	case n == 28:
		c.Op, c.Value = OpAdd, j.score()
	default:
		c.Value = j.score()
	}
	return c
}

func TestBoardEqualsSort(t *testing.T) {
	const operations, every = 100_000, 2500
	eachRules(t, func(t *testing.T, o Options) {
		j := &journey{Rand: rand.New(rand.NewPCG(7, uint64(o.Tie))), members: 3000}
		b, m := New(o), newModel(o)
		for n := 1; n <= operations; n++ {
			if n%37_000 == 0 {
				b.Reset()
				m = newModel(o)
			}
			step(t, b, m, j.next())
			if n%every == 0 {
				check(t, b, m, j.Rand)
			}
		}
	})
}

// step makes one change through the method of its name and compares the standings it returns with the board's.
func step(t *testing.T, b *Board, m *model, c Change) {
	t.Helper()
	was, _ := b.Standing(c.Member)
	before, after := was, Standing{}
	switch c.Op {
	case OpSet:
		before, after = b.Set(c.Member, c.Value, c.At)
	case OpBest:
		before, after = b.Best(c.Member, c.Value, c.At)
	case OpAdd:
		before, after = b.Add(c.Member, c.Value, c.At)
	case OpRemove:
		if got := b.Remove(c.Member); got != was.IsRanked() {
			t.Fatalf("remove: got %v, want %v", got, was.IsRanked())
		}
	}
	m.apply(c)
	is, _ := b.Standing(c.Member)
	if before != was || after != is {
		t.Fatalf("%+v: got %+v to %+v, want %+v to %+v", c, before, after, was, is)
	}
}

// TestBoardShrinks empties boards of many blocks in several orders, so that blocks merge and vanish.
func TestBoardShrinks(t *testing.T) {
	eachRules(t, func(t *testing.T, o Options) {
		r := rand.New(rand.NewPCG(1, 2))
		b, m := New(o), newModel(o)
		for n := range 6000 {
			c := Change{Member: uint32(n), Value: int64(r.IntN(900)), At: int64(n)}
			b.Apply([]Change{c})
			m.apply(c)
		}
		for m := m; len(m.entries) > 0; {
			for _, s := range shuffledPart(r, m.standings()) {
				b.Remove(s.Member)
				m.apply(Change{Op: OpRemove, Member: s.Member})
			}
			check(t, b, m, r)
		}
	})
}

// shuffledPart picks some rows: one stretch, or any.
func shuffledPart(r *rand.Rand, rows []Standing) []Standing {
	if r.IntN(2) == 0 {
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	start := r.IntN(len(rows))
	return rows[start:min(len(rows), start+700)]
}

// TestWritersTogether lets eight writers and four readers at one board; each writer has its own members, so that the end is known.
func TestWritersTogether(t *testing.T) {
	eachRules(t, func(t *testing.T, o Options) {
		b, m := New(o), newModel(o)
		var writers sync.WaitGroup
		plans := make([][]Change, 8)
		for w := range plans {
			plans[w] = plan(w, 2500)
			writers.Go(func() { carryOut(b, plans[w]) })
		}
		for range 4 {
			writers.Go(func() { readAlong(t, b) })
		}
		writers.Wait()
		for _, c := range slices.Concat(plans...) {
			m.apply(c)
		}
		check(t, b, m, rand.New(rand.NewPCG(3, 4)))
	})
}

func plan(writer, n int) []Change {
	j := &journey{Rand: rand.New(rand.NewPCG(5, uint64(writer))), members: 250}
	changes := make([]Change, n)
	for i := range changes {
		changes[i] = j.next()
		changes[i].Member = changes[i].Member*8 + uint32(writer)
	}
	return changes
}

// carryOut makes half of the changes one by one and half in batches.
func carryOut(b *Board, changes []Change) {
	half := len(changes) / 2
	for _, c := range changes[:half] {
		b.apply(c)
	}
	for batch := range slices.Chunk(changes[half:], 50) {
		b.Apply(batch)
	}
}

// readAlong checks that pages read during changes are whole: sorted ranks and no member twice.
func readAlong(t *testing.T, b *Board) {
	for i := range uint32(300) {
		seen := map[uint32]bool{}
		last := 0
		for _, s := range b.Around(i, 50) {
			if s.Rank < last || seen[s.Member] {
				t.Errorf("torn page: %+v after rank %d", s, last)
			}
			last, seen[s.Member] = s.Rank, true
		}
		b.RankOf(Entry{Member: i, Score: int64(i)})
		b.Top(10)
	}
}
