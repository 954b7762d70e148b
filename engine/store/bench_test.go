package store_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"laurel/api"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
)

// BenchmarkBuy sells one product with a stock to 200 members, 32 at a time.
func BenchmarkBuy(b *testing.B) {
	w := newWorld(b, dbtest.Open(b))
	p := w.product(b, api.ProductInput{Name: "Mug", Price: whole(1), Type: api.ProductPhysical, Stocks: whole(100_000_000)})
	who := make([]member.Ref, 200)
	for i := range who {
		who[i] = w.join(b, fmt.Sprintf("m%d", i), 1_000_000_000)
	}
	var next atomic.Int64
	b.SetParallelism(16) // of two processors
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := w.s.Buy(b.Context(), w.home.ID, who[next.Add(1)%int64(len(who))], api.PurchaseInput{ProductID: p.ID}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "purchases/s")
}
