package leaderboard

import (
	"context"
	"log/slog"
	"maps"
	"math"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rule"
)

// patience is how long a reader waits for a board that is loading.
const patience = 2 * time.Second

// calmDown is how long a failed load is not tried again.
const calmDown = time.Second

var errLoading = &api.Error{Kind: api.Unavailable, Code: "board_loading", RetryAfter: time.Second,
	Message: "The standings are being loaded. Nothing is shown before it is exact; try again in a second."}

// await makes sure that the board is ready, and waits a little for it.
// Errors: Unavailable board_loading, or why the last load failed.
func (l *live) await(ctx context.Context) error {
	l.mu.RLock()
	isReady := l.state == ready
	l.mu.RUnlock()
	if isReady {
		return nil
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-l.begin():
	case <-timer.C:
		return errLoading
	case <-ctx.Done():
		return ctx.Err()
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	switch {
	case l.state == ready:
		return nil
	case l.gone:
		return errBoardNotFound
	case l.err != nil:
		return l.err
	}
	return errLoading
}

// begin starts to load the board unless that was done. The channel is closed
// when the load has ended.
func (l *live) begin() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state != idle || l.gone || time.Since(l.failed) < calmDown {
		if l.state != loading {
			return closed()
		}
		return l.done
	}
	l.state, l.done, l.err = loading, make(chan struct{}), nil
	go l.load(l.spec.Load(), l.done)
	return l.done
}

func closed() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

// load brings the standings up to the ledger. It outlives whoever asked first.
func (l *live) load(sp *spec, done chan struct{}) {
	defer close(done)
	ctx := context.Background()
	l.h.s.beforeLoad()
	err := l.read(ctx, sp)
	if err == nil {
		return
	}
	l.h.s.k.Log().ErrorContext(ctx, "board not loaded", slog.String("board", l.id), slog.Any("cause", err))
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.gone {
		l.reset()
		l.err, l.failed = err, time.Now()
	}
}

func (l *live) read(ctx context.Context, sp *spec) error {
	if err := l.attach(ctx, sp); err != nil {
		return err
	}
	q := l.h.s.k.DB().Read()
	hash, mark, err := selectMark(ctx, q, l.h.id, l.id)
	if err != nil {
		return err
	}
	f := newFold(l, sp, l.h.s.k.Now())
	if hash == sp.hash {
		f.mark = mark
		err = f.projection(ctx, q)
	}
	if err == nil {
		err = f.tail(ctx, q)
	}
	if err != nil {
		return err
	}
	return l.settle(f, hash == sp.hash)
}

// attach begins to keep what is followed from now on, and asks the audience.
func (l *live) attach(ctx context.Context, sp *spec) error {
	l.h.order.Lock()
	defer l.h.order.Unlock()
	q := l.h.s.k.DB().Read()
	last, err := lastMember(ctx, q, l.h.id)
	if err == nil {
		err = l.h.meet(ctx, last)
	}
	if err != nil || rule.IsEverybody(sp.board.RankedUserRoles) {
		return err
	}
	chosen := map[uint32]struct{}{}
	err = eachPerson(ctx, q, l.h.id, 0, last, func(no uint32, p rule.Person) {
		if rule.Holds(sp.board.RankedUserRoles, p) {
			chosen[no] = struct{}{}
		}
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.chosen, l.chosenTo = chosen, last
	return err
}

// ranked is isRanked for loads, which do not hold mu.
func (l *live) ranked(sp *spec, no uint32) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.isRanked(sp, no)
}

// settle builds the standings and takes in what was followed meanwhile.
func (l *live) settle(f *fold, known bool) error {
	tracks, err := f.tracks()
	if err != nil {
		return err
	}
	if !known {
		f.mark = 0
		for _, t := range tracks {
			t.touchAll()
		}
	}
	l.h.order.Lock()
	defer l.h.order.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.gone {
		return nil
	}
	l.tracks, l.day, l.until = tracks, f.day, 0
	for _, span := range f.present {
		l.present[span.Period] = tracks[span.Key]
	}
	l.loaded, l.seq, l.marked, l.wipe = f.upTo, f.upTo, f.mark, !known
	for key := range f.stale {
		l.stale[key] = true
	}
	l.catchUp(f.sp)
	l.state = ready
	l.revision++
	l.h.s.hub.Signal(l.topic)
	return nil
}

// catchUp takes in what was followed and who changed during the load.
func (l *live) catchUp(sp *spec) {
	l.roll(sp, l.h.s.k.Now())
	for _, g := range l.buffer {
		if g.seq > l.seq {
			l.count(sp, g)
		}
	}
	for _, no := range l.changed {
		isRanked := l.isRanked(sp, no)
		for _, t := range l.tracks {
			t.show(no, isRanked)
		}
	}
	l.buffer, l.changed = nil, nil
}

// fold gathers the scores of a board's present periods before the rank
// structures are built.
type fold struct {
	l        *live
	sp       *spec
	present  []period.Span
	from     int64 // when the first present period begins
	scores   map[string]map[uint32]cell
	spans    map[string]period.Span
	stale    map[string]bool
	mark     int64 // number up to which the projection is complete
	upTo     int64 // number up to which the ledger was read
	day      string
	dayStart int64
	mornings map[string]morning
	dawned   bool
	touched  map[string]map[uint32]struct{}
}

func newFold(l *live, sp *spec, now time.Time) *fold {
	now = sp.present(now)
	f := &fold{
		l: l, sp: sp, from: math.MaxInt64, day: sp.calendar.Day(now), dayStart: sp.calendar.DayStart(now).UnixMicro(),
		scores: map[string]map[uint32]cell{}, spans: map[string]period.Span{}, stale: map[string]bool{},
		mornings: map[string]morning{}, touched: map[string]map[uint32]struct{}{},
	}
	for _, p := range sp.board.TimeFilters {
		span := sp.calendar.At(p, now)
		f.present = append(f.present, span)
		f.from = min(f.from, span.From)
		f.into(span)
	}
	return f
}

// into is the scores of a period.
func (f *fold) into(span period.Span) map[uint32]cell {
	scores := f.scores[span.Key]
	if scores == nil {
		scores = map[uint32]cell{}
		f.scores[span.Key], f.spans[span.Key] = scores, span
	}
	return scores
}

// projection reads what was written down: the present periods, and those that
// early gains had begun.
func (f *fold) projection(ctx context.Context, q db.Querier) error {
	for _, span := range f.present {
		if err := f.readScores(ctx, q, span); err != nil {
			return err
		}
		if span.Period != api.PeriodAllTime {
			if err := f.readScores(ctx, q, f.sp.calendar.At(span.Period, time.UnixMicro(span.To))); err != nil {
				return err
			}
		}
	}
	mornings, err := selectMornings(ctx, q, f.l.h.id, f.l.id, "day", f.day)
	maps.Copy(f.mornings, mornings)
	return err
}

func (f *fold) readScores(ctx context.Context, q db.Querier, span period.Span) error {
	scores := map[uint32]cell{}
	err := eachScore(ctx, q, f.l.h.id, f.l.id, span.Key, func(no uint32, c cell) { scores[no] = c })
	if len(scores) > 0 {
		f.scores[span.Key], f.spans[span.Key] = scores, span
	}
	return err
}

// tail reads the ledger from the mark on.
func (f *fold) tail(ctx context.Context, q db.Querier) (err error) {
	if f.upTo, err = lastSeq(ctx, q, f.l.h.id); err != nil {
		return err
	}
	from := f.sp.from
	if f.mark == 0 {
		from = max(from, f.from)
	}
	err = eachGain(ctx, q, f.l.h.id, f.sp.metric, f.mark, f.upTo, from, f.sp.to, f.add)
	if err == nil && !f.dawned {
		err = f.dawn()
	}
	return err
}

// add counts a gain in every period that holds it.
func (f *fold) add(g gain) {
	if !f.dawned && g.at >= f.dayStart {
		_ = f.dawn() // fails only for a member who occurs twice, and a map has none
	}
	for _, span := range f.present {
		if !span.Contains(g.at) {
			if g.at < span.From && f.mark == 0 {
				continue // nothing was written down that it could spoil
			}
			if g.at < span.From {
				f.stale[f.sp.calendar.At(span.Period, time.UnixMicro(g.at)).Key] = true
				continue
			}
			span = f.sp.calendar.At(span.Period, time.UnixMicro(g.at))
		}
		scores := f.into(span)
		c, known := scores[g.member]
		if known && c.seq >= g.seq {
			continue
		}
		scores[g.member] = f.sp.metric.after(c, known, g)
		f.touch(span.Key, g.member)
	}
}

func (f *fold) touch(key string, no uint32) {
	if f.touched[key] == nil {
		f.touched[key] = map[uint32]struct{}{}
	}
	f.touched[key][no] = struct{}{}
}

// dawn notes the ranks with which the present day began, from what was
// gathered up to its first gain, unless they were written down.
func (f *fold) dawn() error {
	f.dawned = true
	for _, span := range f.present {
		if _, known := f.mornings[span.Key]; known || span.From >= f.dayStart || len(f.scores[span.Key]) == 0 {
			continue
		}
		t, err := f.track(span.Key)
		if err != nil {
			return err
		}
		f.mornings[span.Key] = morning{f.day, ranksOf(t.ranks)}
	}
	return nil
}

func (f *fold) track(key string) (*track, error) {
	t := newTrack(f.spans[key], f.sp.options())
	return t, t.fill(f.scores[key], func(no uint32) bool { return f.l.ranked(f.sp, no) })
}

// tracks builds the standings of all gathered periods.
func (f *fold) tracks() (map[string]*track, error) {
	out := map[string]*track{}
	for key := range f.scores {
		t, err := f.track(key)
		if err != nil {
			return nil, err
		}
		if touched := f.touched[key]; touched != nil {
			t.dirty = touched
		}
		t.morning, t.unsaved = f.mornings[key], f.mornings[key].day != ""
		out[key] = t
	}
	return out, nil
}
