package leaderboard

import (
	"context"
	"slices"
	"strconv"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/leaderboard/rule"
	"laurel/engine/rest"
)

type createInput struct{ Body api.LeaderboardInput }

func (s *Service) create(ctx context.Context, in *createInput) (api.Leaderboard, error) {
	b, err := s.draft(ctx, in.Body)
	if err != nil {
		return b, err
	}
	h, err := s.home(ctx, b.CommunityID)
	if err != nil {
		return b, err
	}
	if in.Body.Slug == nil {
		if b.Slug, err = s.freeSlug(ctx, b); err != nil {
			return b, err
		}
	}
	err = s.save(ctx, rest.Change{Action: "leaderboard.create", After: &b}, &b, insertBoard)
	if err != nil {
		return b, err
	}
	l := h.adopt(b)
	if b.Enabled {
		l.begin()
	}
	return b, nil
}

// draft makes a board of a request and checks it, without saving it.
func (s *Service) draft(ctx context.Context, in api.LeaderboardInput) (api.Leaderboard, error) {
	community := rest.CallerOf(ctx).CommunityID
	b, err := rule.Create(rule.Blank(s.communities.Zone(ctx, community).String()), in)
	if err != nil {
		return b, err
	}
	now := s.k.Now()
	b.ID, b.CommunityID, b.CreatedAt, b.UpdatedAt = api.NewIDAt(now), community, api.At(now), api.At(now)
	return b, s.check(ctx, &b)
}

// freeSlug is the slug that was made of the name, with a number when it is taken.
func (s *Service) freeSlug(ctx context.Context, b api.Leaderboard) (string, error) {
	for n := 1; ; n++ {
		slug := b.Slug
		if n > 1 {
			slug += "-" + strconv.Itoa(n)
		}
		taken, err := hasSlug(ctx, s.k.DB().Read(), b.CommunityID, slug)
		if err != nil || !taken {
			return slug, err
		}
	}
}

// check is what only the database knows: whether fields and users exist.
// Users are kept by their ids.
func (s *Service) check(ctx context.Context, b *api.Leaderboard) error {
	if key, ok := rule.FieldOf(b.RankBy); ok {
		kind, err := fieldType(ctx, s.k.DB().Read(), b.CommunityID, key)
		if err != nil {
			return err
		}
		if kind != "number" && kind != "numerical" {
			return api.InvalidField("rankingField", "must name a numerical user field of the community")
		}
	}
	for i, c := range b.DisplayedColumns {
		key, ok := rule.FieldOf(c.Column)
		if !ok {
			continue
		}
		kind, err := fieldType(ctx, s.k.DB().Read(), b.CommunityID, key)
		if err != nil {
			return err
		}
		if kind == "" {
			return api.InvalidField("displayedColumns["+strconv.Itoa(i)+"].column", "must name a user field of the community")
		}
	}
	if err := s.resolveUsers(ctx, b.CommunityID, "allowedUsersToRank", &b.RankedUserRoles.Users); err != nil {
		return err
	}
	return s.resolveUsers(ctx, b.CommunityID, "allowedUsersToView", &b.ViewPermissionUserRoles.Users)
}

func (s *Service) resolveUsers(ctx context.Context, communityID, field string, users *[]string) error {
	ids := []string{}
	for _, user := range *users {
		who, err := s.members.Resolve(ctx, communityID, user)
		if api.IsKind(err, api.NotFound) {
			return api.InvalidField(field, "holds "+strconv.Quote(user)+", who is no user of the community")
		}
		if err != nil {
			return err
		}
		if !slices.Contains(ids, who.ID) {
			ids = append(ids, who.ID)
		}
	}
	*users = ids
	return nil
}

type patchInput struct {
	ID   string `path:"id" doc:"Id or slug"`
	Body api.LeaderboardInput
}

// patch changes the named parts of the board as it is when the write runs, so
// that two changes at the same time both stand.
func (s *Service) patch(ctx context.Context, in *patchInput) (api.Leaderboard, error) {
	l, err := s.seen(ctx, in.ID)
	if err != nil {
		return api.Leaderboard{}, err
	}
	var after api.Leaderboard
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		before, err := selectBoard(ctx, tx, l.h.id, l.id)
		if err != nil {
			return err
		}
		if after, err = s.patched(ctx, before, in.Body); err != nil {
			return err
		}
		if err := updateBoard(ctx, tx, after); err != nil {
			return err
		}
		if specOf(before).hash != specOf(after).hash {
			if err := dropProjection(ctx, tx, after.CommunityID, after.ID); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, rest.Change{Action: "leaderboard.update", Before: &before, After: &after}, &after)
	})
	if err != nil {
		return after, err
	}
	l = l.h.adopt(after)
	if after.Enabled {
		l.begin()
	}
	s.hub.Signal(l.topic)
	return l.shown(), nil
}

func (s *Service) patched(ctx context.Context, before api.Leaderboard, in api.LeaderboardInput) (api.Leaderboard, error) {
	after, err := rule.Patch(before, in)
	if err != nil {
		return after, err
	}
	after.UpdatedAt = api.At(s.k.Now())
	return after, s.check(ctx, &after)
}

type deleteInput struct {
	ID string `path:"id" doc:"Id or slug"`
}

// deleted names what was deleted.
type deleted struct {
	ID string `json:"_id"`
}

func (s *Service) delete(ctx context.Context, in *deleteInput) (deleted, error) {
	l, err := s.seen(ctx, in.ID)
	if err != nil {
		return deleted{}, err
	}
	b := l.spec.Load().board
	err = s.save(ctx, rest.Change{Action: "leaderboard.delete", Before: &b}, &b, func(ctx context.Context, tx *db.Tx, b api.Leaderboard) error {
		return deleteBoard(ctx, tx, b.CommunityID, b.ID)
	})
	if err != nil {
		return deleted{}, err
	}
	l.h.drop(b.ID)
	s.hub.Signal(l.topic)
	return deleted{b.ID}, nil
}

func (s *Service) save(ctx context.Context, ch rest.Change, b *api.Leaderboard, write func(context.Context, *db.Tx, api.Leaderboard) error) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := write(ctx, tx, *b); err != nil {
			return err
		}
		return s.audit(ctx, tx, ch, b)
	})
}

func (s *Service) audit(ctx context.Context, tx *db.Tx, ch rest.Change, b *api.Leaderboard) error {
	ch.TargetType, ch.TargetID, ch.TargetName = "leaderboard", b.ID, b.Name
	return s.k.Audit(ctx, tx, b.CommunityID, ch)
}
