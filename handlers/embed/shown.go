package embed

import (
	"context"
	"errors"
	"math"
	"reflect"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/widget"
)

// shown is one variant of a widget with its last rendering.
type shown struct {
	s      *source
	v      variant
	state  atomic.Pointer[state]
	used   atomic.Int64 // tick of the last use
	flight singleflight.Group
}

// state is a rendering with what it was made of.
type state struct {
	page  *page
	turn  int64
	until time.Time // when it stops being true by itself; zero: never
}

// ready gives the rendering if it may be shown without asking, else nil. It is
// what nearly every request ends with.
func (x *shown) ready() *page {
	st := x.state.Load()
	if st == nil || st.turn != x.s.turn.Load() || !x.s.isFresh() {
		return nil
	}
	if !st.until.IsZero() && !x.s.e.Clock().Before(st.until) {
		return nil
	}
	return st.page
}

// current gives a rendering that is true at the time of the call, made now if
// need be; callers at the same time share one. While the API does not answer,
// the last one is shown for up to staleLimit, with the time it says itself.
func (x *shown) current(ctx context.Context) (*page, error) {
	if p := x.ready(); p != nil {
		return p, nil
	}
	p, err := x.renewed(ctx)
	if err == nil {
		return p, nil
	}
	st := x.state.Load()
	if st != nil && isPassing(err) && x.s.since(&x.s.seen) < staleLimit && ctx.Err() == nil {
		return st.page, nil
	}
	return nil, err
}

const staleLimit = time.Minute

// renewed renders until the rendering is no older than the call.
func (x *shown) renewed(ctx context.Context) (*page, error) {
	wanted := x.s.turn.Load()
	for {
		done := x.flight.DoChan("", func() (any, error) { return x.render() })
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case r := <-done:
			if r.Err != nil {
				return nil, r.Err
			}
			if st := r.Val.(*state); st.turn >= wanted {
				return st.page, nil
			}
		}
	}
}

func (x *shown) render() (*state, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(x.s.e.ctx), patient)
	defer cancel()
	if err := x.prepare(); err != nil {
		return nil, err
	}
	turn := x.s.turn.Load()
	v := view{info: *x.s.info.Load(), variant: x.v, now: x.s.e.Clock()}
	rows, err := x.s.standings(ctx, v.period(), turn)
	if err != nil {
		if isOver(err) {
			x.s.end(err)
		}
		return nil, err
	}
	return x.keep(ctx, v, rows, turn)
}

// prepare makes sure of the settings, and that a rendering which time has
// overtaken is made of new rows.
func (x *shown) prepare() error {
	if !x.s.isFresh() {
		if err := x.s.refresh(); err != nil {
			return err
		}
	}
	st := x.state.Load()
	if st != nil && !st.until.IsZero() && !x.s.e.Clock().Before(st.until) {
		x.s.turn.CompareAndSwap(st.turn, st.turn+1)
	}
	return nil
}

// keep renders, unless the last rendering says the same: then that one, with
// its tag, goes on.
func (x *shown) keep(ctx context.Context, v view, rows api.Standings, turn int64) (*state, error) {
	next := &state{turn: turn}
	if hold := v.holds(rows); hold < math.MaxInt64 {
		next.until = v.now.Add(hold)
	}
	frame, board := x.s.e.board(v, modePublic, v.info.Widget.AllowedOrigins, rows), v.props(rows)
	if old := x.state.Load(); old != nil && old.page.says(frame, board) {
		next.page = old.page
	} else {
		fresh, err := x.draw(ctx, v, frame, board)
		if err != nil {
			return nil, err
		}
		fresh.revision = rows.Revision
		next.page = fresh
	}
	x.state.Store(next)
	return next, nil
}

func (x *shown) draw(ctx context.Context, v view, frame layout.FrameProps, board widget.LeaderboardProps) (*page, error) {
	html, err := document(ctx, frame, widget.Leaderboard(board))
	if err != nil {
		return nil, err
	}
	live, err := event(ctx, board, frame.Revision)
	if err != nil {
		return nil, err
	}
	policy := x.s.e.policy(v.info.Widget.AllowedOrigins, "", v.variant.preview)
	policy.Set("Link", x.s.e.discovery(v.info.Widget))
	p := newPage(html, policy, v.vary())
	p.frame, p.board, p.event = frame, board, live
	return p, nil
}

// vary names what a page depends on beside its address.
func (v view) vary() string {
	if v.variant.locale == "" && v.info.Widget.Options.Locale == "" {
		return "Accept-Encoding, Accept-Language"
	}
	return "Accept-Encoding"
}

// says reports whether the page shows the same, apart from the time of reading.
func (p *page) says(frame layout.FrameProps, board widget.LeaderboardProps) bool {
	board.Updated = p.board.Updated
	return reflect.DeepEqual(p.frame, frame) && reflect.DeepEqual(p.board, board)
}

// isOver reports whether an error says that the widget is not for everybody
// any more, and not only that the API does not answer now.
func isOver(err error) bool {
	return api.IsKind(err, api.NotFound) || api.IsKind(err, api.Forbidden) || api.IsKind(err, api.Unauthenticated)
}

// isPassing reports whether a question may be answered a little later.
func isPassing(err error) bool {
	for _, kind := range []api.Kind{api.Unavailable, api.Upstream, api.RateLimited} {
		if api.IsKind(err, kind) {
			return true
		}
	}
	return errors.Is(err, context.DeadlineExceeded)
}
