package rank

import "slices"

const (
	blockMax  = 512 // blockMax is the most entries in a block; a full block is split before the next.
	blockFill = 384 // blockFill is the number of entries in a freshly loaded or merged block, leaving room to grow.
	blockMin  = 256 // blockMin is the size below which a block is merged with a neighbour, if blockFill holds both.
)

// block is a sorted run of entries, in two slices so that looking for a member reads little memory.
type block struct {
	keys    []key
	members []uint32
}

// reserve makes room for n entries, at most blockMax, by doubling.
func (b *block) reserve(n int) {
	if n <= cap(b.keys) {
		return
	}
	room := min(blockMax, max(n, 2*cap(b.keys)))
	b.keys = append(make([]key, 0, room), b.keys...)
	b.members = append(make([]uint32, 0, room), b.members...)
}

func (b *block) entry(i int) entry { return entry{key: b.keys[i], member: b.members[i]} }

// firstOf returns the first place in the block with the score that the entry at i has.
func (b *block) firstOf(score int64, i int) int {
	lo := 0
	for lo < i {
		mid := int(uint(lo+i) / 2)
		if b.keys[mid].score < score {
			lo = mid + 1
		} else {
			i = mid
		}
	}
	return lo
}

// table is a board without its lock. Blocks have a stable id, by which the index names them, and a position in the order.
// No block is empty.
type table struct {
	order
	tie    Tie
	index  *index
	blocks []block  // blocks by id.
	free   []uint32 // free lists the ids not in use.
	ids    []uint32 // ids by position.
	places []uint32 // places holds the position of each id.
	heads  []entry  // heads by position: nothing in a block sorts before its head, everything in earlier blocks does. The first is never read.
	sizes  fenwick  // sizes counts entries.
	runs   fenwick  // runs counts entries whose score differs from the one before; kept for Dense only.
}

func newTable(o Options) *table {
	return &table{order: newOrder(o), tie: o.Tie, index: newIndex(0, 0)}
}

func (t *table) size() int { return t.sizes.total }

func (t *table) at(pos int) *block { return &t.blocks[t.ids[pos]] }

// locate returns the position of a member's block and the place inside it.
func (t *table) locate(member uint32) (pos, i int, ok bool) {
	id, ok := t.index.block(member)
	if !ok {
		return 0, 0, false
	}
	for i, m := range t.blocks[id].members {
		if m == member {
			return int(t.places[id]), i, true
		}
	}
	panic("rank: the index names a block without the member")
}

// seek returns where e is or would be: the block, and the number of its entries that sort before e.
func (t *table) seek(e entry) (pos, i int) {
	if len(t.ids) == 0 {
		return 0, 0
	}
	pos = t.seekBlock(e)
	b := t.at(pos)
	lo, hi := 0, len(b.keys)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		score := b.keys[mid].score // Only a tie needs the member, who is elsewhere in memory.
		if score < e.score || score == e.score && t.before(b.entry(mid), e) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return pos, lo
}

// seekBlock returns the last block whose head does not sort after e, or the first block.
func (t *table) seekBlock(e entry) int {
	lo, hi := 1, len(t.heads)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if t.before(e, t.heads[mid]) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo - 1
}

// put adds the entry of a member who has none in the blocks, and returns where it is.
func (t *table) put(e entry) (pos, i int) {
	pos, i = t.seek(e)
	if len(t.ids) == 0 {
		t.addBlock(0, e)
	}
	if len(t.at(pos).keys) >= blockMax {
		pos, i = t.split(pos, i, e)
	}
	b := t.at(pos)
	b.reserve(len(b.keys) + 1)
	b.keys = slices.Insert(b.keys, i, e.key)
	b.members = slices.Insert(b.members, i, e.member)
	t.sizes.add(pos, 1)
	t.countRuns(pos, i, 1)
	t.index.set(e.member, t.ids[pos])
	return pos, i
}

// take removes an entry from the blocks and leaves the index to the caller.
func (t *table) take(pos, i int) {
	t.countRuns(pos, i, -1)
	b := t.at(pos)
	b.keys = slices.Delete(b.keys, i, i+1)
	b.members = slices.Delete(b.members, i, i+1)
	t.sizes.add(pos, -1)
	if len(b.keys) < blockMin {
		t.shrink(pos)
	}
}

// remove takes a member off the board.
func (t *table) remove(member uint32) bool {
	pos, i, ok := t.locate(member)
	if ok {
		t.take(pos, i)
		t.index.drop(member)
	}
	return ok
}
