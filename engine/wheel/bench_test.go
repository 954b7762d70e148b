package wheel_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"laurel/api"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
)

// BenchmarkSpin spins with 32 callers on a durable SQLite file: each spin is
// drawn, paid into the ledger and on disk when it counts.
func BenchmarkSpin(b *testing.B) {
	w := newWorld(b, dbtest.Open(b))
	many := int64(1_000_000)
	w.set(b, api.WheelInput{Segments: []api.WheelSegment{coins(50), blank(30), {Label: "Mug", Type: api.PrizeProduct, Weight: 20, Stock: &many}}})
	who := make([]member.Ref, 200)
	for i := range who {
		who[i] = w.join(b, fmt.Sprintf("m%d", i))
		w.grant(b, who[i], 1_000_000)
	}
	var next atomic.Int64
	b.SetParallelism(16) // of two processors
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := w.s.Spin(b.Context(), w.home.ID, who[next.Add(1)%int64(len(who))], api.SpinInput{}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "spins/s")
}
