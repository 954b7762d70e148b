package member

import (
	"context"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/rest"
)

var (
	errWidgetReads = api.NewError(api.Forbidden, "sign_in_needed", "A widget shows this; only a signed-in person or his key changes it.")
	errOwnFields   = api.NewError(api.Forbidden, "field_forbidden", "Role, tags and custom values are set by the community, not by its members.")
)

// me shows one's own record, and notes that the member is online.
func (s *Service) me(ctx context.Context, _ *struct{}) (api.User, error) {
	c := rest.CallerOf(ctx)
	r, err := selectByID(ctx, s.k.DB().Read(), c.CommunityID, c.MemberID)
	if err != nil {
		return api.User{}, err
	}
	now := s.k.Now()
	if now.Sub(r.lastSeen) >= time.Minute {
		r.lastSeen = now
		// Being online is a courtesy: a database that cannot take it must not keep anybody from reading.
		err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			return touchSeen(ctx, tx, c.CommunityID, c.MemberID, now)
		})
		if err == nil {
			s.seen(c.CommunityID, r.No, now)
		}
	}
	return s.user(ctx, c.CommunityID, r)
}

// seen tells that a member was seen.
func (s *Service) seen(communityID string, no int64, at time.Time) {
	if s.OnSeen != nil {
		s.OnSeen(communityID, no, at)
	}
}

type patchMeInput struct{ Body api.UserPatch }

func (s *Service) patchMe(ctx context.Context, in *patchMeInput) (api.User, error) {
	c := rest.CallerOf(ctx)
	switch {
	case c.Kind == rest.WidgetToken:
		return api.User{}, errWidgetReads
	case in.Body.Role != nil || len(in.Body.CustomFields) > 0 || in.Body.Tags != nil:
		return api.User{}, errOwnFields
	}
	ref, err := s.resolveLive(ctx, c.CommunityID, c.MemberID)
	if err != nil {
		return api.User{}, err
	}
	return s.patch(ctx, c.CommunityID, ref, in.Body)
}

// deleteMe closes one's own account: what tells who it was is removed, what
// was earned stays in the books under the number.
func (s *Service) deleteMe(ctx context.Context, _ *struct{}) (*api.Empty, error) {
	c := rest.CallerOf(ctx)
	address := ""
	after, err := s.edit(ctx, c.CommunityID, c.MemberID, "user.close", func(r *record) error {
		address = r.email
		*r = r.anonymous(s.k.Now())
		return nil
	}, func(ctx context.Context, tx *db.Tx) error {
		return dropTraces(ctx, tx, c.CommunityID, c.MemberID, address)
	})
	s.k.Forget()
	if err != nil {
		return nil, err
	}
	s.changed(c.CommunityID, after.Ref)
	return nil, nil
}

// anonymous keeps the number and nothing else of a person.
func (r record) anonymous(now time.Time) record {
	return record{
		Ref:         Ref{ID: r.ID, No: r.No, Username: fmt.Sprintf("deleted-%d", r.No), Role: api.RoleMember, Deleted: true},
		displayName: "Deleted member", language: "en", accessLevel: r.accessLevel,
		deletedAt: now, createdAt: r.createdAt, updatedAt: now,
	}
}

// export is everything that is held about the member who asks.
func (s *Service) export(ctx context.Context, _ *struct{}) (api.Export, error) {
	c, q := rest.CallerOf(ctx), s.k.DB().Read()
	r, err := selectByID(ctx, q, c.CommunityID, c.MemberID)
	if err != nil {
		return api.Export{}, err
	}
	out := api.Export{CreatedAt: api.At(s.k.Now()), Parts: map[string]any{}}
	if out.User, err = s.user(ctx, c.CommunityID, r); err != nil {
		return out, err
	}
	if out.Community, err = s.communities.ByID(ctx, c.CommunityID); err != nil {
		return out, err
	}
	if out.Sessions, err = listSessions(ctx, q, c, time.Time{}); err != nil {
		return out, err
	}
	if out.Keys, err = s.communities.Keys(ctx, c.CommunityID, community.KindUser, c.MemberID); err != nil {
		return out, err
	}
	if out.Mails, err = mailsTo(ctx, q, c.CommunityID, r.email); err != nil {
		return out, err
	}
	if out.Changes, err = changesOf(ctx, q, c.CommunityID, c.MemberID); err != nil {
		return out, err
	}
	return out, s.exportParts(ctx, c.CommunityID, r.Ref, out.Parts)
}

func (s *Service) exportParts(ctx context.Context, communityID string, ref Ref, into map[string]any) (err error) {
	for name, part := range s.Exports {
		if into[name], err = part(ctx, communityID, ref); err != nil {
			return wrap(err, "export "+name)
		}
	}
	return nil
}
