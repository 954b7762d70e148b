package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestBucketsCoverEveryValueOnce(t *testing.T) {
	last := -1
	for _, v := range []uint64{0, 1, 127, 128, 129, 255, 256, 257, 511, 512, 1 << 20, 1<<20 + 1<<14, math.MaxInt64} {
		i := bucket(v)
		if i < last {
			t.Errorf("bucket of %d is %d, below that of a smaller value", v, i)
		}
		last = i
		if top := highest(i); v > top || float64(top-v) > float64(v)/128+1 {
			t.Errorf("%d lies in a bucket up to %d", v, top)
		}
		if i > 0 && highest(i-1) >= v {
			t.Errorf("%d lies in two buckets", v)
		}
	}
}

func TestQuantilesAgainstSorting(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var a, b histogram
	all := make([]time.Duration, 20_000)
	for i := range all {
		all[i] = time.Duration(math.Exp(r.NormFloat64()*2+12)) * time.Nanosecond
		if i%3 == 0 {
			a.add(all[i])
		} else {
			b.add(all[i])
		}
	}
	a.merge(&b)
	slices.Sort(all)
	for _, q := range []float64{0.5, 0.9, 0.99, 0.999, 1} {
		want := all[int(math.Ceil(q*float64(len(all))))-1]
		got := a.quantile(q)
		if got < want || float64(got-want) > float64(want)/128+1 {
			t.Errorf("quantile %v: got %v, want %v", q, got, want)
		}
	}
	if a.worst != all[len(all)-1] || a.total != uint64(len(all)) {
		t.Errorf("got worst %v of %d", a.worst, a.total)
	}
}

func TestEmptyHistogram(t *testing.T) {
	var h histogram
	if got := h.quantile(0.99); got != 0 {
		t.Errorf("got %v", got)
	}
	h.add(-time.Second)
	if h.total != 1 || h.worst != 0 {
		t.Errorf("got %d, %v after a negative duration", h.total, h.worst)
	}
}
