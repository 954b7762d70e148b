package rank

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// benchSizes are the board sizes to measure: 1,000,000 entries, or those listed in LAUREL_RANK_SIZE, parted by commas.
func benchSizes(b *testing.B) []int {
	list := os.Getenv("LAUREL_RANK_SIZE")
	if list == "" {
		return []int{1_000_000}
	}
	var sizes []int
	for field := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			b.Fatalf("LAUREL_RANK_SIZE: %v", err)
		}
		sizes = append(sizes, n)
	}
	return sizes
}

// eachSize runs a benchmark on full boards of each size and tie rule.
func eachSize(b *testing.B, ties []Tie, bench func(b *testing.B, board *Board, size int)) {
	for _, size := range benchSizes(b) {
		for _, tie := range ties {
			board := New(Options{Tie: tie})
			if err := board.Load(benchEntries(size, 1)); err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("%s/%d", tieName(tie), size), func(b *testing.B) { bench(b, board, size) })
		}
	}
}

func tieName(t Tie) string {
	return [...]string{"first-achiever", "competition", "dense", "ordinal"}[t]
}

// benchEntries gives members numbered from 0, at the given stride, uniformly random scores, about ten to a score.
func benchEntries(n, stride int) []Entry {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	entries := make([]Entry, n)
	for i := range entries {
		entries[i] = Entry{Member: uint32(i * stride), Score: r.Int64N(int64(n / 10)), At: int64(i)}
	}
	return entries
}

// measure times each call alone, clock included, and reports the median and the 99th percentile.
func measure(b *testing.B, call func()) {
	spent := make([]time.Duration, 0, b.N)
	for b.Loop() {
		start := time.Now()
		call()
		spent = append(spent, time.Since(start))
	}
	slices.Sort(spent)
	b.ReportMetric(float64(spent[len(spent)/2]), "p50-ns")
	b.ReportMetric(float64(spent[len(spent)*99/100]), "p99-ns")
}

func allTies() []Tie { return []Tie{FirstAchiever, Competition, Dense, Ordinal} }

func BenchmarkRank(b *testing.B) {
	eachSize(b, allTies(), func(b *testing.B, board *Board, size int) {
		r := rand.New(rand.NewPCG(2, 2))
		measure(b, func() { board.Rank(uint32(r.IntN(size))) })
	})
}

func BenchmarkSetAndRank(b *testing.B) {
	eachSize(b, allTies(), func(b *testing.B, board *Board, size int) {
		r, at := rand.New(rand.NewPCG(3, 3)), int64(size)
		for b.Loop() {
			at++
			board.Set(uint32(r.IntN(size)), r.Int64N(int64(size/10)), at)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
	})
}

func BenchmarkSetAndRankTails(b *testing.B) {
	eachSize(b, []Tie{FirstAchiever}, func(b *testing.B, board *Board, size int) {
		r, at := rand.New(rand.NewPCG(3, 3)), int64(size)
		measure(b, func() {
			at++
			board.Set(uint32(r.IntN(size)), r.Int64N(int64(size/10)), at)
		})
	})
}

func BenchmarkAround(b *testing.B) {
	eachSize(b, allTies(), func(b *testing.B, board *Board, size int) {
		r := rand.New(rand.NewPCG(4, 4))
		measure(b, func() { board.Around(uint32(r.IntN(size)), 10) })
	})
}

func BenchmarkTop100(b *testing.B) {
	eachSize(b, []Tie{FirstAchiever}, func(b *testing.B, board *Board, _ int) {
		measure(b, func() { board.Top(100) })
	})
}

func BenchmarkSnapshot(b *testing.B) {
	eachSize(b, []Tie{FirstAchiever, Competition, Dense}, func(b *testing.B, board *Board, _ int) {
		for b.Loop() {
			board.Snapshot()
		}
	})
}

func BenchmarkRankParallel(b *testing.B) {
	eachSize(b, []Tie{FirstAchiever}, func(b *testing.B, board *Board, size int) {
		b.RunParallel(func(pb *testing.PB) {
			r := rand.New(rand.NewPCG(5, rand.Uint64()))
			for pb.Next() {
				board.Rank(uint32(r.IntN(size)))
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
	})
}

func BenchmarkLoad(b *testing.B) {
	for _, size := range benchSizes(b) {
		entries := benchEntries(size, 1)
		work := make([]Entry, size)
		b.Run(fmt.Sprintf("unsorted/%d", size), func(b *testing.B) {
			for b.Loop() {
				copy(work, entries)
				_ = New(Options{}).Load(work)
			}
		})
		b.Run(fmt.Sprintf("sorted/%d", size), func(b *testing.B) {
			for b.Loop() {
				_ = New(Options{}).Load(work)
			}
		})
	}
}

// BenchmarkMemory reports the heap of a board by entry: loaded, then after every member has moved twice, then filled one by one.
func BenchmarkMemory(b *testing.B) {
	for _, size := range benchSizes(b) {
		for _, stride := range []int{1, 3, 8} {
			b.Run(fmt.Sprintf("stride-%d/%d", stride, size), func(b *testing.B) {
				for b.Loop() {
					reportMemory(b, size, stride)
				}
			})
		}
	}
}

func reportMemory(b *testing.B, size, stride int) {
	perEntry := func(before uint64) float64 { return float64(heap()-before) / float64(size) }
	entries := benchEntries(size, stride)
	before := heap()
	loaded := New(Options{Tie: Dense})
	_ = loaded.Load(entries)
	b.ReportMetric(perEntry(before), "loaded-B/entry")
	r := rand.New(rand.NewPCG(6, 6))
	for i := range 2 * size {
		loaded.Set(entries[i%size].Member, r.Int64N(int64(size/10)), int64(size+i))
	}
	b.ReportMetric(perEntry(before), "moved-B/entry")
	runtime.KeepAlive(loaded)
	loaded = nil
	before = heap()
	grown := New(Options{Tie: Dense})
	for _, i := range r.Perm(size) {
		e := entries[i]
		grown.Set(e.Member, e.Score, e.At)
	}
	b.ReportMetric(perEntry(before), "grown-B/entry")
	runtime.KeepAlive(grown)
	runtime.KeepAlive(entries)
}

// heap returns the bytes in use after a collection.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkSmallBoards reports the heap of 10,000 boards of 100 members each, of 1,000,000.
func BenchmarkSmallBoards(b *testing.B) {
	for b.Loop() {
		r := rand.New(rand.NewPCG(8, 8))
		before := heap()
		boards := make([]*Board, 10_000)
		for i := range boards {
			boards[i] = New(Options{})
			for at := range int64(100) {
				boards[i].Set(r.Uint32N(1_000_000), r.Int64N(1000), at)
			}
		}
		b.ReportMetric(float64(heap()-before)/(1<<20), "MiB")
		runtime.KeepAlive(boards)
	}
}
