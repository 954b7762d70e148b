// Package message keeps what members say: messages in channels with threads,
// reactions, images and mentions, their search and their moderation, and the
// live streams by which open pages follow them.
package message

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Sizes of the groups in which messages are written.
const (
	groupLimit = 256
)

// Channel is what the rules of messages need to know of a channel.
type Channel struct {
	ID       string
	Name     string
	Type     string // open, announcement, whisper, forum, direct, chart, iframe
	Archived bool
	SlowMode time.Duration // least time between two messages of a member; 0 means none
}

// isPrivate reports whether members see only what they wrote and what was
// answered to them.
func (c Channel) isPrivate() bool { return c.Type == "whisper" || c.Type == "direct" }

// Act is something that a member may or may not do in a channel.
type Act string

// The acts that the gate is asked about.
const (
	ActView        Act = "view"
	ActPost        Act = "post"
	ActReply       Act = "reply"
	ActReact       Act = "react"
	ActAttach      Act = "attach"
	ActMention     Act = "mention"
	ActMentionRole Act = "mentionRole"
	ActLink        Act = "link"
	ActEditOwn     Act = "editOwn"
	ActDeleteOwn   Act = "deleteOwn"
	ActDelete      Act = "delete" // messages of others
	ActPin         Act = "pin"
	ActWhisper     Act = "whisper" // sees and answers everything in a private channel
	ActSkipSlow    Act = "skipSlow"
)

// Gate is what messages need of the channels and the roles. All errors are
// ready for the caller: NotFound channel_not_found, Forbidden with the reason.
type Gate struct {
	// Channel finds a channel of the community.
	Channel func(ctx context.Context, communityID, channelID string) (Channel, error)
	// Channels lists the channels that the member may see; all for nil.
	Channels func(ctx context.Context, communityID string, who *member.Ref) ([]Channel, error)
	// May says whether the member may do the act in the channel.
	May func(ctx context.Context, communityID string, who member.Ref, ch Channel, act Act) error
	// Topic says whether the forum has the topic, and that it is open.
	Topic func(ctx context.Context, communityID, channelID, topicID string) error
	// Role finds a role by its name, for mentions. May be nil.
	Role func(ctx context.Context, communityID, name string) (id string, ok bool)
	// Count counts n new messages of the channel, for unread numbers, in the
	// transaction that writes them. May be nil.
	Count func(ctx context.Context, tx *db.Tx, communityID, channelID string, n int) error
	// Read notes that the member has seen the channel up to a message: his own.
	// May be nil.
	Read func(ctx context.Context, tx *db.Tx, communityID, memberID, channelID string, seq int64) error
}

// Sent is a message that was just posted, for those who follow.
type Sent struct {
	CommunityID string
	ChannelID   string
	ID          string
	RootID      string
	Author      member.Ref
	Body        string
	Mentions    []string // ids of the mentioned members
	At          time.Time
}

// Service is the message noun. Make it with New, set Gate and the hooks, then
// call Routes; it is safe for concurrent use afterwards.
type Service struct {
	k       *rest.Kit
	members *member.Service
	ledger  *ledger.Service
	hub     *event.Hub
	batch   *db.Batcher[*draft, placed]
	sets    *db.Sets
	rules   *rules
	present *presence
	doc     atomic.Int64
	node    int64
	baseURL string

	// Gate must be set before Routes.
	Gate Gate
	// OnSent is told of every message after its commit. May be nil; it must
	// not block and must not write.
	OnSent func([]Sent)
}

// New makes the service.
func New(k *rest.Kit, _ *community.Service, members *member.Service, books *ledger.Service, hub *event.Hub, baseURL string) *Service {
	s := &Service{
		k: k, members: members, ledger: books, hub: hub, sets: db.NewSets(k.DB().Dialect()), rules: newRules(k), present: newPresence(), baseURL: baseURL, node: rand.Int64N(docStep), //nolint:gosec // tells nodes apart, keeps no secret
	}
	s.batch = db.NewBatcher(k.DB(), groupLimit, s.writeGroup, s.afterGroup)
	return s
}

// docStep leaves room below the microseconds for the node's own digits, so that
// two nodes never give the same number.
const docStep = 1 << 10

// nextDoc is a number for the search index: rising in the order of writing, so
// that the index is filled at its end.
func (s *Service) nextDoc() int64 {
	for {
		last := s.doc.Load()
		next := max(last+docStep, time.Now().UnixMicro()*docStep+s.node)
		if s.doc.CompareAndSwap(last, next) {
			return next
		}
	}
}

func topic(communityID, channelID string) string { return "messages/" + communityID + "/" + channelID }

var errMessage = api.NewError(api.NotFound, "message_not_found", "No message has that id.")
