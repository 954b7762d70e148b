package channel

import (
	"slices"

	"laurel/api"
	"laurel/engine/member"
)

// place is a channel with its category, ready to decide by.
type place struct {
	channel  api.Channel
	category *api.Category
	access   map[string]api.Right // by role; inherit when the role's own rights hold
}

// inherit marks a role that keeps its own rights in the channel.
const inherit = api.RightAdministrator

func newPlace(c api.Channel, category *api.Category) place {
	p := place{channel: c, category: category, access: map[string]api.Right{}}
	for _, a := range c.Permissions {
		p.access[a.RoleID] = inherit
		if a.Rights != nil {
			p.access[a.RoleID], _ = api.Right(0).With("", a.Rights, false) // checked when it was stored
		}
	}
	return p
}

// sees reports whether the member passes the category and the channel, each
// by its own list: neither opens the other.
func (p place) sees(s member.Standing) bool {
	if s.Rights().Has(api.RightAdministrator) {
		return true
	}
	if p.category != nil && p.category.IsPrivate && !slices.ContainsFunc(s.Roles, func(r member.HeldRole) bool {
		return slices.Contains(p.category.Roles, r.ID)
	}) {
		return false
	}
	return !p.channel.IsPrivate || slices.ContainsFunc(s.Roles, func(r member.HeldRole) bool {
		_, listed := p.access[r.ID]
		return listed
	})
}

// rights are what the member's roles add up to in this channel. In a private
// channel only the listed roles count.
func (p place) rights(s member.Standing) api.Right {
	if s.Rights().Has(api.RightAdministrator) {
		return api.AllRights
	}
	var sum api.Right
	for _, r := range s.Roles {
		switch here, listed := p.access[r.ID]; {
		case listed && here != inherit:
			sum |= here
		case listed || !p.channel.IsPrivate:
			sum |= r.Rights & api.ChannelRights
		}
	}
	return sum
}

// isSpeaker reports whether the member is among the channel's announcers or
// whisperers, in person or by a role.
func (p place) isSpeaker(s member.Standing) bool {
	return s.Rights().Has(api.RightAdministrator) || slices.Contains(p.channel.Speakers, s.ID) ||
		slices.ContainsFunc(s.Roles, func(r member.HeldRole) bool { return slices.Contains(p.channel.Speakers, r.ID) })
}

// may decides one act of a member in the channel.
func (p place) may(s member.Standing, act Act) error {
	if !p.sees(s) {
		return errHidden
	}
	if err := p.takes(s, act); err != nil {
		return err
	}
	need, have := act.needs(), p.rights(s)
	for _, i := range api.Rights() {
		if need&i.Right != 0 && have&i.Right == 0 {
			return missing(i.Key, act)
		}
	}
	return nil
}

// takes decides by the kind and the state of the channel.
func (p place) takes(s member.Standing, act Act) error {
	switch kind := p.channel.Type; {
	case p.channel.IsArchived && !act.reads():
		return errArchived
	case kind == api.ChannelIframe && act != ActSee:
		return errIframe
	case kind == api.ChannelAnnouncement && act.speaks() && !p.isSpeaker(s):
		return errAnnouncers
	case (kind == api.ChannelWhisper || kind == api.ChannelDirect) && act == ActHear && !p.isSpeaker(s):
		return errWhisperers
	case kind == api.ChannelDirect && act.speaks() && !p.isSpeaker(s) && !s.Rights().Has(api.RightAllowDM):
		return missing("allow_dm", act)
	case kind != api.ChannelChart && act == ActAnalyse:
		return errNoChart
	}
	return nil
}

func missing(key string, act Act) error {
	return api.NewError(api.Forbidden, "right_missing", "To "+string(act)+" here needs the right "+key+".",
		api.FieldError{Field: key, Message: "is a right that none of the member's roles gives here"})
}

var (
	errHidden     = api.NewError(api.Forbidden, "channel_private", "The channel is private: none of the member's roles opens it.")
	errArchived   = api.NewError(api.Forbidden, "channel_archived", "The channel is archived: it can be read only.")
	errIframe     = api.NewError(api.Forbidden, "channel_without_messages", "The channel shows a page and takes no messages.")
	errAnnouncers = api.NewError(api.Forbidden, "announcers_only", "Only announcers post here; members read and react.")
	errWhisperers = api.NewError(api.Forbidden, "whisperers_only", "Only those to whom members write here read it.")
	errNoChart    = api.NewError(api.Forbidden, "channel_without_chart", "An analysis is posted in a chart channel.")
)
