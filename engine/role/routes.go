package role

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	const tag = "Roles"
	rest.System(s.k, rest.Op{Method: "GET", Path: "/api/v1/servers/{serverId}/roles", ID: "list-roles", Tag: tag, Access: rest.ForMembers, Permission: api.PermManageRoles,
		Summary: "The community's roles, highest first", Message: "Roles fetched successfully"}, s.list)
	rest.System(s.k, rest.Op{Method: "POST", Path: "/api/v1/roles", ID: "create-role", Tag: tag, Permission: api.PermManageRoles,
		Summary: "Make a role", Message: "Role has been created successfully"}, s.create)
	rest.System(s.k, rest.Op{Method: "GET", Path: "/api/v1/roles/{id}", ID: "list-user-roles", Tag: tag, Permission: api.PermManageRoles,
		Summary: "The roles of a user", Description: "id is the user's: number, id, username or email.", Message: "User roles fetched successfully"}, s.of)
	rest.System(s.k, rest.Op{Method: "PUT", Path: "/api/v1/roles/{id}", ID: "update-role", Tag: tag, Permission: api.PermManageRoles,
		Summary: "Change a role", Message: "Role has been updated successfully"}, s.update)
	rest.System(s.k, rest.Op{Method: "DELETE", Path: "/api/v1/roles/{id}", ID: "delete-role", Tag: tag, Permission: api.PermManageRoles,
		Summary: "Delete a role", Description: "Its members lose it at once.", Message: "Role has been deleted successfully"}, s.delete)
	rest.System(s.k, rest.Op{Method: "POST", Path: "/api/v1/roles/{id}/users", ID: "give-role", Tag: tag, Permission: api.PermManageRoles,
		Summary: "Give a role to a user", Message: "Role has been added to the user successfully"}, s.give)
	rest.System(s.k, rest.Op{Method: "POST", Path: "/api/v1/roles/{id}/users/remove", ID: "take-role", Tag: tag, Permission: api.PermManageRoles,
		Summary: "Take a role from a user", Message: "Role has been removed from the user successfully"}, s.take)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/roles/{id}/members", ID: "list-role-members", Tag: tag, Permission: api.PermManageRoles,
		Summary: "Who has a role", Message: "Read role members success."}, s.holders)
	s.thresholdRoutes()
}

// thresholdRoutes registers which roles come with XP.
func (s *Service) thresholdRoutes() {
	const path, tag = "/v1/gamification/role-thresholds", "Gamification"
	rest.Integration(s.k, rest.Op{Method: "GET", Path: path, ID: "list-role-thresholds", Tag: tag, Permission: api.PermManageRoles,
		Summary: "The roles that members get at an amount of XP", Message: "Read role thresholds success."}, s.thresholds)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: path, ID: "set-role-thresholds", Tag: tag, Permission: api.PermManageRoles,
		Summary:     "Replace which roles come with XP",
		Description: "Members who have the XP already get the role in the background; settled says when that is done.",
		Message:     "Update role thresholds success."}, s.setThresholds)
}

func (s *Service) thresholds(ctx context.Context, _ *struct{}) (api.RoleThresholds, error) {
	return s.Thresholds(ctx, home(ctx))
}

func (s *Service) setThresholds(ctx context.Context, in *struct{ Body api.RoleThresholds }) (api.RoleThresholds, error) {
	return s.SetThresholds(ctx, home(ctx), in.Body)
}

type idInput struct {
	ID string `path:"id" maxLength:"254"`
}

type bodyInput struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.RoleInput
}

type memberInput struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.RoleUser
}

func home(ctx context.Context) string { return rest.CallerOf(ctx).CommunityID }

func (s *Service) list(ctx context.Context, in *struct {
	ServerID string `path:"serverId"`
}) ([]api.CommunityRole, error) {
	return s.List(ctx, in.ServerID)
}

func (s *Service) create(ctx context.Context, in *struct{ Body api.RoleInput }) (api.CommunityRole, error) {
	return s.Create(ctx, home(ctx), in.Body)
}

func (s *Service) of(ctx context.Context, in *idInput) ([]api.CommunityRole, error) {
	return s.Of(ctx, home(ctx), in.ID)
}

func (s *Service) update(ctx context.Context, in *bodyInput) (api.CommunityRole, error) {
	return s.Update(ctx, home(ctx), in.ID, in.Body)
}

func (s *Service) delete(ctx context.Context, in *idInput) (api.CommunityRole, error) {
	return s.Delete(ctx, home(ctx), in.ID)
}

func (s *Service) give(ctx context.Context, in *memberInput) (api.CommunityRole, error) {
	return s.Give(ctx, home(ctx), in.ID, in.Body.UserID)
}

func (s *Service) take(ctx context.Context, in *memberInput) (api.CommunityRole, error) {
	return s.Take(ctx, home(ctx), in.ID, in.Body.UserID)
}

type holdersInput struct {
	ID string `path:"id" maxLength:"24"`
	rest.Paging
}

func (s *Service) holders(ctx context.Context, in *holdersInput) (rest.Page[api.RoleHolder], error) {
	if _, err := one(ctx, s.k.DB().Read(), home(ctx), in.ID); err != nil {
		return rest.Page[api.RoleHolder]{}, err
	}
	items, total, err := holders(ctx, s.k.DB().Read(), home(ctx), in.ID, in.Paging)
	return rest.PageOf(in.Paging, items, total), err
}
