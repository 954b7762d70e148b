package leaderboard

import (
	"context"
	"log/slog"
	"slices"
	"sync"

	"laurel/api"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// home is a community's boards in memory.
type home struct {
	s  *Service
	id string

	mu     sync.RWMutex // guards what boards there are
	known  bool
	boards map[string]*live
	byName map[string]*live // by slug

	// order lets one thing at a time change standings: entries, members,
	// the ends of loads. It is taken before any board's own lock.
	order    sync.Mutex
	seq      int64 // the last number followed; 0 before the first
	byMetric map[string][]*live
	roster   roster
	faces    *faces
}

// home gives a community's boards, which are read when first asked for.
func (s *Service) home(ctx context.Context, communityID string) (*home, error) {
	s.mu.RLock()
	h := s.homes[communityID]
	s.mu.RUnlock()
	if h == nil {
		h = s.newHome(communityID)
	}
	return h, h.read(ctx)
}

func (s *Service) newHome(communityID string) *home {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.homes[communityID]; h != nil {
		return h
	}
	h := &home{s: s, id: communityID, boards: map[string]*live{}, byName: map[string]*live{}, byMetric: map[string][]*live{}}
	h.faces = newFaces(h)
	s.homes[communityID] = h
	return h
}

func (h *home) read(ctx context.Context) error {
	h.mu.RLock()
	known := h.known
	h.mu.RUnlock()
	if known {
		return nil
	}
	h.order.Lock()
	defer h.order.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known {
		return nil
	}
	boards, err := selectBoards(ctx, h.s.k.DB().Read(), h.id)
	if err != nil {
		return err
	}
	for _, b := range boards {
		h.put(newLive(h, specOf(b)))
	}
	h.known = true
	return nil
}

// put adds a board, in place of an older one of its id. The caller holds
// order and mu.
func (h *home) put(l *live) {
	h.take(l.id)
	board := l.spec.Load().board
	h.boards[l.id], h.byName[board.Slug] = l, l
	h.byMetric[board.RankBy] = append(h.byMetric[board.RankBy], l)
}

// take removes a board from the indexes. The caller holds order and mu.
func (h *home) take(id string) {
	old := h.boards[id]
	if old == nil {
		return
	}
	delete(h.boards, id)
	for slug, l := range h.byName {
		if l == old {
			delete(h.byName, slug)
		}
	}
	for name, list := range h.byMetric {
		h.byMetric[name] = slices.DeleteFunc(slices.Clone(list), func(l *live) bool { return l == old })
	}
}

// adopt takes a new or changed board in. Standings made by other rules are
// dropped and loaded again; a board that only looks different keeps them.
func (h *home) adopt(b api.Leaderboard) *live {
	h.order.Lock()
	defer h.order.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	next := specOf(b)
	if old := h.boards[b.ID]; old != nil {
		if old.spec.Load().sameEngine(next) {
			old.spec.Store(next)
			old.bump()
			h.put(old)
			return old
		}
		old.end()
	}
	l := newLive(h, next)
	h.put(l)
	return l
}

// drop forgets a board that was deleted.
func (h *home) drop(id string) {
	h.order.Lock()
	defer h.order.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	if l := h.boards[id]; l != nil {
		l.end()
		h.take(id)
	}
}

// find gives a board by id or slug. Errors: NotFound.
func (s *Service) find(ctx context.Context, communityID, ref string) (*live, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return nil, err
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	l := h.boards[ref]
	if l == nil {
		l = h.byName[ref]
	}
	if l == nil {
		return nil, errBoardNotFound
	}
	return l, nil
}

// all lists the boards in their order of display.
func (h *home) all() []*live {
	h.mu.RLock()
	out := make([]*live, 0, len(h.boards))
	for _, l := range h.boards {
		out = append(out, l)
	}
	h.mu.RUnlock()
	slices.SortFunc(out, func(a, b *live) int {
		x, y := &a.spec.Load().board, &b.spec.Load().board
		switch {
		case x.DisplayOrder != y.DisplayOrder:
			return x.DisplayOrder - y.DisplayOrder
		case !x.CreatedAt.Equal(y.CreatedAt.Time):
			return x.CreatedAt.Compare(y.CreatedAt.Time)
		case x.ID < y.ID:
			return -1
		}
		return 1
	})
	return out
}

// follow takes entries into the boards whose metrics they touch.
func (h *home) follow(ctx context.Context, entries []ledger.Entry) [][]api.RankChange {
	out := make([][]api.RankChange, len(entries))
	h.order.Lock()
	defer h.order.Unlock()
	h.faces.touch(entries)
	h.prepare(ctx, entries)
	now := h.s.k.Now()
	moved := map[*live]struct{}{}
	var names [4]string
	for i := range entries {
		e := &entries[i]
		for _, name := range touched(e, names[:0]) {
			for _, l := range h.byMetric[name] {
				change, did := l.follow(e, now)
				if did {
					moved[l] = struct{}{}
				}
				if change != nil {
					out[i] = append(out[i], *change)
				}
			}
		}
		h.seq = max(h.seq, e.Seq)
	}
	for l := range moved {
		h.s.hub.Signal(l.topic)
	}
	return out
}

// prepare makes sure that all members of the entries are known and that no
// entry is missing before them; boards for which that fails are loaded anew.
func (h *home) prepare(ctx context.Context, entries []ledger.Entry) {
	highest := int64(0)
	for i := range entries {
		highest = max(highest, entries[i].MemberNo)
	}
	err := h.meet(ctx, highest)
	if err != nil {
		h.s.k.Log().ErrorContext(ctx, "members of boards not known", slog.Any("cause", err))
	}
	for _, l := range h.boards {
		l.expect(max(h.seq+1, 1), entries[0].Seq, err != nil)
	}
}

// meet gets to know the members up to a number. The caller holds order.
func (h *home) meet(ctx context.Context, no int64) error {
	before, after, err := h.roster.meet(ctx, h.s.k.DB().Read(), h.id, no)
	if err != nil || before == after {
		return err
	}
	for _, l := range h.boards {
		if err := l.choose(ctx, before, after); err != nil {
			return err
		}
	}
	return nil
}

// review looks at a member anew: who sees it and where it is ranked.
func (h *home) review(ctx context.Context, ref member.Ref) error {
	h.order.Lock()
	defer h.order.Unlock()
	h.faces.forget(ref.No)
	cards, err := h.s.members.Cards(ctx, h.id, []int64{ref.No})
	if err != nil {
		h.roster.forget()
		for _, l := range h.boards {
			l.unload()
		}
		return err
	}
	card, exists := cards[ref.No]
	h.roster.note(uint32(ref.No), card, exists)
	for _, l := range h.boards {
		if l.review(card, uint32(ref.No)) {
			h.s.hub.Signal(l.topic)
		}
	}
	return nil
}
