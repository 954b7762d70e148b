// Package channel keeps the places where a community's members meet: their
// types, who may see them and do what in them (Gate, May), how far each member
// has read (Count, MarkRead, Mine), topics of forums, categories, and requests
// to be let in. Messages themselves are another noun's.
package channel

import (
	"context"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the channel noun. Make it with New, set the hooks, then call
// Routes; it is safe for concurrent use afterwards. Standing is required.
type Service struct {
	k       *rest.Kit
	members *member.Service

	// Standing is what a member's roles allow him.
	Standing func(ctx context.Context, communityID, memberID string) (member.Standing, error)
	// CheckRoles returns Invalid on the field unless all ids are roles.
	CheckRoles func(ctx context.Context, communityID, field string, ids []string) error
	// Hand gives a role in an act of the caller; Moved follows the commit.
	Hand  func(ctx context.Context, tx *db.Tx, communityID, memberID, roleID, source string) error
	Moved func(communityID, memberID string)
	// Barred says why a member is suspended or banned; nil when he is not.
	Barred func(ctx context.Context, communityID, memberID string) error
	// OnDelete runs in the transaction that deletes a channel: what hangs on it goes with it.
	OnDelete func(ctx context.Context, tx *db.Tx, communityID, channelID string) error
	// Unseen counts the messages after seq that were deleted and, when only names
	// a member, those that neither he wrote nor answer him, so that they do not
	// count as unread; nil means that there are none.
	Unseen func(ctx context.Context, q db.Querier, communityID, channelID, only string, seq int64) (int64, error)

	mu    sync.RWMutex
	homes map[string]*home
	gen   uint64
	life  time.Duration
}

// otherNodes is how long channels are believed where another node may change them.
const otherNodes = 2 * time.Second

// home is a community's channels in memory. It never changes once it is made.
type home struct {
	places     map[string]place
	order      []string
	categories []api.Category
	until      time.Time
}

// New makes the service.
func New(k *rest.Kit, members *member.Service) *Service {
	s := &Service{k: k, members: members, homes: map[string]*home{}}
	if k.DB().Dialect() == db.PostgreSQL {
		s.life = otherNodes
	}
	return s
}

func (s *Service) home(ctx context.Context, communityID string) (*home, error) {
	s.mu.RLock()
	h, gen := s.homes[communityID], s.gen
	s.mu.RUnlock()
	if h != nil && (s.life == 0 || s.k.Now().Before(h.until)) {
		return h, nil
	}
	h, err := s.load(ctx, communityID)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	if s.gen == gen {
		s.homes[communityID] = h
	}
	s.mu.Unlock()
	return h, nil
}

func (s *Service) load(ctx context.Context, communityID string) (*home, error) {
	categories, err := listCategories(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return nil, err
	}
	channels, err := listChannels(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return nil, err
	}
	h := &home{places: map[string]place{}, categories: categories, until: s.k.Now().Add(s.life)}
	byID := map[string]*api.Category{}
	for i := range categories {
		byID[categories[i].ID] = &categories[i]
	}
	for _, c := range channels {
		h.places[c.ID] = newPlace(c, byID[c.CategoryID])
		h.order = append(h.order, c.ID)
	}
	return h, nil
}

// forget drops what is known of a community's channels.
func (s *Service) forget(communityID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gen++
	delete(s.homes, communityID)
}

var (
	errNotFound   = api.NewError(api.NotFound, "channel_not_found", "No channel has that id.")
	errNoCategory = api.NewError(api.NotFound, "category_not_found", "No category has that id.")
)
