package leaderboard

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"laurel/api"
	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rule"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// state says whether a board's standings are in memory.
type state int

const (
	idle state = iota
	loading
	ready
)

// live is a board with its standings. It answers only when it is ready.
type live struct {
	h     *home
	id    string
	topic string // of the hub
	spec  atomic.Pointer[spec]

	mu       sync.RWMutex
	state    state
	gone     bool          // deleted, or replaced by one with other rules
	done     chan struct{} // closed when the present load ends
	err      error         // of the last load
	failed   time.Time     // when the last load failed, by the wall
	flushed  time.Time     // when what moved was last collected
	buffer   []gain        // followed while loading
	changed  []uint32      // members whose standing changed while loading
	loaded   int64         // complete up to this ledger number when loaded
	seq      int64         // the last own number counted
	revision int64
	tracks   map[string]*track // in memory, by period key
	present  map[api.Period]*track
	totals   map[string]int    // sizes of closed periods, where they were counted
	fetching map[string]*fetch // closed periods on their way into memory
	day      string
	until    int64 // when the present day or a present period ends, microseconds UTC

	chosen   map[uint32]struct{} // whom the audience takes in; nil means everybody
	chosenTo int64               // member number up to which chosen is complete

	flushing sync.Mutex // one flush at a time
	wipe     bool       // the projection is of no use and goes first
	stale    map[string]bool
	marked   int64 // number up to which the projection is complete
}

func newLive(h *home, sp *spec) *live {
	l := &live{h: h, id: sp.board.ID, topic: "board:" + sp.board.ID}
	l.spec.Store(sp)
	l.reset()
	return l
}

// reset empties the standings. The caller holds mu, or owns the board alone.
func (l *live) reset() {
	l.state, l.buffer, l.changed, l.chosen = idle, nil, nil, nil
	l.tracks, l.present = map[string]*track{}, map[api.Period]*track{}
	l.fetching, l.stale, l.totals = map[string]*fetch{}, map[string]bool{}, map[string]int{}
	l.revision = max(l.revision+1, l.h.s.k.Now().UnixMicro())
	l.wipe, l.until, l.day = false, 0, ""
}

// end makes a board that is deleted or replaced stop writing.
func (l *live) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gone = true
	l.reset()
}

// unload drops the standings, which are loaded again when next asked for.
func (l *live) unload() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == ready {
		l.reset()
	}
}

// bump makes readers look again.
func (l *live) bump() {
	l.mu.Lock()
	l.revision++
	l.mu.Unlock()
	l.h.s.hub.Signal(l.topic)
}

// expect unloads the board when entries are missing before the first one that
// is about to be followed, so that it never shows a rank that lacks some. A
// load that goes on reads what is missing by itself.
func (l *live) expect(next, first int64, failed bool) {
	l.mu.RLock()
	missing := l.state == ready && (failed || max(next, l.loaded+1) < first)
	l.mu.RUnlock()
	if missing {
		l.unload()
		l.begin()
	}
}

// follow counts an entry; did reports whether the standings moved. The change
// is that of the main present period, nil when the member is not on it.
func (l *live) follow(e *ledger.Entry, now time.Time) (change *api.RankChange, did bool) {
	sp := l.spec.Load()
	g := sp.metric.gainOf(e)
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.state == loading:
		l.buffer = append(l.buffer, g)
		return nil, false
	case l.state == idle || g.seq <= l.seq:
		return nil, false
	}
	l.roll(sp, now)
	return l.count(sp, g)
}

// count takes a gain into every period that holds it. The caller holds mu.
func (l *live) count(sp *spec, g gain) (change *api.RankChange, did bool) {
	l.seq = max(l.seq, g.seq)
	if g.at < sp.from || g.at >= sp.to {
		return nil, false
	}
	isRanked := l.isRanked(sp, g.member)
	l.revision++
	for _, p := range sp.board.TimeFilters {
		t := l.trackAt(sp, p, g)
		if t == nil {
			continue
		}
		before, after := t.apply(sp.metric, g, isRanked)
		if p == sp.main() && isRanked && t == l.present[p] && sp.board.Enabled {
			change = &api.RankChange{LeaderboardID: l.id, Slug: sp.board.Slug, Period: string(p),
				OldRank: sp.ranked(before).Rank, NewRank: sp.ranked(after).Rank, Score: after.Score}
		}
	}
	return change, true
}

// trackAt is the standings of the period that holds a gain: the present one,
// one that is about to begin, or a closed one in memory. nil means a closed
// one that is not; its projection is given up, and the ledger asked next time.
func (l *live) trackAt(sp *spec, p api.Period, g gain) *track {
	now := l.present[p]
	if now.span.Contains(g.at) {
		return now
	}
	span := sp.calendar.At(p, time.UnixMicro(g.at))
	t := l.tracks[span.Key]
	switch {
	case t != nil:
		t.unsaved = t.unsaved || t.closed
		return t
	case g.at >= now.span.To:
		t = newTrack(span, sp.options())
		l.tracks[span.Key] = t
		return t
	}
	l.stale[span.Key] = true
	delete(l.totals, span.Key)
	if f := l.fetching[span.Key]; f != nil {
		f.buffer = append(f.buffer, g)
	}
	return nil
}

// roll makes the present periods those of the moment, and notes the ranks
// with which a day begins. The caller holds mu.
func (l *live) roll(sp *spec, now time.Time) {
	if now.UnixMicro() < l.until {
		return
	}
	now = sp.present(now)
	day := sp.calendar.Day(now)
	first := l.day == ""
	l.until = math.MaxInt64
	for _, p := range sp.board.TimeFilters {
		t := l.present[p]
		if t == nil || !t.span.Contains(now.UnixMicro()) {
			t = l.open(sp, sp.calendar.At(p, now))
			l.present[p] = t
		} else if day != l.day && !first {
			t.wake(day)
		}
		l.until = min(l.until, t.span.To)
	}
	l.day = day
	if now.UnixMicro() < sp.to-1 {
		l.until = min(l.until, sp.calendar.At(api.PeriodDaily, now).To, sp.to)
	} else {
		l.until = math.MaxInt64
	}
	l.revision++
}

// open begins a period. The one that ends stays in memory for late gains.
func (l *live) open(sp *spec, span period.Span) *track {
	for _, t := range l.tracks {
		if t.span.Period == span.Period && t.span.To <= span.From && !t.closed {
			t.closed, t.unsaved = true, true
			t.used.Store(span.From)
		}
	}
	t := l.tracks[span.Key]
	if t == nil {
		t = newTrack(span, sp.options())
		l.tracks[span.Key] = t
	}
	return t
}

// isRanked reports whether the member stands on the board. The caller holds mu.
func (l *live) isRanked(sp *spec, no uint32) bool {
	if l.chosen != nil {
		if _, ok := l.chosen[no]; !ok {
			return false
		}
	}
	return l.h.roster.admits(no, sp.includesDummies())
}

// choose asks the board's audience about new members. The caller holds the
// home's order.
func (l *live) choose(ctx context.Context, before, after int64) error {
	sp := l.spec.Load()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.chosen == nil || l.chosenTo >= after {
		return nil
	}
	err := eachPerson(ctx, l.h.s.k.DB().Read(), l.h.id, max(before, l.chosenTo), after, func(no uint32, p rule.Person) {
		if rule.Holds(sp.board.RankedUserRoles, p) {
			l.chosen[no] = struct{}{}
		}
	})
	if err == nil {
		l.chosenTo = after
	}
	return err
}

// review puts a changed member on the board or takes it off. It reports
// whether readers should look again.
func (l *live) review(c member.Card, no uint32) bool {
	sp := l.spec.Load()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.chosen != nil && int64(no) <= l.chosenTo {
		assign(l.chosen, no, c.ID != "" && rule.Holds(sp.board.RankedUserRoles, rule.Person{ID: c.ID, Role: c.Role, Tags: c.Tags}))
	}
	switch l.state {
	case idle:
		return false
	case loading:
		l.changed = append(l.changed, no)
		return false
	}
	isRanked, met := l.isRanked(sp, no), false
	for _, t := range l.tracks {
		if _, ok := t.cell(no); ok {
			t.show(no, isRanked)
			met = true
		}
	}
	for _, f := range l.fetching {
		f.changed = append(f.changed, no)
	}
	if met {
		l.revision++
	}
	return met
}

// place is where a member stands in the main present period.
func (l *live) place(no uint32) (api.RankChange, bool) {
	sp := l.spec.Load()
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.state != ready || !sp.board.Enabled {
		return api.RankChange{}, false
	}
	st, ok := l.present[sp.main()].ranks.Standing(no)
	rank := sp.ranked(st).Rank
	return api.RankChange{LeaderboardID: l.id, Slug: sp.board.Slug, Period: string(sp.main()), OldRank: rank, NewRank: rank, Score: st.Score}, ok
}

// shown is the board as replies show it.
func (l *live) shown() api.Leaderboard {
	sp := l.spec.Load()
	b := sp.board
	l.mu.RLock()
	defer l.mu.RUnlock()
	if t := l.present[sp.longest()]; l.state == ready && t != nil {
		b.Participants = t.ranks.Len()
	}
	return b
}
