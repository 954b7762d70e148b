package leaderboard

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"laurel/api"
	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rank"
	"laurel/engine/leaderboard/rule"
	"laurel/engine/ledger"
)

// maxStretches is how many closed periods a board keeps in memory.
const maxStretches = 40

// running is a board with its standings in memory.
type running struct {
	s        *Service
	id       string
	spec     string
	board    atomic.Pointer[api.Leaderboard]
	calendar period.Calendar
	from, to int64 // the window, in microseconds UTC
	done     chan struct{}

	// mu orders everything that changes the standings.
	mu        sync.Mutex
	err       error // why loading failed
	loaded    bool
	pending   []ledger.Entry // followed while loading
	applied   int64          // the last ledger number taken in
	stretches map[string]*stretch
	out       map[uint32]bool // members who are not ranked here
	unwritten bool            // the projection is missing or of other settings
	revision  atomic.Int64
}

// stretch is one period's standings.
type stretch struct {
	span    period.Span
	ranks   *rank.Board
	dirty   map[uint32]bool
	morning map[uint32]int // ranks when the day began
	day     string         // the day of morning
	used    time.Time
}

func newRunning(s *Service, b api.Leaderboard) *running {
	from, to := rule.Window(b.Duration)
	r := &running{
		s: s, id: b.ID, spec: specOf(b), calendar: period.In(rule.Zone(b.Duration)), from: from, to: to, done: make(chan struct{}),
		stretches: map[string]*stretch{}, out: map[uint32]bool{},
	}
	r.board.Store(&b)
	r.revision.Store(s.k.Now().UnixMilli())
	return r
}

func (r *running) spanAt(p api.Period, at time.Time) period.Span { return r.calendar.At(p, at) }

func (r *running) newStretch(span period.Span) *stretch {
	return &stretch{span: span, ranks: rank.New(rank.Options{Tie: tieOf(r.board.Load().TieRule)}), dirty: map[uint32]bool{}, used: time.Now()}
}

// primary is the period that a reply to an activity speaks of.
func primary(b *api.Leaderboard) api.Period {
	for _, p := range b.TimeFilters {
		if p == api.PeriodAllTime {
			return p
		}
	}
	return b.TimeFilters[0]
}

// follow takes entries in and adds what they changed to the replies. It
// reports whether anything moved.
func (r *running) follow(entries []ledger.Entry, out [][]api.RankChange) bool {
	b := r.board.Load()
	if !b.Enabled {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.loaded {
		r.pending = append(r.pending, entries...)
		return false
	}
	return r.takeAll(b, entries, out)
}

// takeAll takes entries in whose numbers rise; those known already are passed
// over. The caller holds mu.
func (r *running) takeAll(b *api.Leaderboard, entries []ledger.Entry, out [][]api.RankChange) bool {
	moved := false
	for i, e := range entries {
		if e.Seq <= r.applied {
			continue
		}
		r.applied = e.Seq
		n, absolute, ok := measure(b.RankBy, e)
		if !ok || !r.counts(e) {
			continue
		}
		moved = true
		if change, ok := r.take(b, e, n, absolute); ok {
			out[i] = append(out[i], change)
		}
	}
	if moved {
		r.revision.Add(1)
	}
	return moved
}

// counts reports whether the entry is inside the window and of a ranked member.
func (r *running) counts(e ledger.Entry) bool {
	at := e.OccurredAt.UnixMicro()
	return at >= r.from && at < r.to && !r.out[uint32(e.MemberNo)] //nolint:gosec // member numbers count up from 1
}

// take moves the member in every period that holds the entry.
func (r *running) take(b *api.Leaderboard, e ledger.Entry, n int64, absolute bool) (change api.RankChange, told bool) {
	c := changeOf(n, absolute, e)
	for _, p := range b.TimeFilters {
		span := r.spanAt(p, e.OccurredAt)
		st, err := r.stretch(context.Background(), span)
		if err != nil {
			r.err, r.loaded = err, false // asked for next, it is loaded anew
			return change, false
		}
		move := st.ranks.Apply([]rank.Change{c})[0]
		st.dirty[c.Member] = true
		if p == primary(b) {
			told = true
			change = api.RankChange{LeaderboardID: r.id, Slug: b.Slug, Period: string(p), OldRank: move.Old.Rank, NewRank: move.New.Rank, Score: move.New.Score}
		}
	}
	return change, told
}

// stretch gives a period's standings; those of closed periods are read when
// they are not in memory. The caller holds mu.
func (r *running) stretch(ctx context.Context, span period.Span) (*stretch, error) {
	if st := r.stretches[span.Key]; st != nil {
		st.used = time.Now()
		return st, nil
	}
	st := r.newStretch(span)
	b := r.board.Load()
	entries, err := readScores(ctx, r.s.k.DB().Read(), b.CommunityID, r.id, span.Key)
	if err != nil {
		return nil, err
	}
	if err := st.ranks.Load(r.ranked(entries)); err != nil {
		return nil, err
	}
	r.evict()
	r.stretches[span.Key] = st
	return st, nil
}

// ranked leaves out the members who are not ranked here.
func (r *running) ranked(entries []rank.Entry) []rank.Entry {
	kept := entries[:0]
	for _, e := range entries {
		if !r.out[e.Member] {
			kept = append(kept, e)
		}
	}
	return kept
}

// evict drops the closed period that was not asked for the longest; what is
// not written down yet stays.
func (r *running) evict() {
	if len(r.stretches) < maxStretches {
		return
	}
	var oldest *stretch
	now := r.s.k.Now().UnixMicro()
	for _, st := range r.stretches {
		if st.span.Contains(now) || len(st.dirty) > 0 {
			continue
		}
		if oldest == nil || st.used.Before(oldest.used) {
			oldest = st
		}
	}
	if oldest != nil {
		delete(r.stretches, oldest.span.Key)
	}
}

var errLoading = &api.Error{Kind: api.Unavailable, Code: "board_loading", RetryAfter: time.Second,
	Message: "The standings are being loaded. Nothing is shown before it is exact; try again in a second."}

// ready waits a little for a board that is loading, and reports why it cannot answer.
func (r *running) ready(ctx context.Context) error {
	select {
	case <-r.done:
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(200 * time.Millisecond):
		return errLoading
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.loaded {
		return nil
	}
	r.s.forget(r.board.Load().CommunityID, r.id)
	if r.err != nil {
		return r.err
	}
	return errLoading
}
