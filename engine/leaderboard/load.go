package leaderboard

import (
	"cmp"
	"context"
	"log/slog"
	"slices"

	"laurel/api"
	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rank"
	"laurel/engine/leaderboard/rule"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// tailPage is how many ledger entries are read at a time while loading.
const tailPage = 10_000

// load brings the standings up to the ledger: from the projection and the
// entries after it, or from the whole ledger when the projection is of no use.
func (r *running) load(ctx context.Context) {
	defer close(r.done)
	if err := r.loadAll(ctx); err != nil {
		r.mu.Lock()
		r.err = err
		r.mu.Unlock()
		r.s.k.Log().ErrorContext(ctx, "board not loaded", slog.String("board", r.id), slog.Any("cause", err))
	}
}

func (r *running) loadAll(ctx context.Context) error {
	b := r.board.Load()
	if !b.Enabled {
		r.mu.Lock()
		r.loaded = true
		r.mu.Unlock()
		return nil
	}
	if err := r.loadOut(ctx, b); err != nil {
		return err
	}
	seq, known, err := readMark(ctx, r.s.k.DB().Read(), b.CommunityID, r.id, r.spec)
	if err != nil {
		return err
	}
	l := loader{r: r, b: b, scores: map[string]map[uint32]rank.Entry{}, spans: map[string]period.Span{}, fresh: !known}
	if known {
		err = l.projection(ctx)
	}
	if err == nil {
		seq, err = l.tail(ctx, seq)
	}
	if err != nil {
		return err
	}
	return r.settle(ctx, &l, seq, known)
}

// loader gathers scores by period before the rank structures are built.
type loader struct {
	r        *running
	b        *api.Leaderboard
	scores   map[string]map[uint32]rank.Entry
	spans    map[string]period.Span
	whole    map[string][]rank.Entry // periods read as they are, not touched by the tail
	touched  map[string]map[uint32]bool
	fresh    bool // everything is read from the ledger
	mornings map[string]map[uint32]int
	crossed  bool
}

// projection reads the present periods as they were written down.
func (l *loader) projection(ctx context.Context) error {
	l.whole = map[string][]rank.Entry{}
	for _, p := range l.b.TimeFilters {
		span := l.r.spanAt(p, l.r.s.k.Now())
		entries, err := readScores(ctx, l.r.s.k.DB().Read(), l.b.CommunityID, l.r.id, span.Key)
		if err != nil {
			return err
		}
		l.whole[span.Key], l.spans[span.Key] = l.r.ranked(entries), span
	}
	return nil
}

// tail takes in the entries after seq. With a projection there are few.
func (l *loader) tail(ctx context.Context, seq int64) (int64, error) {
	for {
		entries, err := l.r.s.ledgers.Since(ctx, l.b.CommunityID, seq, tailPage)
		if err != nil || len(entries) == 0 {
			return seq, err
		}
		for _, e := range entries {
			seq = e.Seq
			if l.fresh {
				l.absorb(e)
			} else {
				l.r.pendTail(e)
			}
		}
	}
}

// pendTail keeps an entry of the tail, to be taken in like one that is
// followed once the projection stands.
func (r *running) pendTail(e ledger.Entry) {
	r.mu.Lock()
	r.pending = append(r.pending, e)
	r.mu.Unlock()
}

// absorb adds an entry to the gathered scores.
func (l *loader) absorb(e ledger.Entry) {
	n, absolute, ok := measure(l.b.RankBy, e)
	if !ok || !l.r.counts(e) {
		return
	}
	if day := l.r.calendar.DayStart(l.r.s.k.Now()); !l.crossed && !e.OccurredAt.Before(day) {
		l.crossed = true
		l.dawn()
	}
	for _, p := range l.b.TimeFilters {
		span := l.r.spanAt(p, e.OccurredAt)
		scores := l.scores[span.Key]
		if scores == nil {
			scores = map[uint32]rank.Entry{}
			l.scores[span.Key], l.spans[span.Key] = scores, span
		}
		scores[uint32(e.MemberNo)] = after(scores[uint32(e.MemberNo)], n, absolute, e) //nolint:gosec // member numbers count up from 1
	}
}

// after is a member's entry once n is added to it, or set.
func after(old rank.Entry, n int64, absolute bool, e ledger.Entry) rank.Entry {
	score := old.Score + n
	if absolute {
		score = n
	}
	at := e.OccurredAt.UnixMicro()
	if old.Member != 0 && score == old.Score {
		at = old.At
	}
	return rank.Entry{Member: uint32(e.MemberNo), Score: score, At: at} //nolint:gosec // member numbers count up from 1
}

// dawn notes the ranks with which the present day began, from what was
// gathered up to then.
func (l *loader) dawn() {
	l.mornings = map[string]map[uint32]int{}
	for key, scores := range l.scores {
		if !l.spans[key].Contains(l.r.s.k.Now().UnixMicro()) {
			continue
		}
		st := l.r.newStretch(l.spans[key])
		if st.ranks.Load(entriesOf(scores)) == nil {
			l.mornings[key] = ranksOf(st.ranks)
		}
	}
}

func entriesOf(scores map[uint32]rank.Entry) []rank.Entry {
	out := make([]rank.Entry, 0, len(scores))
	for _, e := range scores {
		out = append(out, e)
	}
	return out
}

// settle builds the rank structures and takes in what was followed meanwhile.
func (r *running) settle(ctx context.Context, l *loader, seq int64, known bool) error {
	for key, scores := range l.scores {
		if l.whole == nil {
			l.whole = map[string][]rank.Entry{}
		}
		l.whole[key] = entriesOf(scores)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for key, entries := range l.whole {
		st := r.newStretch(l.spans[key])
		if err := st.ranks.Load(entries); err != nil {
			return err
		}
		r.stretches[key] = st
	}
	if err := r.dawns(ctx, l.mornings); err != nil {
		return err
	}
	r.unwritten = !known
	pending := r.pending
	r.pending, r.loaded = nil, true
	if known {
		mark, _, err := readMark(ctx, r.s.k.DB().Read(), l.b.CommunityID, r.id, r.spec)
		if err != nil {
			return err
		}
		seq = mark
	}
	r.applied = seq
	slices.SortStableFunc(pending, func(a, b ledger.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	r.takeAll(l.b, pending, make([][]api.RankChange, len(pending)))
	return nil
}

// loadOut finds the members who are not ranked on the board.
func (r *running) loadOut(ctx context.Context, b *api.Leaderboard) error {
	if !rule.IsEverybody(b.RankedUserRoles) {
		return r.s.members.Each(ctx, b.CommunityID, func(c member.Card) error {
			if !isRanked(b, c) {
				r.out[uint32(c.No)] = true //nolint:gosec // member numbers count up from 1
			}
			return nil
		})
	}
	numbers, err := unranked(ctx, r.s.k.DB().Read(), b.CommunityID, !b.PerformanceDisplay.ShowDummy.Enabled)
	for _, no := range numbers {
		r.out[uint32(no)] = true //nolint:gosec // member numbers count up from 1
	}
	return err
}

// isRanked reports whether the member stands on the board at all.
func isRanked(b *api.Leaderboard, c member.Card) bool {
	if c.Deleted || (c.IsDummy && !b.PerformanceDisplay.ShowDummy.Enabled) {
		return false
	}
	return rule.Holds(b.RankedUserRoles, rule.Person{ID: c.ID, Role: c.Role, Tags: c.Tags})
}

// review puts a changed member on the board or takes him off it.
func (r *running) review(ctx context.Context, ref member.Ref) error {
	b := r.board.Load()
	cards, err := r.s.members.Cards(ctx, b.CommunityID, []int64{ref.No})
	if err != nil {
		return err
	}
	card, exists := cards[ref.No]
	<-r.done
	r.mu.Lock()
	defer r.mu.Unlock()
	no := uint32(ref.No) //nolint:gosec // member numbers count up from 1
	r.revision.Add(1)
	isIn := exists && isRanked(b, card)
	switch {
	case !isIn && !r.out[no]:
		r.out[no] = true
		for _, st := range r.stretches {
			if st.ranks.Remove(no) {
				st.dirty[no] = true
			}
		}
	case isIn && r.out[no]:
		delete(r.out, no)
		return r.restore(ctx, b, ref)
	}
	return nil
}

// restore takes in a member's whole history, so that he returns to where he
// would stand had he never left.
func (r *running) restore(ctx context.Context, b *api.Leaderboard, ref member.Ref) error {
	entries, err := memberEntries(ctx, r.s.k.DB().Read(), b.CommunityID, ref.ID, r.applied)
	if err != nil {
		return err
	}
	l := loader{r: r, b: b, scores: map[string]map[uint32]rank.Entry{}, spans: map[string]period.Span{}, crossed: true}
	for _, e := range entries {
		l.absorb(e)
	}
	for key, scores := range l.scores {
		st, err := r.stretch(ctx, l.spans[key])
		if err != nil {
			return err
		}
		for no, e := range scores {
			st.ranks.Set(no, e.Score, e.At)
			st.dirty[no] = true
		}
	}
	return nil
}
