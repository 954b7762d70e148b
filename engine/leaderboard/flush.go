package leaderboard

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"laurel/engine/db"
)

// markEvery is how many ledger numbers may pass a quiet board before its mark
// is moved on.
const markEvery = 5000

// What moved is written down once it is many rows, which then lie side by side
// in the database's pages, or once it has waited. A start replays the rest.
const (
	flushRows = 100_000
	flushWait = 30 * time.Second
)

// batch is what one flush writes down.
type batch struct {
	hash     string
	wipe     bool
	stale    []string
	rows     []rowKey
	tracks   map[string]*track
	periods  []periodRow
	mornings map[string]morning
	mark     int64
}

// rowKey names a row of the projection.
type rowKey struct {
	key    string
	member uint32
}

// flush rolls over to the present periods and writes down what moved: scores
// in small sorted sets, each exact up to its own number, and last the mark up
// to which they are complete. A crash in between costs nothing but time.
func (l *live) flush(ctx context.Context, last bool) error {
	l.flushing.Lock()
	defer l.flushing.Unlock()
	b := l.collect(last)
	if b == nil {
		return nil
	}
	err := l.write(ctx, b, last)
	if err != nil {
		l.giveBack(b)
	}
	return err
}

// collect takes what is to be written; nil when there is nothing.
func (l *live) collect(last bool) *batch {
	sp, now := l.spec.Load(), l.h.s.k.Now()
	l.h.order.Lock()
	defer l.h.order.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.gone || l.state != ready {
		return nil
	}
	l.roll(sp, now)
	l.trim(now)
	if !last && !l.isDue() {
		return nil
	}
	l.flushed = time.Now()
	b := &batch{hash: sp.hash, wipe: l.wipe, tracks: map[string]*track{}, mornings: map[string]morning{}, mark: max(l.loaded, l.h.seq)}
	l.collectStale(b)
	for key, t := range l.tracks {
		l.collectTrack(b, key, t, now)
	}
	quiet := !b.wipe && len(b.stale)+len(b.rows)+len(b.periods)+len(b.mornings) == 0
	if quiet && (b.mark == l.marked || (!last && b.mark-l.marked < markEvery)) {
		return nil
	}
	return b
}

// isDue reports whether it is time to write down what moved. The caller holds mu.
func (l *live) isDue() bool {
	if l.wipe || len(l.stale) > 0 || time.Since(l.flushed) >= flushWait {
		return true
	}
	rows := 0
	for _, t := range l.tracks {
		if t.unsaved {
			return true
		}
		rows += len(t.dirty)
	}
	return rows >= flushRows
}

func byKey(x, y rowKey) int {
	if c := strings.Compare(x.key, y.key); c != 0 {
		return c
	}
	return cmp.Compare(x.member, y.member)
}

// collectStale takes the closed periods that late gains made useless. One
// that is in memory is written anew.
func (l *live) collectStale(b *batch) {
	for key := range l.stale {
		if l.fetching[key] != nil {
			continue
		}
		if t := l.tracks[key]; t != nil {
			t.touchAll()
			t.unsaved = true
		}
		b.stale = append(b.stale, key)
	}
}

func (l *live) collectTrack(b *batch, key string, t *track, now time.Time) {
	b.tracks[key] = t
	for no := range t.dirty {
		b.rows = append(b.rows, rowKey{key, no})
	}
	if len(t.dirty) > 0 {
		t.dirty = map[uint32]struct{}{}
	}
	if !t.unsaved {
		return
	}
	t.unsaved = false
	if t.morning.day != "" && !t.closed {
		b.mornings[key] = t.morning
	}
	if t.closed {
		b.periods = append(b.periods, periodRow{string(t.span.Period), key, t.span.From, t.span.To, db.Micros(now), t.ranks.Len()})
	}
}

// giveBack keeps what could not be written for the next flush.
func (l *live) giveBack(b *batch) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state != ready {
		return
	}
	for _, r := range b.rows {
		if t := l.tracks[r.key]; t != nil {
			t.dirty[r.member] = struct{}{}
		}
	}
	for key, t := range l.tracks {
		_, morning := b.mornings[key]
		t.unsaved = t.unsaved || morning || t.closed
	}
}

func (l *live) write(ctx context.Context, b *batch, last bool) error {
	err := l.save(ctx, func(ctx context.Context, tx *db.Tx) error { return l.writeFirst(ctx, tx, b) })
	if err == nil {
		l.cleared(b)
	}
	slices.SortFunc(b.rows, byKey)
	for rows := b.rows; err == nil && len(rows) > 0; {
		part := rows[:min(len(rows), rowsAtOnce)]
		rows = rows[len(part):]
		begun := time.Now()
		cells := l.cells(b, part)
		err = l.save(ctx, func(ctx context.Context, tx *db.Tx) error { return l.h.s.upsertScores(ctx, tx, l.h.id, l.id, cells) })
		if !last {
			pause(ctx, 3*time.Since(begun))
		}
	}
	if err != nil {
		return err
	}
	err = l.save(ctx, func(ctx context.Context, tx *db.Tx) error { return l.writeLast(ctx, tx, b) })
	if err == nil {
		l.mu.Lock()
		l.marked = b.mark
		l.mu.Unlock()
	}
	return err
}

// save writes unless the board is gone meanwhile.
func (l *live) save(ctx context.Context, fn func(ctx context.Context, tx *db.Tx) error) error {
	return l.h.s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		l.mu.RLock()
		gone := l.gone || l.state != ready
		l.mu.RUnlock()
		if gone {
			return nil
		}
		return fn(ctx, tx)
	})
}

// cleared notes that what was of no use is gone from the projection.
func (l *live) cleared(b *batch) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b.wipe {
		l.wipe = false
	}
	for _, key := range b.stale {
		delete(l.stale, key)
	}
}

// writeFirst drops what is of no use and keeps the ranks of the morning,
// before any score of the day is written.
func (l *live) writeFirst(ctx context.Context, tx *db.Tx, b *batch) error {
	if b.wipe {
		if err := dropProjection(ctx, tx, l.h.id, l.id); err != nil {
			return err
		}
	}
	for _, key := range b.stale {
		if err := dropPeriod(ctx, tx, l.h.id, l.id, key); err != nil {
			return err
		}
	}
	for key, m := range b.mornings {
		if err := upsertMorning(ctx, tx, l.h.id, l.id, key, m); err != nil {
			return err
		}
	}
	return nil
}

func (l *live) writeLast(ctx context.Context, tx *db.Tx, b *batch) error {
	for _, p := range b.periods {
		if err := upsertPeriod(ctx, tx, l.h.id, l.id, p); err != nil {
			return err
		}
	}
	return upsertMark(ctx, tx, l.h.id, l.id, b.hash, b.mark)
}

// cells reads the present scores of rows. They are exact up to the last own
// number counted, which goes with them.
func (l *live) cells(b *batch, rows []rowKey) []scoreRow {
	l.mu.RLock()
	defer l.mu.RUnlock()
	out := make([]scoreRow, 0, len(rows))
	for _, r := range rows {
		if c, ok := b.tracks[r.key].cell(r.member); ok {
			c.seq = l.seq
			out = append(out, scoreRow{r.key, r.member, c})
		}
	}
	return out
}

// pause leaves the writer to others for a while.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(min(d, 200*time.Millisecond))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
