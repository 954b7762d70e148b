package roster

import (
	"math"
	"slices"
	"strconv"
	"time"

	"laurel/engine/member"
)

// none is a missing number: it is not equal to itself, nor less, nor more.
var none = math.NaN()

// measure is a stored value of a number or date as it is compared: dates in
// seconds, a day by its midnight in UTC.
func measure(f member.Field, value string) float64 {
	if value == "" {
		return none
	}
	if f.IsNumber() {
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return none
		}
		return n
	}
	layout := time.RFC3339
	if len(value) == len(time.DateOnly) {
		layout = time.DateOnly
	}
	at, err := time.Parse(layout, value)
	if err != nil {
		return none
	}
	return float64(at.Unix())
}

// condition lets members through; it cuts the list of numbers in place.
type condition interface {
	keep(t *table, nos []int32) []int32
}

// query is a filter that was understood.
type query struct {
	want, mask uint8 // states: flags & mask must be want
	conditions []condition
}

// block is how many members are looked at in one go: their columns stay in the
// processor's cache from one condition to the next.
const block = 4096

// match gives up to limit numbers after one, rising; limit 0 means all. more
// says that others follow.
func (t *table) match(q query, after int64, limit int) (nos []int64, more bool) {
	buffer := make([]int32, 0, block)
	for from := int(after) + 1; from < len(t.flags); from += block {
		for _, no := range t.block(q, from, buffer) {
			if limit > 0 && len(nos) == limit {
				return nos, true
			}
			nos = append(nos, int64(no))
		}
	}
	return nos, false
}

// each calls fn for all that match, rising.
func (t *table) each(q query, fn func(no int64)) {
	buffer := make([]int32, 0, block)
	for from := 1; from < len(t.flags); from += block {
		for _, no := range t.block(q, from, buffer) {
			fn(int64(no))
		}
	}
}

// block gives the numbers of one block that match.
func (t *table) block(q query, from int, buffer []int32) []int32 {
	to := min(from+block, len(t.flags))
	list, n := buffer[:block], 0
	for i, flags := range t.flags[from:to] {
		list[n] = int32(from + i)
		n += one(flags&q.mask == q.want)
	}
	list = list[:n]
	for _, c := range q.conditions {
		if len(list) == 0 {
			break
		}
		list = c.keep(t, list)
	}
	return list
}

// within lets whole numbers through that lie between two, both included.
type within struct {
	column func(t *table) []int64
	lo, hi int64
}

func (c within) keep(t *table, nos []int32) []int32 {
	column, n := c.column(t), 0
	for _, no := range nos {
		nos[n] = no
		v := column[no]
		n += one(v >= c.lo) & one(v <= c.hi)
	}
	return nos[:n]
}

// one is 1 for true, without a branch: what a filter lets through is as good
// as random, and a processor that guesses wrong costs more than the comparison.
func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// numbered lets members through whose own number lies between two.
type numbered struct{ lo, hi int64 }

func (c numbered) keep(_ *table, nos []int32) []int32 {
	return slices.DeleteFunc(nos, func(no int32) bool { return int64(no) < c.lo || int64(no) > c.hi })
}

// measured lets numbers and dates of a field through that lie between two,
// both included; members without a value are left out.
type measured struct {
	column string
	lo, hi float64
}

func (c measured) keep(t *table, nos []int32) []int32 {
	column, n := t.numbers[c.column], 0
	for _, no := range nos {
		nos[n] = no
		v := column[no]
		n += one(v >= c.lo) & one(v <= c.hi)
	}
	return nos[:n]
}

// isOne lets texts through that are one of some.
type isOne struct {
	column string
	hashes []uint64
}

func (c isOne) keep(t *table, nos []int32) []int32 {
	column, out := t.texts[c.column], nos[:0]
	if len(c.hashes) == 1 {
		want, n := c.hashes[0], 0
		for _, no := range nos {
			nos[n] = no
			n += one(column[no] == want)
		}
		return nos[:n]
	}
	for _, no := range nos {
		if slices.Contains(c.hashes, column[no]) {
			out = append(out, no)
		}
	}
	return out
}

// tagged lets members through that carry a tag.
type tagged struct{ tag string }

func (c tagged) keep(t *table, nos []int32) []int32 {
	has := make([]bool, len(t.sets))
	for i, set := range t.sets {
		has[i] = slices.Contains(set, c.tag)
	}
	return slices.DeleteFunc(nos, func(no int32) bool { return !has[t.tags[no]] })
}

// hasTags lets members through that carry any tag.
type hasTags struct{}

func (hasTags) keep(t *table, nos []int32) []int32 {
	return slices.DeleteFunc(nos, func(no int32) bool { return t.tags[no] == 0 })
}

// filled lets members through that have a value.
type filled struct{ column string }

func (c filled) keep(t *table, nos []int32) []int32 {
	if column, ok := t.numbers[c.column]; ok {
		return slices.DeleteFunc(nos, func(no int32) bool { return math.IsNaN(column[no]) })
	}
	column := t.texts[c.column]
	return slices.DeleteFunc(nos, func(no int32) bool { return column[no] == 0 })
}

// not lets through what the condition keeps out.
type not struct{ condition }

func (c not) keep(t *table, nos []int32) []int32 {
	kept := c.condition.keep(t, slices.Clone(nos))
	out, i := nos[:0], 0
	for _, no := range nos {
		if i < len(kept) && kept[i] == no {
			i++
			continue
		}
		out = append(out, no)
	}
	return out
}

// either lets through what one of the conditions does.
type either []condition

func (c either) keep(t *table, nos []int32) []int32 {
	hit := map[int32]bool{}
	for _, one := range c {
		for _, no := range one.keep(t, slices.Clone(nos)) {
			hit[no] = true
		}
	}
	return slices.DeleteFunc(nos, func(no int32) bool { return !hit[no] })
}
