package channel

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	s.channelRoutes()
	s.categoryRoutes()
	s.memberRoutes()
	s.requestRoutes()
}

func (s *Service) channelRoutes() {
	const tag = "Channels"
	rest.System(s.k, rest.Op{Method: "GET", Path: "/api/v1/servers/{serverId}/channels", ID: "list-server-channels", Tag: tag, Access: rest.ForMembers, Permission: api.PermGetChannels,
		Summary: "The community's channels; a member gets those that he sees", Message: "Channels fetched successfully"}, s.ofServer)
	rest.System(s.k, rest.Op{Method: "GET", Path: "/api/v1/channels", ID: "list-channels", Tag: tag, Access: rest.ForMembers, Permission: api.PermGetChannels,
		Summary: "The community's channels; a member gets those that he sees", Message: "Channels fetched successfully"}, s.list)
	rest.System(s.k, rest.Op{Method: "POST", Path: "/api/v1/channels", ID: "create-channel", Tag: tag, Permission: api.PermManageChannels,
		Summary: "Make a channel", Message: "Channel has been created successfully"}, s.create)
	rest.System(s.k, rest.Op{Method: "PUT", Path: "/api/v1/channels/{id}", ID: "update-channel", Tag: tag, Permission: api.PermManageChannels,
		Summary: "Change a channel", Message: "Channel has been updated successfully"}, s.update)
	rest.System(s.k, rest.Op{Method: "DELETE", Path: "/api/v1/channels/{id}", ID: "delete-channel", Tag: tag, Permission: api.PermManageChannels,
		Summary: "Delete a channel with its messages", Message: "Channel has been deleted successfully"}, s.delete)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/channels", ID: "get-channels", Tag: tag, Access: rest.ForMembers, Permission: api.PermGetChannels,
		Summary: "The channels; a member gets those that he sees"}, s.brief)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/channels/{id}/topics", ID: "list-topics", Tag: tag, Access: rest.ForMembers, Permission: api.PermGetChannels,
		Summary: "The topics of a forum, newest first", Message: "Read topics success."}, s.topics)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/channels/{id}/topics", ID: "create-topic", Tag: tag, Access: rest.ForMembers, Permission: api.PermSendMessage, Status: 201,
		Summary: "Open a topic in a forum", Description: "A key names the member by sender.", Message: "Create topic success."}, s.openTopic)
}

func (s *Service) categoryRoutes() {
	const tag, path = "Channels", "/v1/channel-categories"
	rest.Partner(s.k, rest.Op{Method: "GET", Path: path, ID: "list-channel-categories", Tag: tag, Access: rest.ForMembers, Permission: api.PermGetChannels,
		Summary: "The categories in their order", Message: "Read categories success."}, s.categories)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: path, ID: "create-channel-category", Tag: tag, Permission: api.PermManageChannels, Status: 201,
		Summary: "Make a category", Message: "Create category success."}, s.createCategory)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: path + "/{id}", ID: "update-channel-category", Tag: tag, Permission: api.PermManageChannels,
		Summary: "Change a category", Message: "Update category success."}, s.updateCategory)
	rest.Partner(s.k, rest.Op{Method: "DELETE", Path: path + "/{id}", ID: "delete-channel-category", Tag: tag, Permission: api.PermManageChannels,
		Summary: "Delete an empty category", Message: "Delete category success."}, s.deleteCategory)
}

func (s *Service) memberRoutes() {
	const tag = "Me"
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/channels", ID: "list-my-channels", Tag: tag, Access: rest.ForPersons, Permission: api.PermReadOwnMessages,
		Summary: "The channels that one sees, with what is unread", Message: "Read channels success."}, s.mine)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/requestable-channels", ID: "list-requestable-channels", Tag: tag, Access: rest.ForPersons, Permission: api.PermReadOwnMessages,
		Summary: "Private channels that one may ask to enter", Message: "Read channels success."}, s.requestable)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/me/channels/{id}/read", ID: "mark-channel-read", Tag: tag, Access: rest.ForPersons, Permission: api.PermReadOwnMessages,
		Summary: "Mark a channel as read", Message: "Mark channel success."}, s.markRead)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: "/v1/me/channels/{id}/mute", ID: "mute-channel", Tag: tag, Access: rest.ForPersons, Permission: api.PermReadOwnMessages,
		Summary: "Mute a channel, or unmute it", Description: "A muted channel counts nothing as unread.", Message: "Mute channel success."}, s.mute)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/channels/{id}/access-requests", ID: "request-channel-access", Tag: tag, Access: rest.ForTokens, Status: 201,
		Summary: "Ask to be let into a private channel", Message: "Create access request success."}, s.ask)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/me/access-requests", ID: "list-my-access-requests", Tag: tag, Access: rest.ForTokens,
		Summary: "One's own access requests", Message: "Read access requests success."}, s.myRequests)
}

func (s *Service) requestRoutes() {
	const tag, path = "Channels", "/v1/access-requests"
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: path, ID: "list-access-requests", Tag: tag, Permission: api.PermManageChannels,
		Summary: "Requests to be let into private channels, newest first", Message: "Read access requests success."}, s.requests)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: path + "/{id}/approve", ID: "approve-access-request", Tag: tag, Permission: api.PermManageChannels,
		Summary: "Let the member in by giving a role", Message: "Approve access request success."}, s.approve)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: path + "/{id}/refuse", ID: "refuse-access-request", Tag: tag, Permission: api.PermManageChannels,
		Summary: "Turn the request down", Message: "Refuse access request success."}, s.refuse)
}

type (
	idInput struct {
		ID string `path:"id" maxLength:"24"`
	}
	channelInput struct {
		ID   string `path:"id" maxLength:"24"`
		Body api.ChannelInput
	}
	categoryInput struct {
		ID   string `path:"id" maxLength:"24"`
		Body api.CategoryInput
	}
)

func here(ctx context.Context) string { return rest.CallerOf(ctx).CommunityID }

// shown are the channels that the caller may know of: all for keys and for
// who manages channels.
func (s *Service) shown(ctx context.Context) ([]api.Channel, error) {
	c := rest.CallerOf(ctx)
	if !c.IsPerson() || c.Can(api.PermManageChannels) {
		return s.List(ctx, c.CommunityID)
	}
	return s.Visible(ctx, c.CommunityID, c.MemberID)
}

func (s *Service) list(ctx context.Context, _ *struct{}) ([]api.Channel, error) { return s.shown(ctx) }

func (s *Service) ofServer(ctx context.Context, _ *struct {
	ServerID string `path:"serverId"`
}) ([]api.Channel, error) {
	return s.shown(ctx)
}

func (s *Service) brief(ctx context.Context, _ *struct{}) ([]api.BriefChannel, error) {
	all, err := s.shown(ctx)
	out := make([]api.BriefChannel, 0, len(all))
	for _, c := range all {
		out = append(out, api.BriefChannel{ID: c.ID, Topic: c.Topic, Type: c.Type})
	}
	return out, err
}

func (s *Service) create(ctx context.Context, in *struct{ Body api.ChannelInput }) (api.Channel, error) {
	return s.Create(ctx, here(ctx), in.Body)
}

func (s *Service) update(ctx context.Context, in *channelInput) (api.Channel, error) {
	return s.Update(ctx, here(ctx), in.ID, in.Body)
}

func (s *Service) delete(ctx context.Context, in *idInput) (api.Channel, error) {
	return s.Delete(ctx, here(ctx), in.ID)
}

func (s *Service) categories(ctx context.Context, _ *struct{}) ([]api.Category, error) {
	return s.Categories(ctx, here(ctx))
}

func (s *Service) createCategory(ctx context.Context, in *struct{ Body api.CategoryInput }) (api.Category, error) {
	return s.CreateCategory(ctx, here(ctx), in.Body)
}

func (s *Service) updateCategory(ctx context.Context, in *categoryInput) (api.Category, error) {
	return s.UpdateCategory(ctx, here(ctx), in.ID, in.Body)
}

func (s *Service) deleteCategory(ctx context.Context, in *idInput) (api.Category, error) {
	return s.DeleteCategory(ctx, here(ctx), in.ID)
}
