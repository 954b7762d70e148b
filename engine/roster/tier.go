package roster

import (
	"context"
	"sort"

	"laurel/api"
	"laurel/engine/ledger/rule"
	"laurel/engine/rest"
)

// standing lets members through whose standing on the ladder lies between two,
// both included.
type standing struct {
	demotion string
	lo, hi   int64
}

func (c standing) keep(t *table, nos []int32) []int32 {
	out := nos[:0]
	for _, no := range nos {
		if v := rule.Standing(c.demotion, t.xp[no], t.shift[no]); v >= c.lo && v <= c.hi {
			out = append(out, no)
		}
	}
	return out
}

// tierMembers counts who stands on each tier, from the lowest.
func (s *Service) tierMembers(ctx context.Context, _ *struct{}) (api.TierMembers, error) {
	id := rest.CallerOf(ctx).CommunityID
	info, err := s.ledger.TierInfo(ctx, id)
	if err != nil {
		return api.TierMembers{}, err
	}
	t, _, err := s.table(ctx, id)
	if err != nil {
		return api.TierMembers{}, err
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.tierMembers(info), nil
}

func (t *table) tierMembers(info api.TierInfo) api.TierMembers {
	out := api.TierMembers{Tiers: make([]api.TierCount, len(info.Tiers))}
	for i, tier := range info.Tiers {
		out.Tiers[i] = api.TierCount{ID: tier.ID, Name: tier.Name}
	}
	for no, flags := range t.flags {
		if flags&(isThere|isDeleted) != isThere {
			continue
		}
		xp := rule.Standing(info.Demotion.Rule, t.xp[no], t.shift[no])
		if at := sort.Search(len(info.Tiers), func(i int) bool { return info.Tiers[i].MinXP > xp }); at > 0 {
			out.Tiers[at-1].Members++
		} else {
			out.Without++
		}
	}
	return out
}
