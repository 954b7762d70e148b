// Package wheel is the community's wheel of prizes: who may spin it and when,
// a draw that can be checked afterwards, and prizes that are paid in the
// transaction that decides them.
package wheel

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the wheel noun. Make it with New, set the hooks, call Routes; it
// is safe for concurrent use afterwards.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	ledger      *ledger.Service
	keys        *auth.Keyring

	mu     sync.Mutex
	wheels map[string]config // by community, as stored

	// GiveBadge notes that a member won a badge, and tells what that pays.
	GiveBadge func(ctx context.Context, tx *db.Tx, communityID, badgeID string, who member.Ref) ([]ledger.Posting, error)
	// BadgeGiven is called once it is durable.
	BadgeGiven func(communityID string, who member.Ref)
	// GiveProduct writes an order of something that was won.
	GiveProduct func(ctx context.Context, tx *db.Tx, communityID, name string, who member.Ref) error
	// HasBadge returns NotFound unless the community has the badge.
	HasBadge func(ctx context.Context, communityID, badgeID string) error
}

// New makes the service; server seeds are sealed with keys until they are shown.
func New(k *rest.Kit, communities *community.Service, members *member.Service, l *ledger.Service, keys *auth.Keyring) *Service {
	return &Service{k: k, communities: communities, members: members, ledger: l, keys: keys, wheels: map[string]config{}}
}

// config is a wheel as it is stored: without stock and odds.
type config struct{ api.Wheel }

// stocked reports whether any segment has a stock.
func (c config) stocked() bool {
	return slices.ContainsFunc(c.Segments, func(s api.WheelSegment) bool { return s.Stock != nil })
}

// config is the community's wheel; closed and empty when there is none.
func (s *Service) config(ctx context.Context, communityID string) (config, error) {
	s.mu.Lock()
	c, ok := s.wheels[communityID]
	s.mu.Unlock()
	if ok {
		return c, nil
	}
	c, err := selectWheel(ctx, s.k.DB().Read(), communityID)
	if err == nil {
		s.keep(communityID, c)
	}
	return c, err
}

func (s *Service) keep(communityID string, c config) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wheels[communityID] = c
}

// Wheel is the wheel with what is left and the odds in force for everybody.
func (s *Service) Wheel(ctx context.Context, communityID string) (api.Wheel, error) {
	c, err := s.config(ctx, communityID)
	if err != nil {
		return api.Wheel{}, err
	}
	stock, err := selectStock(ctx, s.k.DB().Read(), communityID)
	return c.shown(stock, nil), err
}

// shown is the wheel with stock and odds filled in.
func (c config) shown(stock, own map[string]int64) api.Wheel {
	w := c.Wheel
	w.Segments = slices.Clone(c.Segments)
	table := odds(w.Segments, stock, own, false)
	for i := range w.Segments {
		w.Segments[i].Weight = table[i].Weight
		if _, mine := own[w.Segments[i].ID]; !mine {
			w.Segments[i].Weight = c.Segments[i].Weight
		}
		if n, ok := stock[w.Segments[i].ID]; ok {
			w.Segments[i].Stock = &n
		}
	}
	shares(w.Segments, table)
	return w
}

// Set replaces the wheel. Errors: Invalid with the field.
func (s *Service) Set(ctx context.Context, communityID string, in api.WheelInput) (api.Wheel, error) {
	before, err := s.Wheel(ctx, communityID)
	if err != nil {
		return api.Wheel{}, err
	}
	now := s.k.Now()
	c := config{api.Wheel{IsEnabled: in.IsEnabled, Segments: in.Segments, Cost: in.Cost, FreeEvery: in.FreeEvery, GuaranteeAfter: in.GuaranteeAfter, ShowOdds: in.ShowOdds, UpdatedAt: api.AtPtr(now)}}
	if err := s.check(ctx, communityID, c.Segments); err != nil {
		return api.Wheel{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := storeWheel(ctx, tx, communityID, c, now); err != nil {
			return err
		}
		after := c.Wheel
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "wheel.update", TargetType: "wheel", TargetID: communityID, Before: before, After: after})
	})
	if err != nil {
		return api.Wheel{}, err
	}
	s.keep(communityID, c)
	return s.Wheel(ctx, communityID)
}

// check looks at segments and gives new ones their ids.
func (s *Service) check(ctx context.Context, communityID string, list []api.WheelSegment) error {
	seen, sum := map[string]bool{}, int64(0)
	for i := range list {
		g, at := &list[i], fmt.Sprintf("segments[%d].", i)
		g.Odds = 0
		if g.ID == "" {
			g.ID = api.NewIDAt(s.k.Now())
		}
		if !api.IsID(g.ID) || seen[g.ID] {
			return api.InvalidField(at+"_id", "must be an id of this wheel, once")
		}
		seen[g.ID] = true
		sum += g.Weight
		if err := s.checkPrize(ctx, communityID, *g, at); err != nil {
			return err
		}
	}
	if sum == 0 {
		return api.InvalidField("segments", "need a weight above 0 somewhere")
	}
	return nil
}

func (s *Service) checkPrize(ctx context.Context, communityID string, g api.WheelSegment, at string) error {
	switch g.Type {
	case api.PrizeXP, api.PrizeCoins, api.PrizePremium:
		if g.Amount == 0 {
			return api.InvalidField(at+"amount", "must be 1 or more for points")
		}
	case api.PrizeBadge:
		if err := s.HasBadge(ctx, communityID, g.BadgeID); err != nil {
			return api.InvalidField(at+"badgeId", "must be a badge of this community")
		}
	}
	return nil
}
