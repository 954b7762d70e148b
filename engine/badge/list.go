package badge

import (
	"context"
	"slices"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// List gives the community's badges with how many members hold each; the
// applications that wait are counted for those who may decide them.
func (s *Service) List(ctx context.Context, communityID string) ([]api.Badge, error) {
	all, err := selectAll(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return nil, err
	}
	wait := map[string]int64{}
	if rest.CallerOf(ctx).Can(api.PermModerate) {
		if wait, err = waiting(ctx, s.k.DB().Read(), communityID); err != nil {
			return nil, err
		}
	}
	out := make([]api.Badge, len(all))
	for i, r := range all {
		r.waiting = wait[r.id]
		out[i] = r.wire()
	}
	return out, nil
}

// HeldBy lists the badges of a member in the System family's form, as they
// were awarded.
func (s *Service) HeldBy(ctx context.Context, communityID, memberID string) ([]api.Badge, error) {
	out := []api.Badge{}
	all, err := selectAll(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return out, err
	}
	awards, err := selectAwards(ctx, s.k.DB().Read(), communityID, []string{memberID})
	for _, a := range awards {
		i := slices.IndexFunc(all, func(r record) bool { return r.id == a.badgeID })
		if i >= 0 && !a.revoked {
			out = append(out, all[i].wire())
		}
	}
	return out, err
}

// Held lists what a member holds, the newest first.
func (s *Service) Held(ctx context.Context, communityID, memberID string) ([]api.HeldBadge, error) {
	known, err := s.cache.of(ctx, communityID)
	if err != nil {
		return nil, err
	}
	awards, err := selectAwards(ctx, s.k.DB().Read(), communityID, []string{memberID})
	if err != nil {
		return nil, err
	}
	sh, err := selectShown(ctx, s.k.DB().Read(), communityID, memberID)
	out := []api.HeldBadge{}
	for _, a := range slices.Backward(awards) {
		r, ok := known.byID[a.badgeID]
		if !ok || a.revoked {
			continue
		}
		f := r.face()
		out = append(out, api.HeldBadge{ID: f.ID, Title: f.Title, Image: f.Image, DarkImage: f.DarkImage, Source: a.source, XP: a.xp, Coins: a.coins,
			Shown: slices.Index(sh.ids, r.id) + 1, AwardedAt: api.At(a.at)})
	}
	return out, err
}

// HeldFaces are the faces of all that a member holds, the newest first.
func (s *Service) HeldFaces(ctx context.Context, communityID, memberID string) ([]api.BadgeFace, error) {
	held, err := s.Held(ctx, communityID, memberID)
	out := make([]api.BadgeFace, len(held))
	for i, h := range held {
		out[i] = api.BadgeFace{ID: h.ID, Title: h.Title, Image: h.Image, DarkImage: h.DarkImage}
	}
	return out, err
}

// Export is what is held about a member: badges and applications.
func (s *Service) Export(ctx context.Context, communityID string, who member.Ref) (any, error) {
	held, err := s.Held(ctx, communityID, who.ID)
	if err != nil {
		return nil, err
	}
	own, err := ownWishes(ctx, s.k.DB().Read(), communityID, who.ID)
	if err != nil {
		return nil, err
	}
	applications, err := s.applications(ctx, communityID, own)
	return struct {
		Held         []api.HeldBadge        `json:"held"`
		Applications []api.BadgeApplication `json:"applications"`
	}{held, applications}, err
}

// Show chooses what stands beside a member's name, in order; none is a
// choice too. Errors: Invalid on badgeIds.
func (s *Service) Show(ctx context.Context, communityID string, who member.Ref, ids []string) error {
	if len(ids) > maxShown {
		return api.InvalidField("badgeIds", "must be at most three")
	}
	held, err := s.Held(ctx, communityID, who.ID)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if slices.Contains(ids[:i], id) || !slices.ContainsFunc(held, func(h api.HeldBadge) bool { return h.ID == id }) {
			return api.InvalidField("badgeIds", "must name badges that you hold, each once")
		}
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return putShown(ctx, tx, communityID, who.ID, shown{ids: ids, chosen: true})
	})
	if err == nil {
		s.FaceChanged(communityID, who.No)
	}
	return err
}

// Application is one application. Errors: NotFound.
func (s *Service) Application(ctx context.Context, communityID, id string) (api.BadgeApplication, error) {
	w, err := selectWish(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return api.BadgeApplication{}, err
	}
	all, err := s.applications(ctx, communityID, []wish{w})
	if err != nil {
		return api.BadgeApplication{}, err
	}
	return all[0], nil
}

// applications are wishes in their wire form.
func (s *Service) applications(ctx context.Context, communityID string, list []wish) ([]api.BadgeApplication, error) {
	known, err := s.cache.of(ctx, communityID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, w := range list {
		ids[i] = w.id
	}
	proofs, err := proofsOf(ctx, s.k.DB().Read(), communityID, ids)
	out := make([]api.BadgeApplication, len(list))
	for i, w := range list {
		out[i] = api.BadgeApplication{ID: w.id, Badge: known.byID[w.badgeID].face(), User: w.user, Note: w.note, Status: w.status, Reason: w.reason,
			Proofs: append([]api.BadgeProof{}, proofs[w.id]...), DecidedBy: w.decidedBy, DecidedAt: api.AtPtr(w.decided), CreatedAt: api.At(w.created)}
	}
	return out, err
}
