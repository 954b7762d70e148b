package joining

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	const tag, base = "Joining", "/v1/communities/{cid}"
	rest.Partner(s.k, rest.Op{Method: "GET", Path: base + "/joining", ID: "get-joining", Tag: tag, Access: rest.ForAnyone,
		Summary: "What a newcomer has to agree to and to fill in", Message: "Read joining success."}, s.get)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: base + "/joining", ID: "update-joining", Tag: tag, Permission: api.PermAdminister,
		Summary: "Set which profile fields are required", Message: "Update joining success."}, s.set)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: base + "/policies", ID: "create-policy", Tag: tag, Permission: api.PermAdminister, Status: 201,
		Summary: "Make a policy", Message: "Create policy success."}, s.createPolicy)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: base + "/policies/{id}", ID: "update-policy", Tag: tag, Permission: api.PermAdminister,
		Summary: "Change a policy", Description: "A new title or text is a new version.", Message: "Update policy success."}, s.updatePolicy)
	rest.Partner(s.k, rest.Op{Method: "DELETE", Path: base + "/policies/{id}", ID: "delete-policy", Tag: tag, Permission: api.PermAdminister,
		Summary: "Delete a policy", Message: "Delete policy success."}, s.deletePolicy)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/invites", ID: "list-invites", Tag: tag, Permission: api.PermInvite,
		Summary: "Invite links: all for the team, else one's own", Message: "Read invites success."}, s.invites)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/invites", ID: "create-invite", Tag: tag, Permission: api.PermInvite, Status: 201,
		Summary: "Make an invite link", Description: "A plain one counts as its maker's referral; one with roleId also gives the role.", Message: "Create invite success."}, s.create)
	rest.Partner(s.k, rest.Op{Method: "DELETE", Path: "/v1/invites/{id}", ID: "revoke-invite", Tag: tag, Permission: api.PermInvite,
		Summary: "Close an invite link", Message: "Revoke invite success."}, s.revoke)
}

type policyInput struct {
	CommunityID string `path:"cid"`
	ID          string `path:"id" maxLength:"24"`
	Body        api.PolicyInput
}

func (s *Service) get(ctx context.Context, in *struct {
	CommunityID string `path:"cid"`
}) (api.Joining, error) {
	return s.Joining(ctx, in.CommunityID)
}

func (s *Service) set(ctx context.Context, in *struct {
	CommunityID string `path:"cid"`
	Body        api.JoiningInput
}) (api.Joining, error) {
	return s.SetFields(ctx, in.CommunityID, in.Body.Fields)
}

func (s *Service) createPolicy(ctx context.Context, in *struct {
	CommunityID string `path:"cid"`
	Body        api.PolicyInput
}) (api.Policy, error) {
	return s.CreatePolicy(ctx, in.CommunityID, in.Body)
}

func (s *Service) updatePolicy(ctx context.Context, in *policyInput) (api.Policy, error) {
	return s.UpdatePolicy(ctx, in.CommunityID, in.ID, in.Body)
}

func (s *Service) deletePolicy(ctx context.Context, in *struct {
	CommunityID string `path:"cid"`
	ID          string `path:"id" maxLength:"24"`
}) (api.Policy, error) {
	return s.DeletePolicy(ctx, in.CommunityID, in.ID)
}

func (s *Service) invites(ctx context.Context, _ *struct{}) ([]api.Invite, error) {
	return s.Invites(ctx, rest.CallerOf(ctx).CommunityID)
}

func (s *Service) create(ctx context.Context, in *struct{ Body api.NewInvite }) (api.Invite, error) {
	return s.Invite(ctx, rest.CallerOf(ctx).CommunityID, in.Body)
}

func (s *Service) revoke(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"24"`
}) (api.Invite, error) {
	return s.Revoke(ctx, rest.CallerOf(ctx).CommunityID, in.ID)
}
