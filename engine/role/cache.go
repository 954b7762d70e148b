package role

import (
	"context"
	"sync"
	"time"

	"laurel/engine/db"
	"laurel/engine/member"
)

// maxHeld bounds how many members' roles are remembered in a community.
const maxHeld = 100_000

// cache remembers the roles of communities and who has them.
type cache struct {
	mu    sync.RWMutex
	homes map[string]*roster
	gen   uint64 // counts what was forgotten: older readings are not kept
	life  time.Duration
	now   db.Clock
}

// roster is the roles of one community.
type roster struct {
	roles []stored // highest first
	until time.Time

	mu   sync.RWMutex
	held map[string][]member.HeldRole
	gen  uint64
}

func (s *Service) home(ctx context.Context, communityID string) (*roster, error) {
	c := s.cache
	c.mu.RLock()
	h, gen := c.homes[communityID], c.gen
	c.mu.RUnlock()
	if h != nil && (c.life == 0 || c.now().Before(h.until)) {
		return h, nil
	}
	roles, err := list(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return nil, err
	}
	h = &roster{roles: roles, held: map[string][]member.HeldRole{}, until: c.now().Add(c.life)}
	c.mu.Lock()
	if c.gen == gen {
		c.homes[communityID] = h
	}
	c.mu.Unlock()
	return h, nil
}

// held gives a member's roles, highest first, @all last.
func (s *Service) held(ctx context.Context, communityID, memberID string) ([]member.HeldRole, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return nil, err
	}
	h.mu.RLock()
	roles, ok := h.held[memberID]
	gen := h.gen
	h.mu.RUnlock()
	if ok {
		return roles, nil
	}
	ids, err := roleIDs(ctx, s.k.DB().Read(), communityID, memberID)
	if err != nil {
		return nil, err
	}
	roles = h.pick(ids)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.gen == gen {
		if len(h.held) >= maxHeld {
			h.held = map[string][]member.HeldRole{}
		}
		h.held[memberID] = roles
	}
	return roles, nil
}

func (h *roster) pick(ids map[string]bool) []member.HeldRole {
	var out []member.HeldRole
	for _, r := range h.roles {
		if r.isDefault || ids[r.id] {
			out = append(out, member.HeldRole{ID: r.id, Title: r.title, Class: r.class, Order: r.order, Rights: r.rights})
		}
	}
	return out
}

// forget drops what is known of a community's roles.
func (c *cache) forget(communityID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	delete(c.homes, communityID)
}

// forgetMember drops what roles a member has.
func (c *cache) forgetMember(communityID, memberID string) {
	c.mu.Lock()
	h := c.homes[communityID]
	c.gen++
	c.mu.Unlock()
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.gen++
	delete(h.held, memberID)
}
