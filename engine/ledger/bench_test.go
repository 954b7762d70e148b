package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest/resttest"
)

// BenchmarkRecord measures durable, idempotent acts of 32 callers on 100,000
// members that all have an account: one act a call, and 100 a call.
func BenchmarkRecord(b *testing.B) {
	for _, size := range []int{1, 100} {
		b.Run(fmt.Sprintf("%d", size), func(b *testing.B) {
			b.Run("sqlite", func(b *testing.B) { benchRecord(b, dbtest.Open(b), size) })
			b.Run("postgres", func(b *testing.B) { benchRecord(b, dbtest.OpenPostgres(b), size) })
		})
	}
}

const benchMembers = 100_000

func crowd(n int) []member.Ref {
	out := make([]member.Ref, n)
	for i := range out {
		out[i] = member.Ref{ID: api.NewID(), No: int64(i + 1)}
	}
	return out
}

func benchRecord(b *testing.B, d *db.DB, size int) {
	w := newWorld(b, d)
	people := crowd(benchMembers)
	acts := make([]ledger.Act, len(people))
	for i, p := range people {
		acts[i] = w.act(p, "message", -23*time.Hour+time.Duration(i)*time.Millisecond)
	}
	if _, err := w.s.Bulk(b.Context(), w.home.ID, acts); err != nil {
		b.Fatal(err)
	}
	var next atomic.Int64
	var done sync.WaitGroup
	var mu sync.Mutex
	var took []time.Duration
	actions := []string{"message", "reply", "react", "refer"}
	b.ResetTimer()
	for range 32 {
		done.Go(func() {
			var own []time.Duration
			for n := next.Add(int64(size)); n <= int64(b.N+size-1); n = next.Add(int64(size)) {
				call := make([]ledger.Act, size)
				for i := range call {
					k := int(n) + i
					call[i] = w.act(people[(k*7919)%len(people)], actions[k%len(actions)], 0)
					call[i].Reference = fmt.Sprintf("ref-%d", k)
				}
				began := time.Now()
				if _, err := w.s.Record(context.Background(), w.home.ID, call); err != nil {
					b.Error(err)
					return
				}
				own = append(own, time.Since(began))
			}
			mu.Lock()
			took = append(took, own...)
			mu.Unlock()
		})
	}
	done.Wait()
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkBulk measures history: 2,000 members, 90 days.
func BenchmarkBulk(b *testing.B) {
	w := newWorld(b, dbtest.Open(b))
	people := crowd(2000)
	for b.Loop() {
		acts := make([]ledger.Act, 100_000)
		for i := range acts {
			acts[i] = ledger.Act{
				Member: people[i%len(people)], Action: []string{"message", "reply", "visit", "react"}[i%4], Source: "demo",
				OccurredAt: resttest.Start().Add(-90*24*time.Hour + time.Duration(i)*time.Minute),
			}
		}
		if _, err := w.s.Bulk(b.Context(), w.home.ID, acts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(100_000*b.N)/b.Elapsed().Seconds(), "acts/s")
}

// BenchmarkVerify proves the books of 1,000,000 entries in bounded memory.
func BenchmarkVerify(b *testing.B) {
	w := newWorld(b, dbtest.Open(b))
	people := crowd(benchMembers)
	acts := make([]ledger.Act, 1_000_000)
	for i := range acts {
		acts[i] = ledger.Act{Member: people[i%len(people)], Action: "refer", Source: "demo", OccurredAt: resttest.Start().Add(-time.Duration(i) * time.Second)}
	}
	if _, err := w.s.Bulk(b.Context(), w.home.ID, acts); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		report, err := w.s.Verify(b.Context())
		if err != nil || !report.OK() || report.Entries != 1_000_000 {
			b.Fatalf("got %+v, %v", report, err)
		}
	}
	b.ReportMetric(1_000_000*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
