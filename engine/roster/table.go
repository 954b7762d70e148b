package roster

import (
	"hash/maphash"
	"strings"
	"sync"
	"time"

	"laurel/engine/member"
)

// The states of a member; 0 is a number that nobody has.
const (
	isThere uint8 = 1 << iota
	isDeleted
	isDummy
)

// seed makes the hashes of texts unpredictable: nobody can craft two that
// collide, and by chance a million members do so once in ten million years.
var seed = maphash.MakeSeed()

// hashOf stands for a text; 0 for none.
func hashOf(text string) uint64 {
	if text == "" {
		return 0
	}
	return max(maphash.String(seed, text), 1)
}

// table holds the columns of one community, indexed by the member's number.
type table struct {
	communityID string
	asked       time.Time // guarded by the service

	dirtyMu sync.Mutex
	dirty   map[int64]bool // changed by this process since the last catch-up

	mu         sync.RWMutex
	shape      string    // the fields that the columns were made for; empty before the first load
	seq        int64     // the ledger's number up to which wallets are exact
	hasWallets bool      // read since the last load
	synced     time.Time // when changes were looked for
	flags      []uint8
	joined     []int64 // microseconds
	seen       []int64 // microseconds; 0 for never
	names      []string
	xp         []int64
	coins      []int64
	premium    []int64
	shift      []int64              // what the standing on the ladder differs from the XP
	texts      map[string][]uint64  // hashes, by column; fields under "field:KEY"
	numbers    map[string][]float64 // numbers and dates (seconds) of fields; NaN for none
	tags       []uint32             // index into sets
	sets       [][]string
	setOf      map[string]uint32
	keys       []string // column names of the fields, in their order
}

// textColumns are the columns of the member itself that are compared as texts.
func textColumns() []string {
	return []string{"username", "email", "first_name", "last_name", "role", "language"}
}

func fieldColumn(key string) string { return "field:" + key }

// isMeasured reports whether values of a field are ordered.
func isMeasured(f member.Field) bool { return f.IsNumber() || f.Type == "date" }

func (t *table) note(no int64) {
	t.dirtyMu.Lock()
	defer t.dirtyMu.Unlock()
	if t.dirty == nil {
		t.dirty = map[int64]bool{}
	}
	t.dirty[no] = true
}

func (t *table) takeDirty() []int64 {
	t.dirtyMu.Lock()
	defer t.dirtyMu.Unlock()
	nos := make([]int64, 0, len(t.dirty))
	for no := range t.dirty {
		nos = append(nos, no)
	}
	t.dirty = nil
	return nos
}

// reset empties the columns and makes those that the fields need.
func (t *table) reset(fields []member.Field) {
	t.flags, t.joined, t.seen, t.names, t.xp, t.coins, t.premium, t.shift, t.tags = nil, nil, nil, nil, nil, nil, nil, nil, nil
	t.texts, t.numbers = map[string][]uint64{}, map[string][]float64{}
	t.sets, t.setOf = [][]string{nil}, map[string]uint32{"": 0}
	for _, name := range textColumns() {
		t.texts[name] = nil
	}
	t.keys = make([]string, len(fields))
	for i, f := range fields {
		t.keys[i] = fieldColumn(f.Field)
		if isMeasured(f) {
			t.numbers[t.keys[i]] = nil
		} else {
			t.texts[t.keys[i]] = nil
		}
	}
	t.seq, t.hasWallets, t.shape = 0, false, shapeOf(fields)
}

func shapeOf(fields []member.Field) string {
	var b strings.Builder
	b.WriteString("1")
	for _, f := range fields {
		b.WriteString("\n" + f.ID + " " + f.Type + " " + f.Field)
	}
	return b.String()
}

// grow makes room for the member with the number.
func (t *table) grow(no int64) {
	if no < int64(len(t.flags)) {
		return
	}
	more := int(no) + 1 - len(t.flags)
	t.flags = append(t.flags, make([]uint8, more)...)
	t.tags = append(t.tags, make([]uint32, more)...)
	t.names = append(t.names, make([]string, more)...)
	for _, column := range []*[]int64{&t.joined, &t.seen, &t.xp, &t.coins, &t.premium, &t.shift} {
		*column = append(*column, make([]int64, more)...)
	}
	for name, column := range t.texts {
		t.texts[name] = append(column, make([]uint64, more)...)
	}
	for name, column := range t.numbers {
		for range more {
			column = append(column, none)
		}
		t.numbers[name] = column
	}
}

// line is a member as the columns take it.
type line struct {
	no     int64
	flags  uint8
	texts  [6]string // in the order of textColumns
	tags   []string
	joined int64
	seen   int64
	shown  string
	fields map[string]string
}

func (t *table) set(l line, fields []member.Field) {
	t.grow(l.no)
	t.flags[l.no], t.joined[l.no], t.tags[l.no] = l.flags, l.joined, t.setFor(l.tags)
	t.seen[l.no] = max(t.seen[l.no], l.seen)
	t.names[l.no] = nameOf(l.shown, l.texts[0], l.texts[1], l.texts[2], l.texts[3])
	for i, name := range textColumns() {
		t.texts[name][l.no] = hashOf(l.texts[i])
	}
	for i, f := range fields {
		column, value := t.keys[i], l.fields[f.Field]
		if isMeasured(f) {
			t.numbers[column][l.no] = measure(f, value)
		} else {
			t.texts[column][l.no] = hashOf(value)
		}
	}
}

// setFor finds the set of tags, or keeps a new one; members share sets.
func (t *table) setFor(tags []string) uint32 {
	key := strings.Join(tags, "\x00")
	i, ok := t.setOf[key]
	if !ok {
		i = uint32(len(t.sets))
		t.sets, t.setOf[key] = append(t.sets, tags), i
	}
	return i
}

// ints is a whole-number column by the name that sorts know; nil for none.
func (t *table) ints(name string) []int64 {
	switch name {
	case "xp":
		return t.xp
	case "coins":
		return t.coins
	case "premium":
		return t.premium
	case "lastSeen":
		return t.seen
	}
	return nil
}
