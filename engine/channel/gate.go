package channel

import (
	"context"

	"laurel/api"
	"laurel/engine/member"
)

// May decides whether a member may do the acts in a channel: nil, or the first
// refusal. It answers from memory, so it can stand before every message.
// Errors: NotFound channel_not_found, or Forbidden, which says what is missing:
// right_missing with the right's key as the field, channel_private,
// channel_archived, announcers_only, whisperers_only, channel_without_messages,
// channel_without_chart, or why the member is suspended or banned.
func (s *Service) May(ctx context.Context, communityID, memberID, channelID string, acts ...Act) error {
	g, err := s.Gate(ctx, communityID, memberID, channelID)
	if err != nil {
		return err
	}
	return g.May(acts...)
}

// Gate is one member before one channel, for callers that decide several acts.
type Gate struct {
	Channel api.Channel
	Member  member.Standing
	place   place
	barred  error
}

// Gate looks up the member and the channel once. Errors: NotFound.
func (s *Service) Gate(ctx context.Context, communityID, memberID, channelID string) (Gate, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return Gate{}, err
	}
	p, ok := h.places[channelID]
	if !ok {
		return Gate{}, errNotFound
	}
	standing, err := s.Standing(ctx, communityID, memberID)
	if err != nil {
		return Gate{}, err
	}
	g := Gate{Channel: p.channel, Member: standing, place: p}
	if s.Barred != nil {
		g.barred = s.Barred(ctx, communityID, standing.ID)
	}
	return g, nil
}

// May decides the acts: nil, or the first refusal.
func (g Gate) May(acts ...Act) error {
	if g.barred != nil {
		return g.barred
	}
	for _, act := range acts {
		if err := g.place.may(g.Member, act); err != nil {
			return err
		}
	}
	return nil
}

// MayServer decides by a right in the whole community: api.RightAllowDM before
// a direct message, api.RightBroadcast before a broadcast. Errors: Forbidden.
func (s *Service) MayServer(ctx context.Context, communityID, memberID string, right api.Right) error {
	if s.Barred != nil {
		if err := s.Barred(ctx, communityID, memberID); err != nil {
			return err
		}
	}
	standing, err := s.Standing(ctx, communityID, memberID)
	if err != nil || standing.Rights().Has(right) {
		return err
	}
	return api.NewError(api.Forbidden, "right_missing", "This needs the right "+right.Key()+".",
		api.FieldError{Field: right.Key(), Message: "is a right that none of the member's roles gives"})
}

// Channel gives a channel from memory, without asking who may see it; its
// SlowMode is in seconds. Errors: NotFound.
func (s *Service) Channel(ctx context.Context, communityID, id string) (api.Channel, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return api.Channel{}, err
	}
	p, ok := h.places[id]
	if !ok {
		return api.Channel{}, errNotFound
	}
	return p.channel, nil
}

// Visible lists the channels that a member sees, in the order of the lists.
func (s *Service) Visible(ctx context.Context, communityID, memberID string) ([]api.Channel, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return nil, err
	}
	standing, err := s.Standing(ctx, communityID, memberID)
	if err != nil {
		return nil, err
	}
	out := []api.Channel{}
	for _, id := range h.order {
		if p := h.places[id]; p.sees(standing) {
			out = append(out, p.channel)
		}
	}
	return out, nil
}
