package ledger

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
)

// Act is something that a member did. Action is one of the built-in actions or
// one that the community has a rule for.
type Act struct {
	Member     member.Ref
	Action     string
	Value      int64
	Source     string // api, portal, member, system, demo
	Reference  string // recorded once per community and source; empty means no such check
	Actor      string // who reported it: a key's or member's id
	OccurredAt time.Time

	isField bool // a custom value: no rule, no points
}

// request is one call: the acts that passed the checks, with the policy and
// zone they are judged by.
type request struct {
	community string
	policy    *policy
	zone      *time.Location
	acts      []Act
}

// outcome is what became of one act. Several requests share it when they
// repeat each other.
type outcome struct {
	award  api.Award
	entry  Entry  // of a fresh one
	fresh  bool   // written by this group
	stored *row   // an earlier request's row: award is still to be found
	err    error  // this act's own failure
	key    string // under which the award is remembered; empty for none
	print  fingerprint
}

// Record records up to 500 acts of a community's members in one durable step,
// by the community's rules. There is one award per act, in order; an act that
// cannot be recorded has status failed and says why, the others go through.
// Errors are those of the call as a whole: Unavailable, NotFound.
func (s *Service) Record(ctx context.Context, communityID string, acts []Act) ([]api.Award, error) {
	outs, err := s.record(ctx, communityID, acts)
	if err != nil {
		return nil, err
	}
	awards := make([]api.Award, len(outs))
	for i, o := range outs {
		if awards[i] = o.award; o.err != nil {
			awards[i], err = failed(acts[i], o.err)
		}
		if err != nil {
			return nil, err
		}
	}
	return awards, nil
}

// RecordOne records one act. Errors: Invalid with the field, Conflict
// idempotency_key_reused, and those of Record.
func (s *Service) RecordOne(ctx context.Context, communityID string, act Act) (api.Award, error) {
	outs, err := s.record(ctx, communityID, []Act{act})
	if err != nil {
		return api.Award{}, err
	}
	return outs[0].award, outs[0].err
}

// RecordValue notes the new value of a member's numerical field, for boards
// that rank by it. The action is "field:KEY"; the row has no points and is
// not shown in logs.
func (s *Service) RecordValue(ctx context.Context, communityID string, who member.Ref, action string, value int64) error {
	_, err := s.RecordOne(ctx, communityID, Act{Member: who, Action: action, Value: value, Source: "system", isField: true})
	return err
}

// record checks the acts, hands the good ones to the batcher and completes
// the replies of repeated ones.
func (s *Service) record(ctx context.Context, communityID string, acts []Act) ([]*outcome, error) {
	r, outs, err := s.prepare(ctx, communityID, acts)
	if err != nil || len(r.acts) == 0 {
		return outs, err
	}
	done, err := s.commit(ctx, r)
	if err != nil {
		return nil, err
	}
	for i := range outs {
		if outs[i] == nil {
			outs[i], done = done[0], done[1:]
		}
		if outs[i].stored != nil {
			if outs[i], err = s.recall(ctx, r, outs[i]); err != nil {
				return nil, err
			}
		}
	}
	return outs, nil
}

// prepare leaves nil in the outcomes of the acts that go into the request.
func (s *Service) prepare(ctx context.Context, communityID string, acts []Act) (*request, []*outcome, error) {
	policy, err := s.policies.of(ctx, communityID)
	if err != nil {
		return nil, nil, err
	}
	r := &request{community: communityID, policy: policy, zone: s.communities.Zone(ctx, communityID), acts: make([]Act, 0, len(acts))}
	outs := make([]*outcome, len(acts))
	now := s.k.Now()
	for i, a := range acts {
		a.Action = canonical(a)
		if a.OccurredAt.IsZero() {
			a.OccurredAt = now
		}
		if err := checkAct(a, policy, now); err != nil {
			outs[i] = &outcome{err: err}
			continue
		}
		r.acts = append(r.acts, a)
	}
	return r, outs, nil
}

func canonical(a Act) string {
	if a.isField {
		return a.Action
	}
	return rule.Canonical(a.Action)
}

func checkAct(a Act, p *policy, now time.Time) error {
	switch {
	case a.Member.ID == "" || a.Member.Deleted:
		return errUser
	case a.OccurredAt.Before(now.Add(-lateBy)):
		return api.InvalidField("occurredAt", "must not be more than 24 hours ago")
	case a.OccurredAt.After(now.Add(earlyBy)):
		return api.InvalidField("occurredAt", "must not be more than 5 minutes ahead")
	case len(a.Reference) > maxReference || strings.ContainsFunc(a.Reference, unicode.IsControl):
		return api.InvalidField("idempotencyKey", "must be at most 200 characters, without control characters")
	}
	return checkAction(a, p)
}

func checkAction(a Act, p *policy) error {
	if a.isField {
		return nil
	}
	if _, known := p.rule(a.Action); !known {
		return api.NewError(api.Invalid, "unknown_action", "There is no action of that name, and no rule for one.",
			api.FieldError{Field: "action", Message: "is neither built in nor one of the community's rules"})
	}
	return nil
}

// commit runs the request with others. A reference that another node wrote at
// the same moment makes the transaction fail once; the next look finds it.
func (s *Service) commit(ctx context.Context, r *request) ([]*outcome, error) {
	weight := int64(min(len(r.acts), actsWaiting))
	if err := s.room.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	defer s.room.Release(weight)
	for try := 1; ; try++ {
		outs, err := s.batch.Do(ctx, r)
		if err == nil || try == 3 || !db.IsConflict(err) {
			return outs, err
		}
	}
}

// failed is the award of an act that was not recorded; err comes back when it
// is no failure of the act.
func failed(a Act, err error) (api.Award, error) {
	var e *api.Error
	if !errors.As(err, &e) {
		return api.Award{}, err
	}
	award := api.Award{
		UserID: a.Member.ID, Action: canonical(a), Status: "failed", Ranks: []api.RankChange{},
		Error: &api.FieldError{Message: e.Message}, OccurredAt: api.At(a.OccurredAt),
	}
	if len(e.Fields) > 0 {
		award.Error = &e.Fields[0]
	}
	return award, nil
}
