package message

import (
	"context"
	"slices"

	"laurel/api"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// viewer is who reads or acts: a member in person, or a key of the community,
// which may do everything that its permission names.
type viewer struct {
	community string
	person    *member.Ref // nil for keys
	emails    bool        // may see addresses
}

var (
	errKeyRight = api.NewError(api.Forbidden, "missing_permission", "The key lacks the permission for messages.")
	errWidget   = api.NewError(api.Forbidden, "sign_in_needed", "A widget's token does not reach messages.")
	errSender   = api.NewError(api.Forbidden, "other_sender", "You can only write as yourself.",
		api.FieldError{Field: "sender", Message: "must be yourself"})
)

// viewerOf resolves the caller. right is what a user key must hold.
func (s *Service) viewerOf(ctx context.Context, right api.Permission) (viewer, error) {
	c := rest.CallerOf(ctx)
	v := viewer{community: c.CommunityID}
	switch {
	case c.Kind == rest.WidgetToken:
		return v, errWidget
	case c.Kind == rest.UserKey && !c.Can(right):
		return v, errKeyRight
	case !c.IsPerson():
		v.emails = true
		return v, nil
	}
	who, err := s.members.Resolve(ctx, c.CommunityID, c.MemberID)
	v.person, v.emails = &who, c.IsTeam()
	return v, err
}

// sender is the viewer's own member, or the one that a key writes for.
func (s *Service) sender(ctx context.Context, v viewer, named string) (member.Ref, error) {
	if named == "" && v.person == nil {
		return member.Ref{}, api.InvalidField("sender", "is required: a username, email or id")
	}
	if named == "" {
		return *v.person, nil
	}
	who, err := s.members.Resolve(ctx, v.community, named)
	if v.person != nil && (err != nil || who.ID != v.person.ID) {
		return who, errSender
	}
	if err == nil && who.Deleted {
		err = api.NewError(api.NotFound, "user_not_found", "No user of this community is known by that id, name or address.",
			api.FieldError{Field: "sender", Message: "is not known"})
	}
	return who, err
}

// may asks the gate; keys pass.
func (s *Service) may(ctx context.Context, v viewer, ch Channel, act Act) error {
	if v.person == nil {
		return nil
	}
	return s.Gate.May(ctx, v.community, *v.person, ch, act)
}

// channel finds a channel that the viewer may see.
func (s *Service) channel(ctx context.Context, v viewer, id string) (Channel, error) {
	ch, err := s.Gate.Channel(ctx, v.community, id)
	if err != nil {
		return ch, err
	}
	return ch, s.may(ctx, v, ch, ActView)
}

// limitTo is the member whose messages alone are seen in a private channel;
// empty when the viewer sees all.
func (s *Service) limitTo(ctx context.Context, v viewer, ch Channel) string {
	if v.person == nil || !ch.isPrivate() || s.may(ctx, v, ch, ActWhisper) == nil {
		return ""
	}
	return v.person.ID
}

// scope is the channels that the viewer sees, and those of which only a part.
type scope struct {
	all     []Channel
	partial []string
}

func (s *Service) scopeOf(ctx context.Context, v viewer) (scope, error) {
	list, err := s.Gate.Channels(ctx, v.community, v.person)
	out := scope{all: list}
	for _, ch := range list {
		if s.limitTo(ctx, v, ch) != "" {
			out.partial = append(out.partial, ch.ID)
		}
	}
	return out, err
}

func (o scope) ids() []string {
	out := make([]string, len(o.all))
	for i, ch := range o.all {
		out[i] = ch.ID
	}
	return out
}

func (o scope) name(id string) string {
	i := slices.IndexFunc(o.all, func(ch Channel) bool { return ch.ID == id })
	if i < 0 {
		return ""
	}
	return o.all[i].Name
}
