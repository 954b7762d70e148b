// Package leaderboard keeps the community's boards: what they rank, for whom
// and when, and their standings, which are exact and in memory. Standings
// follow the ledger entry by entry, after each commit and in commit order; a
// board answers only when it is complete. What moved is written down now and
// then as a projection, which the ledger can always rebuild.
package leaderboard

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// flushEvery is how often the periods are looked at and what moved is written down.
const flushEvery = 2 * time.Second

// Service is the leaderboard noun. Make it with New; it is safe for
// concurrent use.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	ledgers     *ledger.Service
	hub         *event.Hub
	faces       faceCount
	scores      *db.Sets

	mu    sync.RWMutex
	homes map[string]*home
	work  sync.WaitGroup
	stop  context.CancelFunc

	// ShownBadges gives what members show beside their names, by their id, as
	// texts that BadgeFaces reads without a query. Both may be nil.
	ShownBadges func(ctx context.Context, communityID string, memberIDs []string) (map[string]string, error)
	BadgeFaces  func(ctx context.Context, communityID, text string) []api.BadgeFace

	// beforeLoad is called by each load before it reads; tests hold loads here.
	beforeLoad func()
}

// New makes the service.
func New(k *rest.Kit, communities *community.Service, members *member.Service, ledgers *ledger.Service, hub *event.Hub) *Service {
	return &Service{
		k: k, communities: communities, members: members, ledgers: ledgers, hub: hub,
		scores: db.NewSets(k.DB().Dialect()), homes: map[string]*home{}, beforeLoad: func() {},
	}
}

// Start loads the enabled boards in the background and begins to roll periods
// over and to write down what moves. It ends with Close, or with ctx.
func (s *Service) Start(ctx context.Context) {
	ctx, s.stop = context.WithCancel(ctx)
	s.work.Go(func() { s.warm(ctx) })
	s.work.Go(func() { s.tend(ctx) })
}

// warm loads every enabled board once, so that the first visitor need not wait,
// and then reads what their rows will show.
func (s *Service) warm(ctx context.Context) {
	all, err := selectBoards(ctx, s.k.DB().Read(), "")
	if err != nil && ctx.Err() == nil {
		s.k.Log().WarnContext(ctx, "boards not warmed", slog.Any("cause", err))
	}
	for _, b := range all {
		if !b.Enabled || ctx.Err() != nil {
			continue
		}
		if l, err := s.find(ctx, b.CommunityID, b.ID); err == nil {
			<-l.begin()
		}
	}
	s.warmFaces(ctx)
}

func (s *Service) warmFaces(ctx context.Context) {
	s.mu.RLock()
	homes := slices.Collect(maps.Values(s.homes))
	s.mu.RUnlock()
	for _, h := range homes {
		if h.faces.life == 0 {
			h.faces.warm(ctx)
		}
	}
}

// tend rolls periods over and writes the projection, until ctx ends.
func (s *Service) tend(ctx context.Context) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		s.flush(ctx, false)
	}
}

// flush writes down every loaded board; failures are logged and tried again
// with the next one. It returns the last.
func (s *Service) flush(ctx context.Context, last bool) error {
	var failed error
	for _, l := range s.all() {
		err := l.flush(ctx, last)
		if err == nil {
			continue
		}
		failed = err
		if ctx.Err() == nil {
			s.k.Log().WarnContext(ctx, "standings not written down", slog.String("board", l.id), slog.Any("cause", err))
		}
	}
	return failed
}

// Close ends the background work and writes down what moved last.
func (s *Service) Close(ctx context.Context) error {
	if s.stop != nil {
		s.stop()
	}
	s.work.Wait()
	return s.flush(ctx, true)
}

func (s *Service) all() []*live {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*live
	for _, h := range s.homes {
		out = append(out, h.all()...)
	}
	return out
}

// Follow takes committed entries of one community into its boards, and tells
// where each member stood before and stands now: one part per entry. Entries
// come in the order of their numbers.
func (s *Service) Follow(entries []ledger.Entry) [][]api.RankChange {
	if len(entries) == 0 {
		return nil
	}
	ctx := context.Background()
	h, err := s.home(ctx, entries[0].CommunityID)
	if err != nil {
		s.k.Log().ErrorContext(ctx, "boards not known", slog.Any("cause", err))
		return make([][]api.RankChange, len(entries))
	}
	return h.follow(ctx, entries)
}

// MemberChanged takes a member out of the boards that do not rank it any
// more, and puts it back where it belongs.
func (s *Service) MemberChanged(communityID string, ref member.Ref) {
	ctx := context.Background()
	h, err := s.home(ctx, communityID)
	if err == nil {
		err = h.review(ctx, ref)
	}
	if err != nil {
		s.k.Log().ErrorContext(ctx, "boards not told of a member", slog.Int64("member", ref.No), slog.Any("cause", err))
	}
}

// FaceChanged forgets what rows show of a member; number 0 changes nothing
// that is kept by member.
func (s *Service) FaceChanged(communityID string, number int64) {
	s.mu.RLock()
	h := s.homes[communityID]
	s.mu.RUnlock()
	if h != nil && number != 0 {
		h.faces.forget(number)
	}
}

// Board finds a board by id or slug, for anybody. Errors: NotFound.
func (s *Service) Board(ctx context.Context, communityID, ref string) (api.Leaderboard, error) {
	l, err := s.find(ctx, communityID, ref)
	if err != nil {
		return api.Leaderboard{}, err
	}
	return l.shown(), nil
}

// Public lists the enabled boards whose own widget is on, in their order.
func (s *Service) Public(ctx context.Context, communityID string) ([]api.Leaderboard, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return nil, err
	}
	var out []api.Leaderboard
	for _, l := range h.all() {
		if b := l.spec.Load().board; b.Enabled && b.Widget.Enabled {
			out = append(out, l.shown())
		}
	}
	return out, nil
}

// Places is where a member stands now on every enabled board that is in
// memory, for replies that are given again.
func (s *Service) Places(ctx context.Context, communityID string, who member.Ref) []api.RankChange {
	out := []api.RankChange{}
	h, err := s.home(ctx, communityID)
	if err != nil {
		return out
	}
	for _, l := range h.all() {
		if place, ok := l.place(uint32(who.No)); ok {
			out = append(out, place)
		}
	}
	return out
}
