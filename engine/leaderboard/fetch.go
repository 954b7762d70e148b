package leaderboard

import (
	"context"
	"time"

	"laurel/engine/leaderboard/period"
)

// fetch is a closed period on its way into memory.
type fetch struct {
	done    chan struct{}
	err     error
	buffer  []gain   // late ones, followed meanwhile
	changed []uint32 // members whose standing changed meanwhile
}

// closedTrack gives the standings of a closed period: from memory, from the
// projection, or from the ledger. Those who ask for one at the same time
// share the work.
func (l *live) closedTrack(ctx context.Context, sp *spec, span period.Span) error {
	l.mu.Lock()
	if t := l.tracks[span.Key]; t != nil {
		t.used.Store(l.h.s.k.Now().UnixMicro())
		l.mu.Unlock()
		return nil
	}
	f := l.fetching[span.Key]
	if f == nil {
		f = &fetch{done: make(chan struct{})}
		l.fetching[span.Key] = f
		go l.fetch(context.WithoutCancel(ctx), sp, span, f)
	}
	l.mu.Unlock()
	select {
	case <-f.done:
		return f.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *live) fetch(ctx context.Context, sp *spec, span period.Span, f *fetch) {
	t, upTo, err := l.readClosed(ctx, sp, span)
	l.h.order.Lock()
	defer l.h.order.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	defer close(f.done)
	if l.fetching[span.Key] != f { // unloaded or replaced meanwhile
		f.err = errLoading
		return
	}
	delete(l.fetching, span.Key)
	if f.err = err; err != nil {
		return
	}
	for _, g := range f.buffer {
		if g.seq > upTo {
			t.apply(sp.metric, g, l.isRanked(sp, g.member))
		}
	}
	for _, no := range f.changed {
		t.show(no, l.isRanked(sp, no))
	}
	l.tracks[span.Key] = t
}

// readClosed builds a closed period, and tells up to which number it is complete.
func (l *live) readClosed(ctx context.Context, sp *spec, span period.Span) (*track, int64, error) {
	q := l.h.s.k.DB().Read()
	l.mu.RLock()
	upTo, given := l.seq, l.stale[span.Key] || l.wipe
	l.mu.RUnlock()
	cells := map[uint32]cell{}
	isKept := false
	if !given {
		var err error
		if isKept, err = hasPeriod(ctx, q, l.h.id, l.id, span.Key); err != nil {
			return nil, 0, err
		}
	}
	t := newTrack(span, sp.options())
	t.closed = true
	t.used.Store(l.h.s.k.Now().UnixMicro())
	err := l.readCells(ctx, sp, span, isKept, cells, &upTo)
	if err != nil {
		return nil, 0, err
	}
	if err := t.fill(cells, func(no uint32) bool { return l.ranked(sp, no) }); err != nil {
		return nil, 0, err
	}
	mornings, err := selectMornings(ctx, q, l.h.id, l.id, "period_key", span.Key)
	t.morning = mornings[span.Key]
	if !isKept {
		t.touchAll()
		t.unsaved = true
	}
	return t, upTo, err
}

func (l *live) readCells(ctx context.Context, sp *spec, span period.Span, isKept bool, cells map[uint32]cell, upTo *int64) (err error) {
	q := l.h.s.k.DB().Read()
	if isKept {
		return eachScore(ctx, q, l.h.id, l.id, span.Key, func(no uint32, c cell) { cells[no] = c })
	}
	if *upTo, err = lastSeq(ctx, q, l.h.id); err != nil {
		return err
	}
	from, to := sp.clip(span)
	return eachGain(ctx, q, l.h.id, sp.metric, 0, *upTo, from, to, func(g gain) {
		c, known := cells[g.member]
		cells[g.member] = sp.metric.after(c, known, g)
	})
}

// Closed periods in memory: how many a board keeps, and how long after they
// were last asked for.
const (
	maxClosed  = 16
	closedLife = 2 * time.Hour
)

// trim drops closed periods that nobody asks for. What is not written down
// yet stays. The caller holds mu.
func (l *live) trim(now time.Time) {
	closed := 0
	for _, t := range l.tracks {
		if t.closed {
			closed++
		}
	}
	for key, t := range l.tracks {
		if !t.closed || t.unsaved || len(t.dirty) > 0 {
			continue
		}
		if closed > maxClosed || now.UnixMicro()-t.used.Load() > closedLife.Microseconds() {
			delete(l.tracks, key)
			closed--
		}
	}
}
