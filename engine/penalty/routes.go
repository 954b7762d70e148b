package penalty

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	const tag = "Penalties"
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/penalties", ID: "list-penalties", Tag: tag, Permission: api.PermModerate,
		Summary: "The misconduct log, newest first", Message: "Read penalties success."}, s.list)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/users/{userId}/penalties", ID: "create-penalty", Tag: tag, Permission: api.PermModerate, Status: 201,
		Summary: "Warn, suspend or ban a user", Description: "The user gets a mail with the reason.", Message: "Create penalty success."}, s.give)
	rest.Partner(s.k, rest.Op{Method: "PATCH", Path: "/v1/penalties/{id}", ID: "update-penalty", Tag: tag, Permission: api.PermModerate,
		Summary: "Move the end of a suspension", Message: "Update penalty success."}, s.extend)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/penalties/{id}/revoke", ID: "revoke-penalty", Tag: tag, Permission: api.PermModerate,
		Summary: "Lift a suspension or ban", Message: "Revoke penalty success."}, s.revoke)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/me/penalties", ID: "list-my-penalties", Tag: "Me", Access: rest.ForTokens,
		Summary: "One's own warnings, suspensions and bans", Message: "Read penalties success."}, s.mine)
}

type listInput struct {
	rest.Paging
	User string `query:"user" maxLength:"254" doc:"Only this user's: id, number, username or email"`
}

func (s *Service) list(ctx context.Context, in *listInput) (rest.Page[api.Penalty], error) {
	cid, who := rest.CallerOf(ctx).CommunityID, ""
	if in.User != "" {
		ref, err := s.members.Resolve(ctx, cid, in.User)
		if err != nil {
			return rest.Page[api.Penalty]{}, err
		}
		who = ref.ID
	}
	return s.page(ctx, cid, who, in.Paging)
}

func (s *Service) mine(ctx context.Context, in *struct{ rest.Paging }) (rest.Page[api.Penalty], error) {
	c := rest.CallerOf(ctx)
	return s.page(ctx, c.CommunityID, c.MemberID, in.Paging)
}

func (s *Service) page(ctx context.Context, communityID, memberID string, p rest.Paging) (rest.Page[api.Penalty], error) {
	items, total, err := listPenalties(ctx, s.k.DB().Read(), communityID, memberID, p)
	for i := range items {
		items[i].IsActive = isActive(items[i], s.k.Now())
	}
	return rest.PageOf(p, items, total), err
}

func (s *Service) give(ctx context.Context, in *struct {
	UserID string `path:"userId" maxLength:"254"`
	Body   api.NewPenalty
}) (api.Penalty, error) {
	return s.Give(ctx, rest.CallerOf(ctx).CommunityID, in.UserID, in.Body)
}

func (s *Service) extend(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.PenaltyPatch
}) (api.Penalty, error) {
	return s.Extend(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.Body)
}

func (s *Service) revoke(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.Revocation
}) (api.Penalty, error) {
	return s.Revoke(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.Body.Reason)
}
