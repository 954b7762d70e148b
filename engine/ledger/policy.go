package ledger

import (
	"context"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/rest"
)

// policy is what a community pays for and how its ladder looks. It is
// immutable and shared.
type policy struct {
	rules    []api.ActionRule
	byAction map[string]api.ActionRule
	tiers    []rule.Tier
	ladder   rule.Ladder
	switches switches
	created  time.Time
	updated  time.Time
}

// switches are the community's yes-or-no settings. The zero value shows nothing
// beside names and has everything on.
type switches struct {
	Levels   bool `json:"levels"`
	Tiers    bool `json:"tiers"`
	TiersOff bool `json:"tiersOff,omitempty"` // no ladder at all
	XPOff    bool `json:"xpOff,omitempty"`    // acts bring no XP; coins and premium as ever

	Demotion api.TierDemotion `json:"demotion,omitzero"`
}

// newPolicy puts the stored parts together; no rules means the defaults.
func newPolicy(rules []api.ActionRule, tiers []rule.Tier, sw switches) *policy {
	p := &policy{rules: rules, byAction: map[string]api.ActionRule{}, tiers: tiers, switches: sw}
	if len(rules) == 0 {
		p.rules = rule.Defaults()
	}
	for _, r := range p.rules {
		if sw.XPOff {
			r.XP = 0
		}
		p.byAction[r.Action] = r
	}
	if !sw.TiersOff {
		p.ladder = rule.NewLadder(tiers)
	}
	return p
}

// standing is the XP that a member's level and tier are judged by.
func (p *policy) standing(a *account) int64 {
	return rule.Standing(p.switches.Demotion.Rule, a.xp, a.shift)
}

// rule finds what an action is worth. A built-in action without a rule is
// switched off; any other is unknown.
func (p *policy) rule(action string) (api.ActionRule, bool) {
	r, ok := p.byAction[action]
	if !ok && rule.IsBuiltIn(action) {
		return api.ActionRule{Action: action}, true
	}
	return r, ok
}

// policies remembers each community's policy until it changes. Where other
// nodes may change it, that is believed for a few seconds only.
type policies struct {
	k     *rest.Kit
	life  time.Duration
	mu    sync.RWMutex
	gen   uint64
	known map[string]knownPolicy
}

type knownPolicy struct {
	policy *policy
	until  time.Time
}

func newPolicies(k *rest.Kit) *policies {
	p := &policies{k: k, known: map[string]knownPolicy{}}
	if k.DB().Dialect() == db.PostgreSQL {
		p.life = otherNodes
	}
	return p
}

// of is the community's policy. Errors: NotFound community_not_found.
func (p *policies) of(ctx context.Context, communityID string) (*policy, error) {
	p.mu.RLock()
	known, ok := p.known[communityID]
	gen := p.gen
	p.mu.RUnlock()
	if ok && (p.life == 0 || p.k.Now().Before(known.until)) {
		return known.policy, nil
	}
	fresh, err := selectPolicy(ctx, p.k.DB().Read(), communityID)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if gen == p.gen {
		p.known[communityID] = knownPolicy{fresh, p.k.Now().Add(p.life)}
	}
	return fresh, nil
}

func (p *policies) forget(communityID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gen++
	delete(p.known, communityID)
}

// Defaults lays down the rules and tiers of a new community, in the
// transaction that creates it.
func (s *Service) Defaults(ctx context.Context, tx *db.Tx, communityID string) error {
	tiers := rule.DefaultTiers()
	for i := range tiers {
		tiers[i].ID = api.NewIDAt(s.k.Now())
	}
	if err := replaceRules(ctx, tx, communityID, rule.Defaults(), s.k.Now()); err != nil {
		return err
	}
	return updateTiers(ctx, tx, communityID, tiers, s.k.Now())
}
