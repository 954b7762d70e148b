package main

import (
	"math/bits"
	"time"
)

// subBits is the precision of a histogram: buckets are at most 1/128 of their
// value wide.
const subBits = 7

// histogram counts durations of 0 ns to 2.5 h in buckets whose width grows
// with the value, as HdrHistogram does. The zero value is empty. It is not
// safe for concurrent use: each connection has its own, merged at the end.
type histogram struct {
	counts [(64 - subBits) << subBits]uint64
	total  uint64
	worst  time.Duration
}

// add counts one duration; a negative one counts as 0.
func (h *histogram) add(d time.Duration) {
	d = max(d, 0)
	h.counts[bucket(uint64(d))]++
	h.total++
	h.worst = max(h.worst, d)
}

// merge adds everything that other has counted.
func (h *histogram) merge(other *histogram) {
	for i, n := range other.counts {
		h.counts[i] += n
	}
	h.total += other.total
	h.worst = max(h.worst, other.worst)
}

// quantile is the least value below or at which the share q (0 to 1) of the
// durations lies, rounded up by at most 1/128; 0 when empty.
func (h *histogram) quantile(q float64) time.Duration {
	want := max(uint64(q*float64(h.total)+0.999999), 1)
	seen := uint64(0)
	for i, n := range h.counts {
		if seen += n; seen >= want {
			return min(time.Duration(highest(i)), h.worst)
		}
	}
	return 0
}

// bucket is the index of a value: exact below 2^subBits, then 2^subBits
// buckets for each doubling.
func bucket(v uint64) int {
	if v < 1<<subBits {
		return int(v)
	}
	shift := bits.Len64(v) - subBits - 1
	return (shift+1)<<subBits + int(v>>shift) - 1<<subBits
}

// highest is the greatest value of a bucket.
func highest(i int) uint64 {
	if i < 1<<subBits {
		return uint64(i)
	}
	shift := i>>subBits - 1
	low := uint64(i&(1<<subBits-1) + 1<<subBits)
	return (low+1)<<shift - 1
}
