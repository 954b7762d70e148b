package community

import (
	"context"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type getInput struct {
	CommunityID string `path:"cid"`
}

func (s *Service) get(ctx context.Context, in *getInput) (api.Community, error) {
	return s.ByID(ctx, in.CommunityID)
}

type patchInput struct {
	CommunityID string `path:"cid"`
	Body        api.CommunityPatch
}

func (s *Service) patch(ctx context.Context, in *patchInput) (api.Community, error) {
	before, err := s.ByID(ctx, in.CommunityID)
	if err != nil {
		return api.Community{}, err
	}
	after := patched(before, in.Body)
	after.UpdatedAt = api.At(s.k.Now())
	if err := check(after); err != nil {
		return api.Community{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := update(ctx, tx, after); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, in.CommunityID, rest.Change{Action: "community.update", TargetType: "community",
			TargetID: after.ID, TargetName: after.Name, Before: before, After: after})
	})
	s.forgetZone(in.CommunityID)
	return after, taken(err)
}

func patched(c api.Community, p api.CommunityPatch) api.Community {
	set := func(into, from *string) {
		if from != nil {
			*into = strings.TrimSpace(*from)
		}
	}
	set(&c.Name, p.Name)
	set(&c.URI, p.URI)
	set(&c.Domain, p.Domain)
	set(&c.Description, p.Description)
	set(&c.Icon, p.Icon)
	set(&c.Timezone, p.Timezone)
	set(&c.Language, p.Language)
	c.Domain = strings.ToLower(c.Domain)
	return c
}
