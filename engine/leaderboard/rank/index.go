package rank

const (
	pageSize   = 1024 // pageSize is the number of members on one page of a dense index.
	packFrom   = 1024 // packFrom is the fewest members for which a dense index is tried.
	packFactor = 4    // packFactor is how many numbers per member a dense index may span when it is made,
	keepFactor = 8    // and keepFactor how many before it is given up again, beside keepSlack.
	keepSlack  = 4096
)

// page maps consecutive member numbers to block ids plus one; 0 means not on the board.
type page [pageSize]uint32

// index maps members to the id of the block that holds their entry. It costs 4 bytes per number while dense and about 14
// per member while sparse, and moves from one form to the other as the board grows or empties.
type index struct {
	pages  []*page           // pages is the dense form.
	sparse map[uint32]uint32 // sparse is the other form; nil while dense.
	count  int
	limit  int // limit is one more than the highest number ever set.
	hold   int // hold is the count that a dense index is made for, while fewer are in it.
	packAt int // packAt is the count at which the dense form is tried next.
}

// newIndex returns an index with room for count members numbered below limit.
func newIndex(count, limit int) *index {
	x := &index{limit: limit, hold: count, packAt: max(packFrom, 2*count)}
	if count < packFrom || limit > packFactor*count {
		x.sparse = make(map[uint32]uint32, count)
	}
	return x
}

// block returns the block id of a member.
func (x *index) block(member uint32) (id uint32, ok bool) {
	if x.sparse != nil {
		id, ok = x.sparse[member]
		return id, ok
	}
	n := int(member / pageSize)
	if n >= len(x.pages) || x.pages[n] == nil {
		return 0, false
	}
	id = x.pages[n][member%pageSize]
	return id - 1, id != 0
}

// set records the block of a member and reports whether the member is new.
func (x *index) set(member, id uint32) (added bool) {
	x.limit = max(x.limit, int(member)+1)
	if x.sparse == nil && x.limit > keepFactor*max(x.count+1, x.hold)+keepSlack {
		x.unpack()
	}
	if x.sparse == nil {
		return x.setDense(member, id)
	}
	n := len(x.sparse)
	x.sparse[member] = id
	x.count = len(x.sparse)
	if x.count >= x.packAt {
		x.pack()
	}
	return x.count > n
}

func (x *index) setDense(member, id uint32) (added bool) {
	n := int(member / pageSize)
	for n >= len(x.pages) {
		x.pages = append(x.pages, nil)
	}
	if x.pages[n] == nil {
		x.pages[n] = new(page)
	}
	slot := &x.pages[n][member%pageSize]
	added = *slot == 0
	*slot = id + 1
	if added {
		x.count++
	}
	return added
}

// drop forgets a member who is in the index.
func (x *index) drop(member uint32) {
	x.count--
	if x.sparse != nil {
		delete(x.sparse, member)
		return
	}
	x.pages[member/pageSize][member%pageSize] = 0
}

// pack moves to the dense form if the numbers are close enough together, or puts off the next try.
func (x *index) pack() {
	x.packAt = 2 * x.count
	if x.limit > packFactor*x.count {
		return
	}
	from := x.sparse
	x.sparse, x.count = nil, 0
	for member, id := range from {
		x.setDense(member, id)
	}
}

// unpack moves to the sparse form.
func (x *index) unpack() {
	x.sparse = make(map[uint32]uint32, x.count)
	for n, p := range x.pages {
		if p == nil {
			continue
		}
		for i, id := range p {
			if id != 0 {
				x.sparse[uint32(n*pageSize+i)] = id - 1
			}
		}
	}
	x.pages, x.packAt = nil, max(packFrom, 2*x.count)
}
