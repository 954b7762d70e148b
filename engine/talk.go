package engine

import (
	"context"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/channel"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/message"
)

// channelActs says in the words of channels what messages ask about.
func channelActs() map[message.Act]channel.Act {
	return map[message.Act]channel.Act{
		message.ActView: channel.ActView, message.ActPost: channel.ActPost, message.ActReply: channel.ActPost, message.ActReact: channel.ActReact,
		message.ActAttach: channel.ActAttach, message.ActMention: channel.ActMention, message.ActMentionRole: channel.ActMention,
		message.ActLink: channel.ActShareLink, message.ActEditOwn: channel.ActEditOwn, message.ActDeleteOwn: channel.ActDeleteOwn,
		message.ActDelete: channel.ActManageMessages, message.ActPin: channel.ActPin, message.ActWhisper: channel.ActHear,
		message.ActSkipSlow: channel.ActManageMessages,
	}
}

// connectMessages sets what messages need of channels and roles.
func (e *Engine) connectMessages() {
	acts := channelActs()
	e.Messages.Gate = message.Gate{
		Channel: func(ctx context.Context, communityID, id string) (message.Channel, error) {
			ch, err := e.Channels.Channel(ctx, communityID, id)
			return talkChannel(ch), err
		},
		Channels: e.talkChannels,
		May: func(ctx context.Context, communityID string, who member.Ref, ch message.Channel, act message.Act) error {
			return e.Channels.May(ctx, communityID, who.ID, ch.ID, acts[act])
		},
		Topic: func(ctx context.Context, communityID, channelID, id string) error {
			t, err := e.Channels.Topic(ctx, communityID, channelID, id)
			if err == nil && t.IsClosed {
				return api.NewError(api.Conflict, "topic_closed", "This topic is closed.")
			}
			return err
		},
		Role: e.roleNamed,
		Count: func(ctx context.Context, tx *db.Tx, communityID, channelID string, n int) error {
			_, err := channel.Count(ctx, tx, communityID, channelID, n)
			return err
		},
		Read: func(ctx context.Context, tx *db.Tx, communityID, memberID, channelID string, seq int64) error {
			return channel.MarkRead(ctx, tx, communityID, memberID, channelID, seq, e.kit.Now())
		},
	}
	e.Channels.OnDelete, e.Channels.Unseen = e.Messages.ForgetChannel, message.Unseen
}

func talkChannel(ch api.Channel) message.Channel {
	return message.Channel{ID: ch.ID, Name: ch.Topic, Type: string(ch.Type), Archived: ch.IsArchived, SlowMode: time.Duration(ch.SlowMode) * time.Second}
}

func (e *Engine) talkChannels(ctx context.Context, communityID string, who *member.Ref) ([]message.Channel, error) {
	list, err := e.Channels.List(ctx, communityID)
	if who != nil {
		list, err = e.Channels.Visible(ctx, communityID, who.ID)
	}
	out := make([]message.Channel, 0, len(list))
	for _, ch := range list {
		if who == nil || e.Channels.May(ctx, communityID, who.ID, ch.ID, channel.ActView) == nil {
			out = append(out, talkChannel(ch))
		}
	}
	return out, err
}

// roleNamed finds a role that a message mentions.
func (e *Engine) roleNamed(ctx context.Context, communityID, name string) (string, bool) {
	list, err := e.Roles.List(ctx, communityID)
	if err != nil {
		return "", false
	}
	for _, r := range list {
		if strings.EqualFold(strings.TrimPrefix(r.Title, "@"), name) {
			return r.ID, true
		}
	}
	return "", false
}
