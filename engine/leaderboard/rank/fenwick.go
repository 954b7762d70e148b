package rank

import (
	"math/bits"
	"slices"
)

// fenwick keeps one count per block and answers sums over the leading blocks in logarithmic time. The zero value is empty.
type fenwick struct {
	counts []int32
	sums   []int32 // sums[i] adds the counts of the blocks i+1-lowbit(i+1) to i.
	total  int
}

// add changes the count of block i.
func (f *fenwick) add(i, delta int) {
	f.counts[i] += int32(delta)
	f.total += delta
	for j := i + 1; j <= len(f.sums); j += j & -j {
		f.sums[j-1] += int32(delta)
	}
}

// sum adds the counts of the first n blocks.
func (f *fenwick) sum(n int) int {
	s := 0
	for j := n; j > 0; j &= j - 1 {
		s += int(f.sums[j-1])
	}
	return s
}

// find returns the block that holds the unit numbered n, from 0, and the unit's number inside the block. It wants n < total.
func (f *fenwick) find(n int) (block, rest int) {
	for step := 1 << bits.Len(uint(len(f.sums))) >> 1; step > 0; step >>= 1 {
		if next := block + step; next <= len(f.sums) && int(f.sums[next-1]) <= n {
			block = next
			n -= int(f.sums[next-1])
		}
	}
	return block, n
}

// replace puts counts in the place of the blocks i to j-1 and rebuilds the sums, in time linear in the number of blocks.
func (f *fenwick) replace(i, j int, counts ...int32) {
	f.counts = slices.Replace(f.counts, i, j, counts...)
	f.rebuild()
}

func (f *fenwick) rebuild() {
	f.sums = append(f.sums[:0], f.counts...)
	f.total = 0
	for i, n := range f.counts {
		f.total += int(n)
		if parent := i + 1 + (i+1)&-(i+1); parent <= len(f.sums) {
			f.sums[parent-1] += f.sums[i]
		}
	}
}
