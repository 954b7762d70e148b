package demo

import (
	"context"
	"fmt"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/member"
)

// places makes the demo's roles, categories, channels and topics, and a
// request of the member that waits for an answer.
func (d *Demo) places(ctx context.Context, cred *Credentials, who []member.Ref) error {
	client := apiclient.InProcess(d.engine).WithSystemKey(cred.SystemKey)
	roles, err := d.roles(ctx, client, who)
	if err != nil {
		return err
	}
	if err := d.channels(ctx, client, cred, roles); err != nil {
		return err
	}
	return d.ask(ctx, cred)
}

// roles makes three roles and gives two of them to a few of the crowd.
func (d *Demo) roles(ctx context.Context, client *apiclient.Client, who []member.Ref) (map[string]string, error) {
	out := map[string]string{}
	for i, r := range []struct {
		title, class    string
		server, channel map[string]bool
		holders         int
	}{
		{"Moderator", "green", map[string]bool{"warn_members": true, "suspend_members": true, "create_invite": true}, map[string]bool{"manage_messages": true, "pinable": true}, 4},
		{"Analyst", "blue", map[string]bool{"create_invite": true}, map[string]bool{"post_analysis": true, "share_attachments": true}, 12},
		{"Gold circle", "yellow", nil, map[string]bool{"view_message_history": true, "post_messages": true}, 0},
	} {
		order := i + 1
		made, err := client.Roles().Create(ctx, api.RoleInput{Title: &r.title, Class: &r.class, Order: &order, Server: r.server, Channel: r.channel})
		if err != nil {
			return nil, fmt.Errorf("role %s: %w", r.title, err)
		}
		out[r.title] = made.ID
		for n := range min(r.holders, len(who)/3) {
			if _, err := client.Roles().Give(ctx, made.ID, who[i*15+n].ID); err != nil {
				return nil, fmt.Errorf("role %s: %w", r.title, err)
			}
		}
	}
	return out, nil
}

// spot is a channel of the demo.
type spot struct {
	topic, about, url string
	kind              api.ChannelType
	role              string // private to it
}

func (d *Demo) channels(ctx context.Context, client *apiclient.Client, cred *Credentials, roles map[string]string) error {
	for at, c := range []struct {
		name  string
		spots []spot
	}{
		{"Community", []spot{
			{topic: "announcements", about: "News from the team.", kind: api.ChannelAnnouncement},
			{topic: "general", about: "Talk about anything.", kind: api.ChannelOpen},
			{topic: "questions", about: "One topic a question.", kind: api.ChannelForum},
			{topic: "feedback", about: "Only the team reads what you write.", kind: api.ChannelWhisper},
		}},
		{"Trading floor", []spot{
			{topic: "charts", about: "Ideas on a chart.", kind: api.ChannelChart},
			{topic: "help-desk", about: "Write to the team.", kind: api.ChannelDirect},
			{topic: "gold-lounge", about: "For the Gold circle.", kind: api.ChannelOpen, role: "Gold circle"},
			{topic: "calendar", about: "Dates of the week.", kind: api.ChannelIframe, url: "https://www.example.com/"},
		}},
	} {
		category, err := client.Channels().CreateCategory(ctx, api.CategoryInput{Name: &c.name, Position: &at})
		if err != nil {
			return fmt.Errorf("category %s: %w", c.name, err)
		}
		for i, s := range c.spots {
			position := at*100 + i
			made, err := client.Channels().Create(ctx, d.channelInput(s, category.ID, position, roles))
			if err != nil {
				return fmt.Errorf("channel %s: %w", s.topic, err)
			}
			if s.topic == "general" {
				cred.ChannelID = made.ID
			}
			if s.kind == api.ChannelForum {
				cred.ForumChannelID = made.ID
			}
		}
	}
	return d.topics(ctx, cred)
}

func (d *Demo) channelInput(s spot, category string, position int, roles map[string]string) api.ChannelInput {
	in := api.ChannelInput{Topic: &s.topic, Description: &s.about, Type: &s.kind, CategoryID: &category, Position: &position}
	if s.url != "" {
		in.URL = &s.url
	}
	if s.role != "" {
		private := true
		in.IsPrivate, in.Permissions = &private, &[]api.ChannelAccess{{RoleID: roles[s.role]}}
		in.RequestRoles = &[]string{d.community} // @all has the community's id
	}
	return in
}

func (d *Demo) topics(ctx context.Context, cred *Credentials) error {
	for _, title := range []string{"How do streaks count over midnight?", "Which broker reports do you read first?"} {
		if _, err := d.engine.Channels.OpenTopic(ctx, d.community, cred.Member.ID, cred.ForumChannelID, title); err != nil {
			return fmt.Errorf("topic: %w", err)
		}
	}
	return nil
}

// ask is the member's wish to enter the private lounge.
func (d *Demo) ask(ctx context.Context, cred *Credentials) error {
	open, err := d.engine.Channels.Requestable(ctx, d.community, cred.Member.ID)
	if err != nil {
		return err
	}
	for _, c := range open {
		if _, err := d.engine.Channels.Ask(ctx, d.community, cred.Member.ID, c.ID, "I have been here since spring and would love to join."); err != nil {
			return fmt.Errorf("access request: %w", err)
		}
	}
	return nil
}
