// Package referral keeps who brought whom: codes and links that members invite
// with, and journeys of stages whose conditions a member meets. A finished
// stage pays once, in the transaction that notes it; the conditions are looked
// at again whenever the ledger or a member's values move, by position, so that
// nothing is lost when the process ends.
package referral

import (
	"context"
	"log/slog"
	"strings"
	"sync"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the referral noun. Make it with New, then call Routes.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	ledger      *ledger.Service
	base        string
	work        sync.Mutex // one follower at a time
	mu          sync.Mutex
	moved       map[string]bool // communities with something new
	wake        chan struct{}

	// Notify tells a member what happened, within the transaction. May be nil.
	Notify func(ctx context.Context, tx *db.Tx, communityID, memberID string, n api.Notification) error

	// Match gives the numbers of the members with a value in a custom field;
	// none for a field that does not exist. Required before the first request.
	Match func(ctx context.Context, communityID, field, value string) ([]int64, error)
}

// New makes the service; baseURL is where invitation links lead.
func New(k *rest.Kit, communities *community.Service, members *member.Service, l *ledger.Service, baseURL string) *Service {
	return &Service{k: k, communities: communities, members: members, ledger: l, base: strings.TrimRight(baseURL, "/"),
		moved: map[string]bool{}, wake: make(chan struct{}, 1)}
}

// Moved notes that a community's ledger or members have changed; the work is
// done soon after, elsewhere. It never blocks.
func (s *Service) Moved(communityID string) {
	s.mu.Lock()
	s.moved[communityID] = true
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run follows changes until ctx ends; it begins with what an earlier process
// left undone.
func (s *Service) Run(ctx context.Context) {
	all, err := s.communities.All(ctx)
	if err != nil {
		s.k.Log().WarnContext(ctx, "referrals not caught up", slog.Any("cause", err))
	}
	for _, c := range all {
		s.Moved(c.ID)
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		s.follow(ctx)
	}
}

func (s *Service) follow(ctx context.Context) {
	s.mu.Lock()
	moved := s.moved
	s.moved = map[string]bool{}
	s.mu.Unlock()
	for id := range moved {
		if err := s.CatchUp(ctx, id); err != nil && ctx.Err() == nil {
			s.k.Log().WarnContext(ctx, "referrals not caught up", slog.String("community", id), slog.Any("cause", err))
		}
	}
}

// Find is the member whom a value names as referrer: by code, or by the
// custom field of the community's link. Errors: NotFound.
func (s *Service) Find(ctx context.Context, communityID, value string) (string, error) {
	id, err := memberOfCode(ctx, s.k.DB().Read(), communityID, codeKey(value))
	if id != "" || err != nil {
		return id, err
	}
	link, err := selectLink(ctx, s.k.DB().Read(), communityID)
	if err != nil || link.Field == "" {
		return "", err
	}
	found, err := s.byField(ctx, communityID, link.Field, value)
	if err != nil || len(found) != 1 {
		return "", err
	}
	return found[0], nil
}

var errProgram = api.NewError(api.NotFound, "program_not_found", "No program has that id.")

// Save makes a program, or replaces the one of that id. Errors: Invalid,
// NotFound.
func (s *Service) Save(ctx context.Context, communityID, id string, in api.ProgramInput) (api.Program, error) {
	if in.Kind == "" {
		in.Kind = api.ProgramReferral
	}
	now, verb := s.k.Now(), "create"
	p := api.Program{ID: api.NewIDAt(now), Kind: in.Kind, CreatedAt: api.At(now)}
	var before any
	if id != "" {
		old, err := selectProgram(ctx, s.k.DB().Read(), communityID, id)
		if err != nil {
			return old, err
		}
		p, before, verb, in.Kind = old, old, "update", old.Kind
	}
	if err := checkProgram(&in); err != nil {
		return api.Program{}, err
	}
	p.Name, p.Description, p.Stages, p.UpdatedAt = in.Name, in.Description, in.Stages, api.At(now)
	p.IsEnabled = in.IsEnabled == nil && (id == "" || p.IsEnabled) || in.IsEnabled != nil && *in.IsEnabled
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := putProgram(ctx, tx, communityID, p); err != nil {
			return err
		}
		if err := resetMark(ctx, tx, communityID); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "program." + verb, TargetType: "program", TargetID: p.ID, TargetName: p.Name, Before: before, After: p})
	})
	s.Moved(communityID)
	return p, err
}

// Delete removes a program; what it paid stays paid. Errors: NotFound.
func (s *Service) Delete(ctx context.Context, communityID, id string) error {
	p, err := selectProgram(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return err
	}
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM referral_programs WHERE community_id = $1 AND id = $2`, communityID, id); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "program.delete", TargetType: "program", TargetID: id, TargetName: p.Name, Before: p})
	})
}

// SetReferrer says who brought a member; an empty referrer takes it away.
// Errors: Conflict self_referral, referral_loop.
func (s *Service) SetReferrer(ctx context.Context, communityID string, referee, referrer member.Ref) error {
	if referee.ID == referrer.ID {
		return api.NewError(api.Conflict, "self_referral", "Nobody can bring himself.")
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := noLoop(ctx, tx, communityID, referee.ID, referrer.ID); err != nil {
			return err
		}
		if err := setReferrer(ctx, tx, communityID, referee.ID, referrer.ID, s.k.Now()); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "user.referrer", TargetType: "user", TargetID: referee.ID,
			TargetName: referee.Username, After: map[string]string{"referrer": referrer.Username}})
	})
	s.Moved(communityID)
	return err
}

// noLoop walks up from the referrer: the referee must not be above.
func noLoop(ctx context.Context, q db.Querier, communityID, referee, referrer string) error {
	for at, steps := referrer, 0; at != "" && steps < 10_000; steps++ {
		if at == referee {
			return api.NewError(api.Conflict, "referral_loop", "That member was brought, directly or through others, by this one.")
		}
		next, err := referrerOf(ctx, q, communityID, at)
		if err != nil {
			return err
		}
		at = next
	}
	return nil
}
