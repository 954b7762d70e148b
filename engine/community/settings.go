package community

import (
	"context"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type getInput struct {
	CommunityID string `path:"cid"`
}

func (s *Service) get(ctx context.Context, in *getInput) (api.Community, error) {
	c, err := s.ByID(ctx, in.CommunityID)
	if err != nil {
		return c, err
	}
	return s.counted(ctx, c)
}

// Sizes of large communities are believed for a moment: counting a million
// members for every page that shows the number would cost more than the page.
const (
	sizeLife  = 10 * time.Second
	largeSize = 10_000
)

type size struct {
	n  int64
	at time.Time
}

// counted fills in how many members the community has.
func (s *Service) counted(ctx context.Context, c api.Community) (api.Community, error) {
	now := s.k.Now()
	s.mu.RLock()
	known := s.sizes[c.ID]
	s.mu.RUnlock()
	if age := now.Sub(known.at); known.n >= largeSize && age >= 0 && age < sizeLife {
		c.Members = known.n
		return c, nil
	}
	var err error
	if c.Members, err = countMembers(ctx, s.k.DB().Read(), c.ID); err != nil {
		return c, err
	}
	s.mu.Lock()
	s.sizes[c.ID] = size{c.Members, now}
	s.mu.Unlock()
	return c, nil
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
	if err != nil {
		return api.Community{}, taken(err)
	}
	return s.counted(ctx, after)
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
