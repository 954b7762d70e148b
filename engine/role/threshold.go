package role

import (
	"context"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/rest"
)

// byThreshold is the source of roles that were given for XP.
const byThreshold = "threshold"

// Thresholds lists the roles that come with XP, the least XP first.
func (s *Service) Thresholds(ctx context.Context, communityID string) (api.RoleThresholds, error) {
	list, err := selectThresholds(ctx, s.k.DB().Read(), communityID)
	return api.RoleThresholds{Thresholds: list}, err
}

// SetThresholds replaces which roles come with XP. Members who have the XP
// already get the role soon after; those who lost it by a changed threshold
// lose the role if it is taken back. Errors: Invalid with the field, Forbidden
// by rank, Conflict for @all.
func (s *Service) SetThresholds(ctx context.Context, communityID string, in api.RoleThresholds) (api.RoleThresholds, error) {
	var now []api.RoleThreshold
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		was, err := selectThresholds(ctx, tx, communityID)
		if err != nil {
			return err
		}
		if err := s.checkThresholds(ctx, tx, communityID, in.Thresholds, was); err != nil {
			return err
		}
		if err := replaceThresholds(ctx, tx, communityID, in.Thresholds, was); err != nil {
			return err
		}
		if now, err = selectThresholds(ctx, tx, communityID); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "role.thresholds", TargetType: "gamification", TargetID: communityID,
			TargetName: "XP thresholds", Before: api.RoleThresholds{Thresholds: was}, After: api.RoleThresholds{Thresholds: now}})
	})
	return api.RoleThresholds{Thresholds: now}, err
}

// checkThresholds lets the caller change only what concerns roles that he may
// give.
func (s *Service) checkThresholds(ctx context.Context, tx *db.Tx, communityID string, in, was []api.RoleThreshold) error {
	before := map[string]api.RoleThreshold{}
	for _, t := range was {
		before[t.RoleID] = t
	}
	seen := map[string]bool{}
	for i, t := range in {
		field := fmt.Sprintf("thresholds[%d].roleId", i)
		if seen[t.RoleID] {
			return api.InvalidField(field, "occurs twice")
		}
		seen[t.RoleID] = true
		if old := before[t.RoleID]; old.XP == t.XP && old.TakeBack == t.TakeBack {
			continue
		}
		if _, err := s.givable(ctx, tx, communityID, t.RoleID); api.IsKind(err, api.NotFound) {
			return api.InvalidField(field, "names no role of this community")
		} else if err != nil {
			return err
		}
	}
	for _, t := range was {
		if seen[t.RoleID] {
			continue
		}
		if _, err := s.givable(ctx, tx, communityID, t.RoleID); err != nil {
			return err
		}
	}
	return nil
}

// ByXP says which members of a batch of the ledger reached a threshold, or
// fell below one. It is for Ledger.Rewards.
func (s *Service) ByXP(ctx context.Context, b ledger.Batch) (ledger.Grant, error) {
	list, err := selectThresholds(ctx, s.k.DB().Read(), b.CommunityID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	steps := crossings(list, b.Spans())
	if len(steps) == 0 {
		return nil, nil //nolint:nilnil // nothing to write
	}
	return func(ctx context.Context, tx *db.Tx) ([]ledger.Entry, func(context.Context), error) {
		for _, st := range steps {
			if err := s.step(ctx, tx, b.CommunityID, st); err != nil {
				return nil, nil, err
			}
		}
		return nil, func(context.Context) {
			for _, st := range steps {
				s.Moved(b.CommunityID, st.memberID)
			}
		}, nil
	}, nil
}

// crossing is a member's way over a threshold.
type crossing struct {
	memberID string
	at       api.RoleThreshold
	up       bool
}

func crossings(list []api.RoleThreshold, spans []ledger.Span) []crossing {
	var out []crossing
	for _, sp := range spans {
		before, after := sp.First.XPAfter-sp.First.XP, sp.Last.XPAfter
		for _, t := range list {
			switch {
			case before < t.XP && after >= t.XP:
				out = append(out, crossing{sp.Last.MemberID, t, true})
			case before >= t.XP && after < t.XP && t.TakeBack:
				out = append(out, crossing{sp.Last.MemberID, t, false})
			}
		}
	}
	return out
}

// step gives or takes one role. The role may be gone by now.
func (s *Service) step(ctx context.Context, tx *db.Tx, communityID string, c crossing) error {
	if _, err := one(ctx, tx, communityID, c.at.RoleID); err != nil {
		if api.IsKind(err, api.NotFound) {
			return nil
		}
		return err
	}
	action, did, err := "role.give", false, error(nil)
	if c.up {
		did, err = give(ctx, tx, communityID, c.memberID, c.at.RoleID, byThreshold, s.k.Now())
	} else {
		action = "role.take"
		did, err = takeGiven(ctx, tx, communityID, c.memberID, c.at.RoleID)
	}
	if err != nil || !did {
		return err
	}
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "user", TargetID: c.memberID,
		After: map[string]any{"role": c.at.Role, "source": byThreshold, "xp": c.at.XP}})
}

// settleAtOnce is how many members get or lose a role in one transaction.
const settleAtOnce = 500

// SettleThresholds gives new thresholds' roles to those who have the XP
// already, and takes them from those who no longer do. It goes on where it
// stopped: who has the role is passed over.
func (s *Service) SettleThresholds(ctx context.Context) error {
	open, err := selectOpenThresholds(ctx, s.k.DB().Read())
	for _, o := range open {
		for after, more := "", true; more && err == nil && ctx.Err() == nil; {
			after, more, err = s.settleSome(ctx, o, after)
		}
	}
	return err
}

func (s *Service) settleSome(ctx context.Context, o openThreshold, after string) (last string, more bool, err error) {
	var moved []string
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		moved = nil
		due, err := selectUnsettled(ctx, tx, o, after, settleAtOnce)
		if err != nil {
			return err
		}
		for _, c := range due {
			if c.up {
				_, err = give(ctx, tx, o.communityID, c.memberID, o.RoleID, byThreshold, s.k.Now())
			} else {
				_, err = takeGiven(ctx, tx, o.communityID, c.memberID, o.RoleID)
			}
			if err != nil {
				return err
			}
			moved = append(moved, c.memberID)
		}
		if more = len(due) == settleAtOnce; more {
			last = moved[len(moved)-1]
			return nil
		}
		return markSettled(ctx, tx, o)
	})
	if err != nil {
		return "", false, err
	}
	for _, id := range moved {
		s.Moved(o.communityID, id)
	}
	return last, more, nil
}
