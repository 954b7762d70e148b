package badge

import (
	"context"
	"slices"

	"laurel/api"
)

// Own lists the community's badges as a member sees them: what he holds
// first, the newest leading, then what he is nearest to.
func (s *Service) Own(ctx context.Context, communityID, memberID string) ([]api.OwnBadge, error) {
	all, err := selectAll(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return nil, err
	}
	m, err := s.standing(ctx, communityID, memberID)
	if err != nil {
		return nil, err
	}
	out := make([]api.OwnBadge, len(all))
	for i, r := range all {
		out[i] = m.own(r)
	}
	slices.SortStableFunc(out, nearest)
	return out, nil
}

// standing is all that decides how badges stand for a member.
type standing struct {
	wallet api.Wallet
	shown  []string
	held   map[string]award
	wishes map[string]wish // the last one of each badge
}

func (s *Service) standing(ctx context.Context, communityID, memberID string) (standing, error) {
	m := standing{held: map[string]award{}, wishes: map[string]wish{}}
	wallets, err := s.ledger.Wallets(ctx, communityID, []string{memberID})
	if err != nil {
		return m, err
	}
	m.wallet = wallets[memberID]
	q := s.k.DB().Read()
	awards, err := selectAwards(ctx, q, communityID, []string{memberID})
	if err != nil {
		return m, err
	}
	for _, a := range awards {
		if !a.revoked {
			m.held[a.badgeID] = a
		}
	}
	own, err := ownWishes(ctx, q, communityID, memberID)
	for _, w := range own {
		m.wishes[w.badgeID] = w
	}
	if err != nil {
		return m, err
	}
	sh, err := selectShown(ctx, q, communityID, memberID)
	m.shown = sh.ids
	return m, err
}

func (m standing) own(r record) api.OwnBadge {
	f := r.face()
	xp, coins := r.pay()
	out := api.OwnBadge{ID: r.id, Title: r.title, Image: f.Image, DarkImage: f.DarkImage, Description: r.description, Action: r.action,
		XP: xp, Coins: coins, NeedsProof: r.needsProof, Holders: r.holders, State: api.BadgeLocked}
	if r.isAutomatic() {
		out.State, out.Quantity, out.Count = api.BadgeProgress, r.quantity, min(count(r.action, m.wallet, 0), r.quantity)
	}
	if r.open {
		out.State = api.BadgeOpen
	}
	w, applied := m.wishes[r.id]
	switch {
	case applied && w.status == api.ApplicationWaiting:
		out.State, out.AppliedAt = api.BadgeWaiting, api.AtPtr(w.created)
	case applied && w.status == api.ApplicationRefused && r.open:
		out.State, out.Reason, out.AppliedAt = api.BadgeRefused, w.reason, api.AtPtr(w.created)
	}
	if a, ok := m.held[r.id]; ok {
		out.State, out.AwardedAt, out.Shown, out.Count = api.BadgeHeld, api.AtPtr(a.at), slices.Index(m.shown, r.id)+1, out.Quantity
		out.Reason, out.AppliedAt = "", nil
	}
	return out
}

// nearest orders badges: held ones by when, then those that can be had, those
// that are counted by how little is left, and the rest.
func nearest(a, b api.OwnBadge) int {
	if x, y := turn(a.State), turn(b.State); x != y {
		return x - y
	}
	switch a.State {
	case api.BadgeHeld:
		return b.AwardedAt.Compare(a.AwardedAt.Time)
	case api.BadgeProgress:
		return int(b.Count*1000/max(b.Quantity, 1) - a.Count*1000/max(a.Quantity, 1))
	}
	return 0
}

func turn(s api.BadgeState) int {
	order := []api.BadgeState{api.BadgeHeld, api.BadgeProgress, api.BadgeRefused, api.BadgeOpen, api.BadgeWaiting}
	if i := slices.Index(order, s); i >= 0 {
		return i
	}
	return len(order)
}
