package channel

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

func (s *Service) topics(ctx context.Context, in *idInput) ([]api.Topic, error) {
	c := rest.CallerOf(ctx)
	channel, err := s.Channel(ctx, c.CommunityID, in.ID)
	if err == nil && c.IsPerson() && !c.Can(api.PermManageChannels) {
		err = s.May(ctx, c.CommunityID, c.MemberID, in.ID, ActView)
	}
	if err == nil && channel.Type != api.ChannelForum {
		err = errNoForum
	}
	if err != nil {
		return nil, err
	}
	return listTopics(ctx, s.k.DB().Read(), c.CommunityID, in.ID)
}

type topicInput struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.NewTopic
}

func (s *Service) openTopic(ctx context.Context, in *topicInput) (api.Topic, error) {
	c := rest.CallerOf(ctx)
	who := c.MemberID
	if !c.IsPerson() {
		if in.Body.Sender == "" {
			return api.Topic{}, errNoSender
		}
		who = in.Body.Sender
	}
	return s.OpenTopic(ctx, c.CommunityID, who, in.ID, in.Body.Title)
}

func (s *Service) mine(ctx context.Context, _ *struct{}) ([]api.MyChannel, error) {
	c := rest.CallerOf(ctx)
	return s.Mine(ctx, c.CommunityID, c.MemberID)
}

func (s *Service) requestable(ctx context.Context, _ *struct{}) ([]api.Channel, error) {
	c := rest.CallerOf(ctx)
	return s.Requestable(ctx, c.CommunityID, c.MemberID)
}

func (s *Service) markRead(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.ReadMark
}) (api.MyChannel, error) {
	c := rest.CallerOf(ctx)
	return s.Read(ctx, c.CommunityID, c.MemberID, in.ID, in.Body.Seq)
}

func (s *Service) mute(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.MuteSwitch
}) (api.MyChannel, error) {
	c := rest.CallerOf(ctx)
	return s.Mute(ctx, c.CommunityID, c.MemberID, in.ID, in.Body.IsMuted)
}

func (s *Service) ask(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.NewAccessRequest
}) (api.AccessRequest, error) {
	c := rest.CallerOf(ctx)
	return s.Ask(ctx, c.CommunityID, c.MemberID, in.ID, in.Body.Note)
}

type requestsInput struct {
	rest.Paging
	Status string `query:"status" enum:"requested,approved,refused"`
}

func (s *Service) requests(ctx context.Context, in *requestsInput) (rest.Page[api.AccessRequest], error) {
	items, total, err := listRequests(ctx, s.k.DB().Read(), here(ctx), requestFilter{status: in.Status}, in.Paging)
	return rest.PageOf(in.Paging, items, total), err
}

func (s *Service) myRequests(ctx context.Context, in *requestsInput) (rest.Page[api.AccessRequest], error) {
	c := rest.CallerOf(ctx)
	items, total, err := listRequests(ctx, s.k.DB().Read(), c.CommunityID, requestFilter{in.Status, c.MemberID}, in.Paging)
	return rest.PageOf(in.Paging, items, total), err
}

func (s *Service) approve(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.Approval
}) (api.AccessRequest, error) {
	return s.Approve(ctx, here(ctx), in.ID, in.Body.RoleID)
}

func (s *Service) refuse(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.Refusal
}) (api.AccessRequest, error) {
	return s.Refuse(ctx, here(ctx), in.ID, in.Body.Reason)
}
