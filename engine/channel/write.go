package channel

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// List gives every channel of the community, whoever may see it.
func (s *Service) List(ctx context.Context, communityID string) ([]api.Channel, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return nil, err
	}
	out := make([]api.Channel, 0, len(h.order))
	for _, id := range h.order {
		out = append(out, h.places[id].channel)
	}
	return out, nil
}

// Create makes a channel. Topic and Type are required. Errors: Invalid.
func (s *Service) Create(ctx context.Context, communityID string, in api.ChannelInput) (api.Channel, error) {
	if in.Topic == nil {
		return api.Channel{}, api.InvalidField("topic", "is required")
	}
	if in.Type == nil {
		return api.Channel{}, api.InvalidField("channelType", "is required")
	}
	now := s.k.Now()
	c := api.Channel{ID: api.NewIDAt(now), ServerID: communityID, UserID: rest.CallerOf(ctx).MemberID, Permissions: []api.ChannelAccess{},
		Speakers: []string{}, RequestRoles: []string{}, CreatedAt: api.At(now), UpdatedAt: api.At(now)}
	apply(&c, in)
	if err := s.check(ctx, c); err != nil {
		return c, err
	}
	err := s.change(ctx, communityID, func(ctx context.Context, tx *db.Tx) error {
		if err := insertChannel(ctx, tx, c); err != nil {
			return err
		}
		return s.audit(ctx, tx, "channel.create", c, nil, c)
	})
	return c, err
}

// Update changes a channel. Errors: NotFound, Invalid.
func (s *Service) Update(ctx context.Context, communityID, id string, in api.ChannelInput) (api.Channel, error) {
	before, err := oneChannel(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return before, err
	}
	after := before
	apply(&after, in)
	after.UpdatedAt = api.At(s.k.Now())
	if err := s.check(ctx, after); err != nil {
		return after, err
	}
	err = s.change(ctx, communityID, func(ctx context.Context, tx *db.Tx) error {
		if _, err := oneChannel(ctx, tx, communityID, id); err != nil {
			return err
		}
		if err := updateChannel(ctx, tx, after); err != nil {
			return err
		}
		return s.audit(ctx, tx, "channel.update", after, before, after)
	})
	return after, err
}

// Delete removes a channel with all that is in it. Errors: NotFound.
func (s *Service) Delete(ctx context.Context, communityID, id string) (api.Channel, error) {
	var c api.Channel
	err := s.change(ctx, communityID, func(ctx context.Context, tx *db.Tx) (err error) {
		if c, err = oneChannel(ctx, tx, communityID, id); err != nil {
			return err
		}
		if s.OnDelete != nil {
			if err := s.OnDelete(ctx, tx, communityID, id); err != nil {
				return err
			}
		}
		if err := deleteChannel(ctx, tx, communityID, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, "channel.delete", c, c, nil)
	})
	return c, err
}

func (s *Service) change(ctx context.Context, communityID string, fn func(context.Context, *db.Tx) error) error {
	err := s.k.DB().Write(ctx, fn)
	s.forget(communityID)
	return err
}

func (s *Service) audit(ctx context.Context, tx *db.Tx, action string, c api.Channel, before, after any) error {
	return s.k.Audit(ctx, tx, c.ServerID, rest.Change{Action: action, TargetType: "channel", TargetID: c.ID, TargetName: c.Topic, Before: before, After: after})
}

func apply(c *api.Channel, in api.ChannelInput) {
	set(&c.Topic, in.Topic)
	set(&c.Type, in.Type)
	set(&c.Description, in.Description)
	set(&c.CategoryID, in.CategoryID)
	set(&c.URL, in.URL)
	set(&c.IsPrivate, in.IsPrivate)
	set(&c.IsArchived, in.IsArchived)
	set(&c.SlowMode, in.SlowMode)
	set(&c.Position, in.Position)
	set(&c.Permissions, in.Permissions)
	set(&c.Speakers, in.Speakers)
	set(&c.RequestRoles, in.RequestRoles)
	c.Topic, c.Description = strings.TrimSpace(c.Topic), strings.TrimSpace(c.Description)
}

func set[T any](into, from *T) {
	if from != nil {
		*into = *from
	}
}

func (s *Service) check(ctx context.Context, c api.Channel) error {
	switch {
	case c.Topic == "":
		return api.InvalidField("topic", "must not be empty")
	case !slices.Contains(api.ChannelTypes(), c.Type):
		return api.InvalidField("channelType", "is no type of channel")
	case c.Type == api.ChannelIframe && !isHTTPS(c.URL):
		return api.InvalidField("url", "must be an https:// address for an iframe channel")
	case c.Type != api.ChannelIframe && c.URL != "":
		return api.InvalidField("url", "is for iframe channels only")
	}
	if err := s.checkLists(ctx, c); err != nil {
		return err
	}
	return s.checkCategory(ctx, c)
}

func (s *Service) checkLists(ctx context.Context, c api.Channel) error {
	roles := []string{}
	for _, a := range c.Permissions {
		if slices.Contains(roles, a.RoleID) {
			return api.InvalidField("permissions", "names a role twice")
		}
		roles = append(roles, a.RoleID)
		if _, err := api.Right(0).With("permissions", a.Rights, false); err != nil {
			return err
		}
	}
	for _, id := range c.Speakers {
		if !api.IsID(id) {
			return api.InvalidField("speakers", "must hold ids of roles and users")
		}
	}
	if s.CheckRoles == nil {
		return nil
	}
	if err := s.CheckRoles(ctx, c.ServerID, "permissions", roles); err != nil {
		return err
	}
	return s.CheckRoles(ctx, c.ServerID, "requestRoles", c.RequestRoles)
}

func (s *Service) checkCategory(ctx context.Context, c api.Channel) error {
	if c.CategoryID == "" {
		return nil
	}
	_, err := oneCategory(ctx, s.k.DB().Read(), c.ServerID, c.CategoryID)
	if api.IsKind(err, api.NotFound) {
		return api.InvalidField("categoryId", "names a category that does not exist")
	}
	return err
}

func isHTTPS(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil
}
