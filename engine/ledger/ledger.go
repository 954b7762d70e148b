// Package ledger keeps what members earn and spend: XP, coins and premium
// points. Every act is one row of an append-only ledger, numbered without gaps
// within its community in commit order, with the deltas and the balances after
// it; a member's balance is the sum of the rows, which Verify proves. Rules
// per action decide what an act is worth.
package ledger

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Sizes of the groups in which acts are recorded: requests a group, acts in
// all groups that wait, acts of one request.
const (
	groupLimit   = 512
	actsWaiting  = 8192
	actsPerCall  = 500
	keptReplies  = 50_000
	otherNodes   = 5 * time.Second
	lateBy       = 24 * time.Hour
	earlyBy      = 5 * time.Minute
	maxReference = 220
)

// Service is the ledger noun. Make it with New, set the hooks, then call
// Routes; it is safe for concurrent use afterwards.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	policies    *policies
	replies     *replies
	feed        *feed
	reader      *reader
	sql         *statements
	batch       *db.Batcher[*request, []*outcome]
	room        *semaphore.Weighted

	// Follow is told every entry after its commit: once, in the order of the
	// community's numbers, one community a call, before the replies go out.
	// The result's i-th part goes into the reply of the i-th entry. It must not
	// write to the ledger.
	Follow func(entries []Entry) [][]api.RankChange
	// Badges are what a member holds, newest first. May be nil.
	Badges func(ctx context.Context, communityID, memberID string) ([]api.BadgeFace, error)
	// Rewards are asked, after the fact and each entry in order, what follows
	// from it. What they missed in a crash is made up when the reader goes on.
	Rewards []Reward
	// TakeBadge takes a badge from a member when what it paid is reversed. May be nil.
	TakeBadge func(ctx context.Context, tx *db.Tx, communityID, badgeID string, who member.Ref) error
	// Places gives a member's present places, for a repeated request whose
	// first reply is no longer remembered. May be nil.
	Places func(ctx context.Context, communityID string, who member.Ref) []api.RankChange
}

// Entry is one row of the ledger as those see it who follow it. Amounts are
// whole points; Counts is false for rows that do not move boards.
type Entry struct {
	CommunityID  string
	Seq          int64 // from 1, without gaps, in commit order
	MemberID     string
	MemberNo     int64
	Action       string // an action, or "field:KEY" for a custom value
	XP           int64  // deltas
	Coins        int64
	Premium      int64
	XPAfter      int64 // balances after this row
	CoinsAfter   int64
	PremiumAfter int64
	Value        int64 // absolute: the login streak for visits, the value for fields
	Counts       bool
	OccurredAt   time.Time
	CreatedAt    time.Time
}

// New makes the service.
func New(k *rest.Kit, communities *community.Service, members *member.Service) *Service {
	s := &Service{
		k: k, communities: communities, members: members, policies: newPolicies(k),
		replies: newReplies(keptReplies), sql: &statements{db.NewSets(k.DB().Dialect())}, room: semaphore.NewWeighted(actsWaiting),
	}
	s.feed = newFeed(s)
	s.reader = newReader(s)
	s.batch = db.NewBatcher(k.DB(), groupLimit, s.runGroup, s.afterGroup)
	return s
}

// Since lists the entries after a number, oldest first, at most limit.
func (s *Service) Since(ctx context.Context, communityID string, afterSeq int64, limit int) ([]Entry, error) {
	return selectSince(ctx, s.k.DB().Read(), communityID, afterSeq, limit)
}

// Last is the number of the community's newest entry; 0 when there is none.
func (s *Service) Last(ctx context.Context, communityID string) (int64, error) {
	return selectLast(ctx, s.k.DB().Read(), communityID)
}
