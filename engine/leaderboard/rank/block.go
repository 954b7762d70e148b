package rank

import "slices"

// addBlock inserts an empty block at a position; nothing that goes into it sorts before head. The tables of positions
// move, which takes time linear in the number of blocks, about once in hundreds of changes.
func (t *table) addBlock(pos int, head entry) {
	id := t.newID()
	t.ids = slices.Insert(t.ids, pos, id)
	t.heads = slices.Insert(t.heads, pos, head)
	t.sizes.replace(pos, pos, 0)
	if t.tie == Dense {
		t.runs.replace(pos, pos, 0)
	}
	t.renumber(pos)
}

func (t *table) newID() uint32 {
	if n := len(t.free); n > 0 {
		id := t.free[n-1]
		t.free = t.free[:n-1]
		return id
	}
	t.blocks = append(t.blocks, block{})
	t.places = append(t.places, 0)
	return uint32(len(t.blocks) - 1)
}

// dropBlock removes the block at a position, whose entries are gone or moved.
func (t *table) dropBlock(pos int) {
	id := t.ids[pos]
	t.blocks[id] = block{}
	t.free = append(t.free, id)
	t.ids = slices.Delete(t.ids, pos, pos+1)
	t.heads = slices.Delete(t.heads, pos, pos+1)
	t.sizes.replace(pos, pos+1)
	if t.tie == Dense {
		t.runs.replace(pos, pos+1)
	}
	t.renumber(pos)
}

func (t *table) renumber(from int) {
	for pos := from; pos < len(t.ids); pos++ {
		t.places[t.ids[pos]] = uint32(pos)
	}
}

// split halves the full block at pos, into which e goes at i, and returns where e goes now. An entry behind all others
// opens a block of its own, so that scores that arrive in order leave full blocks.
func (t *table) split(pos, i int, e entry) (int, int) {
	left := t.at(pos)
	if pos == len(t.ids)-1 && i == len(left.keys) {
		t.addBlock(pos+1, e)
		return pos + 1, 0
	}
	const cut = blockMax / 2
	t.addBlock(pos+1, left.entry(cut))
	t.move(pos+1, pos, cut)
	if i > cut {
		return pos + 1, i - cut
	}
	return pos, i
}

// shrink drops the block at pos if it is empty, or merges it with a neighbour if both are small.
func (t *table) shrink(pos int) {
	n := len(t.at(pos).keys)
	switch {
	case n == 0:
		t.dropBlock(pos)
	case pos+1 < len(t.ids) && n+len(t.at(pos+1).keys) <= blockFill:
		t.merge(pos)
	case pos > 0 && n+len(t.at(pos-1).keys) <= blockFill:
		t.merge(pos - 1)
	}
}

// merge moves the block after pos into the block at pos.
func (t *table) merge(pos int) {
	t.move(pos, pos+1, 0)
	t.dropBlock(pos + 1)
}

// move appends the entries of block from, starting at the cut, to block to, and carries their counts along.
func (t *table) move(to, from, cut int) {
	src, dst := t.at(from), t.at(to)
	if t.tie == Dense {
		n := t.runsIn(from, cut, len(src.keys))
		t.runs.add(from, -n)
		t.runs.add(to, n)
	}
	n := len(src.keys) - cut
	for _, m := range src.members[cut:] {
		t.index.set(m, t.ids[to])
	}
	dst.reserve(blockMax)
	dst.keys = append(dst.keys, src.keys[cut:]...)
	dst.members = append(dst.members, src.members[cut:]...)
	src.keys, src.members = src.keys[:cut], src.members[:cut]
	t.sizes.add(from, -n)
	t.sizes.add(to, n)
}
