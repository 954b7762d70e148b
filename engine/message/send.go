package message

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/api"
	"laurel/engine/ledger"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
	"laurel/engine/message/text"
	"laurel/engine/rest"
)

// maxLength is the longest message in characters.
const maxLength = 4000

// maxMentions is how many names of a message are looked up.
const maxMentions = 50

// draft is one message on its way into the database.
type draft struct {
	community string
	row       row
	author    member.Ref
	slow      time.Duration
	pay       *ledger.Within
	notices   []row // alerts that go with it
	seen      []string
}

// placed is where a message came to stand.
type placed struct{ seq, revision int64 }

type sendInput struct{ Body api.SendMessage }

func (s *Service) send(ctx context.Context, in *sendInput) (api.SentMessage, error) {
	v, err := s.viewerOf(ctx, api.PermSendMessages)
	if err != nil {
		return api.SentMessage{}, err
	}
	who, err := s.sender(ctx, v, in.Body.Sender)
	if err != nil {
		return api.SentMessage{}, err
	}
	ch, err := s.channel(ctx, v, in.Body.ChannelID)
	if err != nil {
		return api.SentMessage{}, err
	}
	if err := s.admit(ctx, v, ch, ActPost, len(in.Body.Images)); err != nil {
		return api.SentMessage{}, err
	}
	if err := s.topicOf(ctx, v, ch, in.Body.ForumTopicID); err != nil {
		return api.SentMessage{}, err
	}
	r := row{ChannelID: ch.ID, TopicID: in.Body.ForumTopicID, Body: in.Body.Message}
	return s.post(ctx, v, ch, who, r, in.Body.Images)
}

type replyInput struct{ Body api.ReplyMessage }

func (s *Service) reply(ctx context.Context, in *replyInput) (api.SentMessage, error) {
	v, err := s.viewerOf(ctx, api.PermSendMessages)
	if err != nil {
		return api.SentMessage{}, err
	}
	who, err := s.sender(ctx, v, in.Body.Sender)
	if err != nil {
		return api.SentMessage{}, err
	}
	parent, ch, err := s.find(ctx, v, in.Body.MessageID)
	if err != nil {
		return api.SentMessage{}, err
	}
	if err := s.admit(ctx, v, ch, ActReply, len(in.Body.Images)); err != nil {
		return api.SentMessage{}, err
	}
	r := row{ChannelID: ch.ID, TopicID: parent.TopicID, ParentID: parent.ID, RootID: parent.RootID, Body: in.Body.Message}
	if r.RootID == "" {
		r.RootID = parent.ID
	}
	if ch.isPrivate() {
		r.ToID = answeredTo(parent, who.ID)
	}
	return s.post(ctx, v, ch, who, r, in.Body.Images)
}

// answeredTo is who reads an answer in a private channel: the writer of what is
// answered or, going on with one's own answer, whom that one was for.
func answeredTo(parent row, authorID string) string {
	if parent.AuthorID == authorID {
		return parent.ToID
	}
	return parent.AuthorID
}

// admit says whether the viewer may write into the channel.
func (s *Service) admit(ctx context.Context, v viewer, ch Channel, act Act, images int) error {
	if ch.Archived {
		return api.NewError(api.Conflict, "channel_archived", "This channel is archived: it can be read only.")
	}
	if ch.Type == "chart" || ch.Type == "iframe" {
		return api.NewError(api.Conflict, "channel_without_messages", "This kind of channel has no messages.")
	}
	if err := s.may(ctx, v, ch, act); err != nil {
		return err
	}
	if images > 0 {
		return s.may(ctx, v, ch, ActAttach)
	}
	return nil
}

func (s *Service) topicOf(ctx context.Context, v viewer, ch Channel, topicID string) error {
	switch {
	case ch.Type == "forum" && topicID == "":
		return api.InvalidField("forumTopicId", "is required in a forum")
	case topicID == "":
		return nil
	case ch.Type != "forum":
		return api.InvalidField("forumTopicId", "is for forums only")
	}
	return s.Gate.Topic(ctx, v.community, ch.ID, topicID)
}

// post checks the text, and writes the message with its reward.
func (s *Service) post(ctx context.Context, v viewer, ch Channel, who member.Ref, r row, images []string) (api.SentMessage, error) {
	now := s.k.Now()
	r.ID, r.Kind, r.AuthorID, r.CreatedAt, r.doc = api.NewIDAt(now), "message", who.ID, now, s.nextDoc()
	var err error
	if r.Body, err = clean(r.Body, len(images)); err != nil {
		return api.SentMessage{}, err
	}
	if err := s.links(ctx, v, ch, r.Body); err != nil {
		return api.SentMessage{}, err
	}
	words, err := s.rules.of(ctx, v.community)
	if err != nil {
		return api.SentMessage{}, err
	}
	if err := s.screen(ctx, v.community, words, r); err != nil {
		return api.SentMessage{}, err
	}
	if r.Images, err = s.attached(ctx, v.community, who, images); err != nil {
		return api.SentMessage{}, err
	}
	d := &draft{community: v.community, row: r, author: who}
	d.row.Mentions, d.seen = s.mentions(ctx, v, ch, r.Body)
	if d.notices, err = s.notices(ctx, v.community, ch, words, who, r); err != nil {
		return api.SentMessage{}, err
	}
	if ch.SlowMode > 0 && v.person != nil && s.may(ctx, v, ch, ActSkipSlow) != nil {
		d.slow = ch.SlowMode
	}
	if d.pay, err = s.pay(ctx, v.community, who, r); err != nil {
		return api.SentMessage{}, err
	}
	at, err := s.batch.Do(ctx, d)
	if err != nil {
		return api.SentMessage{}, err
	}
	award := d.pay.Awards()[0]
	return api.SentMessage{ID: r.ID, ChannelID: ch.ID, ParentID: r.ParentID, Number: at.seq, Reward: award.Status, XP: award.XP, CreatedAt: api.At(now)}, nil
}

func (s *Service) pay(ctx context.Context, communityID string, who member.Ref, r row) (*ledger.Within, error) {
	act := ledger.Act{Member: who, Action: rule.Message, Source: ledger.SourceOf(rest.CallerOf(ctx)), Reference: "message:" + r.ID}
	if r.ParentID != "" {
		act.Action = rule.Reply
	}
	return s.ledger.Prepare(ctx, communityID, act)
}

// clean drops what no database takes and checks the length.
func clean(body string, images int) (string, error) {
	body = strings.ReplaceAll(strings.ToValidUTF8(body, "\uFFFD"), "\x00", "")
	body = strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n"))
	switch n := utf8.RuneCountInString(body); {
	case n == 0 && images == 0:
		return "", api.InvalidField("message", "is required")
	case n > maxLength:
		return "", api.InvalidField("message", "must be at most 4000 characters")
	}
	return body, nil
}

// links asks the gate when a text holds an address of the web.
func (s *Service) links(ctx context.Context, v viewer, ch Channel, body string) error {
	isLink := func(p api.MessagePart) bool { return p.Type == "link" }
	if !strings.Contains(body, "://") || !slices.ContainsFunc(text.Parse(body, nil), isLink) {
		return nil
	}
	return s.may(ctx, v, ch, ActLink)
}

// mention is a name in a message that means somebody.
type mention struct {
	Name string `json:"name"`
	ID   string `json:"id"`
	Type string `json:"type"` // user, role
}

// mentions finds whom a text names, as far as the writer may mention them.
func (s *Service) mentions(ctx context.Context, v viewer, ch Channel, body string) (stored string, members []string) {
	if !strings.Contains(body, "@") {
		return "[]", nil
	}
	found := []mention{}
	people := s.may(ctx, v, ch, ActMention) == nil
	roles := s.Gate.Role != nil && s.may(ctx, v, ch, ActMentionRole) == nil
	for _, name := range text.Names(body, maxMentions) {
		if who, err := s.members.Resolve(ctx, v.community, name); people && err == nil && !who.Deleted && text.Fold(who.Username) == text.Fold(name) {
			found = append(found, mention{name, who.ID, "user"})
			members = append(members, who.ID)
			continue
		}
		if !roles {
			continue
		}
		if id, ok := s.Gate.Role(ctx, v.community, name); ok {
			found = append(found, mention{name, id, "role"})
		}
	}
	raw, err := json.Marshal(found)
	if err != nil { // strings only
		return "[]", nil
	}
	return string(raw), members
}
