package embed

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"laurel/api"
)

// How long what a source knows is believed.
const (
	steady  = 3 * time.Second        // of a widget's settings, while the board is followed
	lost    = time.Second            // of everything, while it is not
	probe   = 2 * time.Second        // between looks at the settings of a widget in use
	idle    = 5 * time.Minute        // after the last use, before a source is dropped
	patient = 5 * time.Second        // for one answer of the API
	rejoin  = 200 * time.Millisecond // before a stream that ended is opened again
	rejoins = 5 * time.Second        // the longest of such pauses
)

// source is a public widget that somebody looks at. It follows the board once
// for all readers, and counts the reasons to render anew.
type source struct {
	e      *Embed
	id     string
	info   atomic.Pointer[api.PublicWidget]
	ended  atomic.Pointer[api.Error] // why the widget cannot be shown any more
	turn   atomic.Int64              // grows with each reason to render anew
	seen   atomic.Int64              // tick at which the settings were last confirmed
	used   atomic.Int64              // tick of the last use
	joined atomic.Bool               // the board's stream is open
	bell   bell
	flight singleflight.Group
	stop   context.CancelFunc

	mu      sync.RWMutex
	shown   map[variant]*shown
	rows    map[api.Period]kept
	viewers int // open live streams; guarded by the cache
}

// kept is standings with the turn that they were read in.
type kept struct {
	turn      int64
	standings api.Standings
}

func newSource(e *Embed, info api.PublicWidget) *source {
	s := &source{e: e, id: info.Widget.ID, shown: map[variant]*shown{}, rows: map[api.Period]kept{}}
	s.info.Store(&info)
	s.touch(&s.seen)
	s.touch(&s.used)
	return s
}

func (s *source) touch(mark *atomic.Int64) { mark.Store(int64(s.e.tick())) }

func (s *source) since(mark *atomic.Int64) time.Duration {
	return s.e.tick() - time.Duration(mark.Load())
}

// run follows the board until ctx ends.
func (s *source) run(ctx context.Context) {
	go s.watch(ctx)
	pause := rejoin
	for ctx.Err() == nil {
		err := s.e.anyone.Widgets().FollowPublic(calling(ctx, s.id), s.id, s.changed)
		if s.joined.Load() {
			pause = rejoin
		}
		s.parted(ctx, err)
		wait(ctx, pause)
		pause = min(2*pause, rejoins)
	}
}

// changed is called with each change of the board, and once at the start.
func (s *source) changed(api.StandingsChange) {
	s.joined.Store(true)
	s.renew()
}

// parted ends a stream: what is known is asked for again at once, since a
// widget's stream ends when its settings change.
func (s *source) parted(ctx context.Context, err error) {
	s.joined.Store(false)
	if ctx.Err() != nil {
		return
	}
	if err != nil && isOver(err) {
		s.end(err)
		return
	}
	_ = s.refresh() // the next reader meets the error himself
}

func (s *source) renew() {
	s.turn.Add(1)
	s.bell.ring()
}

// watch looks at the settings of a widget in use, since not everything about it
// comes through the stream, and drops one that nobody uses.
func (s *source) watch(ctx context.Context) {
	beat := time.NewTicker(probe)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
		if s.e.cache.dropIdle(s) {
			return
		}
		if s.since(&s.used) < 2*probe || s.e.cache.isWatched(s) {
			_ = s.refresh() // the next reader meets the error himself
		}
	}
}

// isFresh reports whether what the source knows may be shown without asking.
func (s *source) isFresh() bool {
	limit := lost
	if s.joined.Load() {
		limit = steady
	}
	return s.since(&s.seen) < limit && s.ended.Load() == nil
}

// refresh asks for the settings again; callers at the same time share one
// question. Whatever changed, and every question while the board is not
// followed, is a reason to render anew.
func (s *source) refresh() error {
	if end := s.ended.Load(); end != nil {
		return end
	}
	_, err, _ := s.flight.Do("settings", func() (any, error) { return nil, s.ask() })
	return err
}

func (s *source) ask() error {
	ctx, cancel := context.WithTimeout(calling(context.WithoutCancel(s.e.ctx), s.id), patient)
	defer cancel()
	info, err := s.e.anyone.Widgets().Public(ctx, s.id)
	if err == nil && !info.Widget.IsPublic {
		err = errGone
	}
	if err != nil {
		if isOver(err) {
			s.end(err)
		}
		return err
	}
	old := s.info.Swap(&info)
	s.touch(&s.seen)
	if !s.joined.Load() || !reflect.DeepEqual(settings(*old), settings(info)) {
		s.renew()
	}
	return nil
}

// settings leaves out what the stream tells of anyway.
func settings(p api.PublicWidget) api.PublicWidget {
	p.Board.Participants, p.Community.Members = 0, 0
	return p
}

// end says that the widget cannot be shown any more: readers are told, and the
// next request begins anew.
func (s *source) end(err error) {
	var e *api.Error
	if !errors.As(err, &e) {
		e = errGone
	}
	s.ended.CompareAndSwap(nil, e)
	s.e.cache.remove(s)
	s.renew()
}

// standings are the rows of a period as of a turn or later; readers of all
// variants share one question.
func (s *source) standings(ctx context.Context, period api.Period, turn int64) (api.Standings, error) {
	s.mu.RLock()
	k, ok := s.rows[period]
	s.mu.RUnlock()
	if ok && k.turn >= turn {
		return k.standings, nil
	}
	got, err, _ := s.flight.Do(flightKey(period, turn), func() (any, error) { return s.read(ctx, period, turn) })
	if err != nil {
		return api.Standings{}, err
	}
	return got.(api.Standings), nil
}

func (s *source) read(ctx context.Context, period api.Period, turn int64) (api.Standings, error) {
	got, err := s.e.anyone.Widgets().PublicEntries(calling(ctx, s.id), s.id, firstRows(s.info.Load().Widget, period))
	if err != nil {
		return got, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok := s.rows[period]; !ok || k.turn < turn {
		s.rows[period] = kept{turn, got}
	}
	return got, nil
}

// bell wakes everybody who listens.
type bell struct {
	mu sync.Mutex
	c  chan struct{}
}

// listen gives a channel that the next ring closes.
func (b *bell) listen() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.c == nil {
		b.c = make(chan struct{})
	}
	return b.c
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.c != nil {
		close(b.c)
		b.c = nil
	}
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
