// Package badge keeps badges and who holds them. Automatic ones are awarded
// once a member's count has reached their quantity: the ledger is followed by
// position, so that nothing is lost when the process ends. Custom ones are
// applied for, and given by the team or the API. An award pays once, in the
// transaction that notes it.
package badge

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Bounds of the noun.
const (
	maxBadges = 500 // of a community
	maxShown  = 3   // beside a name
)

// Service is the badge noun. Make it with New, then call Routes; it is safe
// for concurrent use afterwards.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	ledger      *ledger.Service
	base        string // public address of the deployment
	cache       *cache
	work        sync.Mutex // one follower at a time
	mu          sync.Mutex
	moved       map[string]bool // communities with something new
	wake        chan struct{}

	// Notify tells a member what happened, within the transaction. May be nil.
	Notify func(ctx context.Context, tx *db.Tx, communityID, memberID string, n api.Notification) error

	// OnShown is called after what stands beside a member's name has changed;
	// number 0 means that of anybody in the community. May be nil.
	OnShown func(communityID string, number int64)
}

// New makes the service; baseURL is the deployment's public address.
func New(k *rest.Kit, communities *community.Service, members *member.Service, l *ledger.Service, baseURL string) *Service {
	s := &Service{k: k, communities: communities, members: members, ledger: l, base: strings.TrimRight(baseURL, "/"),
		moved: map[string]bool{}, wake: make(chan struct{}, 1)}
	s.cache = newCache(s)
	return s
}

var (
	errBadge       = api.NewError(api.NotFound, "badge_not_found", "No badge has that id.")
	errUser        = api.NewError(api.NotFound, "user_not_found", "No user of this community is known by that id, name or address.")
	errTooMany     = api.NewError(api.Conflict, "badge_limit", fmt.Sprintf("A community has at most %d badges.", maxBadges))
	errPicture     = api.NewError(api.NotFound, "picture_not_found", "There is no such picture.")
	errApplication = api.NewError(api.NotFound, "application_not_found", "No application has that id.")
	errDecided     = api.NewError(api.Conflict, "application_decided", "That application was decided before.")
	errHeld        = api.NewError(api.Conflict, "badge_held", "You hold that badge already.")
	errApplied     = api.NewError(api.Conflict, "already_applied", "Your application for that badge is still waiting.")
	errNotOpen     = api.NewError(api.Conflict, "badge_not_open", "Nobody can apply for that badge.")
)

// living finds the member that a badge is given to.
func (s *Service) living(ctx context.Context, communityID, user string) (member.Ref, error) {
	who, err := s.members.Resolve(ctx, communityID, user)
	if err == nil && who.Deleted {
		err = errUser
	}
	return who, err
}

// FaceChanged is to be called after what stands beside a member's name changed.
func (s *Service) FaceChanged(communityID string, number int64) {
	if s.OnShown != nil {
		s.OnShown(communityID, number)
	}
}

func wrap(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
