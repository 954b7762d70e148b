// Package penalty keeps the warnings, suspensions and bans of a community: who
// may give them, when they end, and the misconduct log that they make.
package penalty

import (
	"context"
	"strings"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the penalty noun. Make it with New and set the hooks, which are
// required; it is safe for concurrent use afterwards.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	mailer      *event.Mailer

	// Standing is a member's, Actor the caller's; Outranks compares them.
	Standing func(ctx context.Context, communityID, memberID string) (member.Standing, error)
	Actor    func(ctx context.Context) (member.Standing, error)
	Outranks func(actor, target member.Standing) bool

	mu    sync.RWMutex
	homes map[string]*home
	gen   uint64
	life  time.Duration
}

// home is who of a community is kept out.
type home struct {
	out   map[string][]api.Penalty
	until time.Time
}

// otherNodes is how long penalties are believed where another node may change them.
const otherNodes = 2 * time.Second

// New makes the service.
func New(k *rest.Kit, communities *community.Service, members *member.Service, mailer *event.Mailer) *Service {
	s := &Service{k: k, communities: communities, members: members, mailer: mailer, homes: map[string]*home{}}
	if k.DB().Dialect() == db.PostgreSQL {
		s.life = otherNodes
	}
	return s
}

// Barred says why a member is kept out now: Forbidden member_suspended or
// member_banned with the reason; nil when he is not. It answers from memory.
func (s *Service) Barred(ctx context.Context, communityID, memberID string) error {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return err
	}
	for _, p := range h.out[memberID] {
		if isActive(p, s.k.Now()) {
			return barred(p)
		}
	}
	return nil
}

// isActive reports whether the penalty keeps its member out at the moment.
func isActive(p api.Penalty, now time.Time) bool {
	switch {
	case p.RevokedAt != nil || p.Kind == api.PenaltyWarn:
		return false
	case p.Kind == api.PenaltyBan:
		return true
	}
	return p.EndsAt != nil && now.Before(p.EndsAt.Time)
}

func barred(p api.Penalty) error {
	if p.Kind == api.PenaltyBan {
		return api.NewError(api.Forbidden, "member_banned", "You are banned from this community. Reason: "+p.Reason)
	}
	return api.NewError(api.Forbidden, "member_suspended",
		"You are suspended until "+p.EndsAt.UTC().Format("2 January 2006, 15:04")+" UTC. Reason: "+p.Reason)
}

func (s *Service) home(ctx context.Context, communityID string) (*home, error) {
	s.mu.RLock()
	h, gen := s.homes[communityID], s.gen
	s.mu.RUnlock()
	if h != nil && (s.life == 0 || s.k.Now().Before(h.until)) {
		return h, nil
	}
	standing, err := standing(ctx, s.k.DB().Read(), communityID, s.k.Now())
	if err != nil {
		return nil, err
	}
	h = &home{out: map[string][]api.Penalty{}, until: s.k.Now().Add(s.life)}
	for _, p := range standing {
		h.out[p.UserID] = append(h.out[p.UserID], p)
	}
	s.mu.Lock()
	if s.gen == gen {
		s.homes[communityID] = h
	}
	s.mu.Unlock()
	return h, nil
}

func (s *Service) forget(communityID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gen++
	delete(s.homes, communityID)
}

// Give warns, suspends or bans a member and mails the reason. Errors:
// NotFound, Invalid, Forbidden by right or rank, Conflict when it stands already.
func (s *Service) Give(ctx context.Context, communityID, user string, in api.NewPenalty) (api.Penalty, error) {
	now := s.k.Now()
	ref, err := s.members.Resolve(ctx, communityID, user)
	if err != nil {
		return api.Penalty{}, err
	}
	c := rest.CallerOf(ctx)
	p := api.Penalty{ID: api.NewIDAt(now), UserID: ref.ID, Username: ref.Username, Kind: in.Kind, Reason: strings.TrimSpace(in.Reason), EndsAt: in.EndsAt,
		GivenBy: c.MemberID, GivenByName: c.Name, CreatedAt: api.At(now), UpdatedAt: api.At(now)}
	if err := check(p, now); err != nil {
		return p, err
	}
	if err := s.mayPunish(ctx, communityID, p); err != nil {
		return p, err
	}
	p.IsActive = isActive(p, now)
	err = s.write(ctx, communityID, p, "penalty.give", func(ctx context.Context, tx *db.Tx) error {
		if n, err := standingOf(ctx, tx, communityID, p, now); err != nil || n > 0 {
			return first(err, errStands)
		}
		if err := insert(ctx, tx, communityID, p); err != nil {
			return err
		}
		return s.tell(ctx, tx, communityID, p)
	})
	return p, err
}

func check(p api.Penalty, now time.Time) error {
	switch {
	case p.Reason == "":
		return api.InvalidField("reason", "is required: the member reads it")
	case p.Kind == api.PenaltySuspend && (p.EndsAt == nil || !p.EndsAt.After(now)):
		return api.InvalidField("endsAt", "must be a moment in the future")
	case p.Kind != api.PenaltySuspend && p.EndsAt != nil:
		return api.InvalidField("endsAt", "is for suspensions only")
	}
	return nil
}

// Extend moves the end of a suspension that still runs. Errors: NotFound,
// Invalid, Forbidden, Conflict when it has ended.
func (s *Service) Extend(ctx context.Context, communityID, id string, in api.PenaltyPatch) (api.Penalty, error) {
	return s.change(ctx, communityID, id, "penalty.extend", func(p *api.Penalty) error {
		if p.Kind != api.PenaltySuspend {
			return errEnded
		}
		if reason := strings.TrimSpace(in.Reason); reason != "" {
			p.Reason = reason
		}
		p.EndsAt = &in.EndsAt
		return check(*p, s.k.Now())
	})
}

// Revoke lifts a suspension or ban. Errors: NotFound, Forbidden, Conflict when it has ended.
func (s *Service) Revoke(ctx context.Context, communityID, id, reason string) (api.Penalty, error) {
	return s.change(ctx, communityID, id, "penalty.revoke", func(p *api.Penalty) error {
		p.RevokedAt, p.RevokedReason = api.AtPtr(s.k.Now()), strings.TrimSpace(reason)
		return nil
	})
}

func (s *Service) change(ctx context.Context, communityID, id, action string, fn func(*api.Penalty) error) (api.Penalty, error) {
	p, err := one(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return p, err
	}
	if err := s.mayPunish(ctx, communityID, p); err != nil {
		return p, err
	}
	err = s.write(ctx, communityID, p, action, func(ctx context.Context, tx *db.Tx) (err error) {
		if p, err = one(ctx, tx, communityID, id); err != nil {
			return err
		}
		if !isActive(p, s.k.Now()) {
			return errEnded
		}
		if err := fn(&p); err != nil {
			return err
		}
		p.UpdatedAt, p.IsActive = api.At(s.k.Now()), isActive(p, s.k.Now())
		return update(ctx, tx, communityID, p)
	})
	return p, err
}

func (s *Service) write(ctx context.Context, communityID string, p api.Penalty, action string, fn func(context.Context, *db.Tx) error) error {
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := fn(ctx, tx); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "user", TargetID: p.UserID, TargetName: p.Username,
			After: map[string]any{"penalty": p.ID, "kind": p.Kind, "reason": p.Reason, "endsAt": p.EndsAt}})
	})
	s.forget(communityID)
	return err
}

// mayPunish decides by the kind's right and the order of roles.
func (s *Service) mayPunish(ctx context.Context, communityID string, p api.Penalty) error {
	actor, err := s.Actor(ctx)
	if err != nil {
		return err
	}
	right := map[api.PenaltyKind]api.Right{api.PenaltyWarn: api.RightWarn, api.PenaltySuspend: api.RightSuspend, api.PenaltyBan: api.RightBan}[p.Kind]
	if !actor.Rights().Has(right) {
		return api.NewError(api.Forbidden, "right_missing", "This needs the right "+right.Key()+".", api.FieldError{Field: right.Key(), Message: "is missing"})
	}
	target, err := s.Standing(ctx, communityID, p.UserID)
	if err == nil && !s.Outranks(actor, target) {
		err = errOutrank
	}
	return err
}

var (
	errNotFound = api.NewError(api.NotFound, "penalty_not_found", "No penalty has that id.")
	errStands   = api.NewError(api.Conflict, "penalty_stands", "The member is under such a penalty already: change or revoke that one.")
	errEnded    = api.NewError(api.Conflict, "penalty_ended", "The penalty has ended or was revoked.")
	errOutrank  = api.NewError(api.Forbidden, "member_outranks_you", "You may manage only members whose highest role is below yours.")
)

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
