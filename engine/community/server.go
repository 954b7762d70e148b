package community

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// serverRoutes are the System family's names of the community.
func (s *Service) serverRoutes() {
	const tag = "Servers"
	rest.System(s.k, rest.Op{Method: "GET", Path: "/api/v1/servers", ID: "list-servers", Tag: tag, Access: rest.ForMembers, Permission: api.PermGetUserData,
		Summary: "My servers: the caller's community", Message: "Servers fetched successfully"}, s.servers)
	rest.System(s.k, rest.Op{Method: "POST", Path: "/api/v1/servers", ID: "create-server", Tag: tag, Permission: api.PermAdminister,
		Summary: "Make another community", Description: "For the system key and owners. Its keys are made with it; its owner is named by the command line.",
		Message: "Server has been created successfully"}, s.createServer)
	rest.System(s.k, rest.Op{Method: "PUT", Path: "/api/v1/servers/{serverId}", ID: "update-server", Tag: tag, Permission: api.PermAdminister,
		Summary: "Change the community", Message: "Server has been updated successfully"}, s.updateServer)
}

func (s *Service) servers(ctx context.Context, _ *struct{}) ([]api.Community, error) {
	c, err := s.get(ctx, &getInput{CommunityID: rest.CallerOf(ctx).CommunityID})
	return []api.Community{c}, err
}

func (s *Service) createServer(ctx context.Context, in *struct{ Body api.NewServer }) (api.Community, error) {
	if c := rest.CallerOf(ctx); c.Kind != rest.SystemKey && c.Role != api.RoleOwner {
		return api.Community{}, errOwners
	}
	b := in.Body
	c, _, err := s.Create(ctx, Draft{Name: b.Name, URI: b.URI, Domain: b.Domain, Description: b.Description, Timezone: b.Timezone, Language: b.Language})
	return c, err
}

var errOwners = api.NewError(api.Forbidden, "owner_needed", "Only an owner, or the system key, makes another community.")

func (s *Service) updateServer(ctx context.Context, in *struct {
	ServerID string `path:"serverId"`
	Body     api.CommunityPatch
}) (api.Community, error) {
	return s.patch(ctx, &patchInput{CommunityID: in.ServerID, Body: in.Body})
}
