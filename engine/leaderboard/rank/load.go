package rank

import (
	"errors"
	"slices"
)

// ErrDuplicate is returned by Load for a member who appears more than once.
var ErrDuplicate = errors.New("rank: a member appears more than once")

// Load replaces the board's contents by the entries, which may come in any order; Load sorts the slice in place and keeps
// no hold on it. Readers see the old contents until the new ones are complete. If a member appears more than once the board
// stays as it was and the error is ErrDuplicate.
//
// Changes made by others while Load runs are lost, so the caller keeps them back until it returns.
func (b *Board) Load(entries []Entry) error {
	t := newTable(b.options)
	slices.SortFunc(entries, t.compare)
	if err := t.fill(entries); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.table = t
	return nil
}

// fill builds the blocks of an empty table from sorted entries.
func (t *table) fill(entries []Entry) error {
	limit := 0
	for _, e := range entries {
		limit = max(limit, int(e.Member)+1)
	}
	t.index = newIndex(len(entries), limit)
	for chunk := range slices.Chunk(entries, blockFill) {
		if !t.appendBlock(chunk) {
			return ErrDuplicate
		}
	}
	t.sizes.rebuild()
	t.runs.rebuild()
	return nil
}

// appendBlock adds one block at the end, without the sums of the trees. It reports false if a member is known already.
func (t *table) appendBlock(entries []Entry) bool {
	pos, id := len(t.ids), t.newID()
	b := &t.blocks[id]
	b.reserve(len(entries))
	if len(entries) == blockFill {
		b.reserve(blockMax)
	}
	for _, e := range entries {
		b.keys = append(b.keys, t.entry(e).key)
		b.members = append(b.members, e.Member)
		if !t.index.set(e.Member, id) {
			return false
		}
	}
	t.ids = append(t.ids, id)
	t.places[id] = uint32(pos)
	t.heads = append(t.heads, t.entry(entries[0]))
	t.sizes.counts = append(t.sizes.counts, int32(len(entries)))
	if t.tie == Dense {
		t.runs.counts = append(t.runs.counts, int32(t.runsIn(pos, 0, len(entries))))
	}
	return true
}
