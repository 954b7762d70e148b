// Package leaderboard keeps the community's boards: what they rank, for whom
// and when, and their standings, which are exact and in memory. Standings
// follow the ledger entry by entry, after each commit and in commit order; a
// board answers only when it has followed everything.
package leaderboard

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// flushEvery is how often what moved is written down.
const flushEvery = 3 * time.Second

// Service is the leaderboard noun. Make it with New; it is safe for
// concurrent use.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	ledgers     *ledger.Service
	hub         *event.Hub
	people      *people

	mu     sync.RWMutex
	boards map[string]map[string]*running // by community and board id
	work   sync.WaitGroup
	stop   context.CancelFunc
}

// New makes the service.
func New(k *rest.Kit, communities *community.Service, members *member.Service, ledgers *ledger.Service, hub *event.Hub) *Service {
	s := &Service{k: k, communities: communities, members: members, ledgers: ledgers, hub: hub, boards: map[string]map[string]*running{}}
	s.people = newPeople(s)
	return s
}

// Start loads the boards and begins to write down what moves.
func (s *Service) Start(ctx context.Context) {
	ctx, s.stop = context.WithCancel(ctx)
	s.work.Go(func() { s.warm(ctx) })
	s.work.Go(func() { s.tend(ctx) })
}

// warm loads every enabled board once, so that the first visitor need not wait.
func (s *Service) warm(ctx context.Context) {
	all, err := s.communities.All(ctx)
	for _, c := range all {
		boards, listErr := listBoards(ctx, s.k.DB().Read(), c.ID)
		if listErr != nil {
			err = listErr
		}
		for _, b := range boards {
			if b.Enabled {
				s.running(b)
			}
		}
	}
	if err != nil && ctx.Err() == nil {
		s.k.Log().WarnContext(ctx, "boards not warmed", slog.Any("cause", err))
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
		if err := s.flush(ctx); err != nil && ctx.Err() == nil {
			s.k.Log().WarnContext(ctx, "standings not written down", slog.Any("cause", err))
		}
	}
}

// flush writes down every loaded board.
func (s *Service) flush(ctx context.Context) error {
	var failed error
	for _, r := range s.all() {
		if err := r.flush(ctx); err != nil {
			failed = err
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
	for _, r := range s.all() {
		<-r.done
	}
	return s.flush(ctx)
}

func (s *Service) all() []*running {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*running
	for _, boards := range s.boards {
		for _, r := range boards {
			out = append(out, r)
		}
	}
	return out
}

func (s *Service) of(communityID string) []*running {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]*running, 0, len(s.boards[communityID]))
	for _, r := range s.boards[communityID] {
		out = append(out, r)
	}
	return out
}

// running gives the standings of a board, and begins to load them when they
// are not in memory or were made for other settings.
func (s *Service) running(b api.Leaderboard) *running {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.boards[b.CommunityID][b.ID]
	if r != nil && r.spec == specOf(b) {
		r.board.Store(&b)
		return r
	}
	r = newRunning(s, b)
	if s.boards[b.CommunityID] == nil {
		s.boards[b.CommunityID] = map[string]*running{}
	}
	s.boards[b.CommunityID][b.ID] = r
	go r.load(context.Background()) //nolint:gosec // loading outlives the request that asked first
	return r
}

// forget drops a board's standings from memory.
func (s *Service) forget(communityID, boardID string) {
	s.mu.Lock()
	delete(s.boards[communityID], boardID)
	s.mu.Unlock()
}

// Follow takes committed entries of one community into its boards, and tells
// where each member stood before and stands now.
func (s *Service) Follow(entries []ledger.Entry) [][]api.RankChange {
	if len(entries) == 0 {
		return nil
	}
	out := make([][]api.RankChange, len(entries))
	s.people.touch(entries)
	for _, r := range s.of(entries[0].CommunityID) {
		if r.follow(entries, out) {
			s.hub.Signal("board:" + r.id)
		}
	}
	return out
}

// MemberChanged takes a member out of the boards that are not his any more,
// and puts him back where he belongs.
func (s *Service) MemberChanged(communityID string, ref member.Ref) {
	ctx := context.Background()
	s.people.forget(communityID, ref.No)
	for _, r := range s.of(communityID) {
		if err := r.review(ctx, ref); err != nil {
			s.k.Log().WarnContext(ctx, "board not told of a member", slog.String("board", r.id), slog.Any("cause", err))
			s.forget(communityID, r.id) // it is loaded anew when it is next asked for
		}
		s.hub.Signal("board:" + r.id)
	}
}
