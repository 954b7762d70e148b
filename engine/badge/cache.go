package badge

import (
	"context"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/db"
)

// otherNodes is how long a list is believed where another node may change it.
const otherNodes = 5 * time.Second

// cache remembers each community's badges; their counts may be behind.
type cache struct {
	s    *Service
	life time.Duration // 0 means until a badge changes
	mu   sync.Mutex
	gen  int
	kept map[string]kept
}

type kept struct {
	list  []record
	byID  map[string]record
	until time.Time
}

func newCache(s *Service) *cache {
	c := &cache{s: s, kept: map[string]kept{}}
	if s.k.DB().Dialect() == db.PostgreSQL {
		c.life = otherNodes
	}
	return c
}

func (c *cache) forget(communityID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	delete(c.kept, communityID)
}

// of gives a community's badges, the oldest first. Nobody changes the result.
func (c *cache) of(ctx context.Context, communityID string) (kept, error) {
	c.mu.Lock()
	got, ok := c.kept[communityID]
	gen := c.gen
	c.mu.Unlock()
	now := c.s.k.Now()
	if ok && (c.life == 0 || now.Before(got.until)) {
		return got, nil
	}
	all, err := selectAll(ctx, c.s.k.DB().Read(), communityID)
	if err != nil {
		return kept{}, err
	}
	fresh := kept{list: all, byID: make(map[string]record, len(all)), until: now.Add(c.life)}
	for _, r := range all {
		fresh.byID[r.id] = r
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen == c.gen {
		c.kept[communityID] = fresh
	}
	return fresh, nil
}

// ShownOf gives what members show beside their names, by their id: texts that
// Faces reads.
func (s *Service) ShownOf(ctx context.Context, communityID string, memberIDs []string) (map[string]string, error) {
	return selectAllShown(ctx, s.k.DB().Read(), communityID, memberIDs)
}

// Faces are the badges that a text of ShownOf stands for, without a query
// while the community's badges are remembered.
func (s *Service) Faces(ctx context.Context, communityID, text string) []api.BadgeFace {
	if text == "" {
		return nil
	}
	all, err := s.cache.of(ctx, communityID)
	if err != nil {
		return nil // a name without its badges is better than no name
	}
	var out []api.BadgeFace
	for _, id := range split(text) {
		if r, ok := all.byID[id]; ok {
			out = append(out, r.face())
		}
	}
	return out
}

// FacesOf are the badges that members show, by their id, with one query.
func (s *Service) FacesOf(ctx context.Context, communityID string, memberIDs []string) (map[string][]api.BadgeFace, error) {
	texts, err := s.ShownOf(ctx, communityID, memberIDs)
	out := make(map[string][]api.BadgeFace, len(texts))
	for id, text := range texts {
		out[id] = s.Faces(ctx, communityID, text)
	}
	return out, err
}
