package badge

import (
	"context"
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Sources of awards besides those of callers (portal, api).
const (
	byRule        = "rule"
	byApplication = "application"
	byPrize       = "prize"
)

// grant is a badge on its way to a member.
type grant struct {
	badge   record
	who     member.Ref
	source  string
	at      time.Time
	history bool  // dated back as if it had happened then
	xp      int64 // what the wallet holds already, so that it does not overflow
	coins   int64
}

// give notes that a member has a badge; got is false when he has it already,
// or when a rule would bring back what was taken away. The first award is
// paid by the posting.
func (s *Service) give(ctx context.Context, tx *db.Tx, communityID string, g grant) (got bool, pay []ledger.Posting, err error) {
	xp, coins := g.badge.pay()
	xp, coins = min(xp, rule.MaxPoints-g.xp), min(coins, rule.MaxPoints-g.coins)
	a := award{badgeID: g.badge.id, memberID: g.who.ID, source: g.source, xp: xp, coins: coins, at: g.at}
	fresh, err := insertAward(ctx, tx, communityID, a)
	if err != nil {
		return false, nil, err
	}
	if !fresh {
		if g.source == byRule {
			return false, nil, nil
		}
		if got, err = restoreAward(ctx, tx, communityID, a); err != nil || !got {
			return false, nil, err
		}
	}
	if err := addHolders(ctx, tx, communityID, g.badge.id, 1); err != nil {
		return false, nil, err
	}
	if err := show(ctx, tx, communityID, g.who.ID, g.badge.id); err != nil {
		return false, nil, err
	}
	if err := s.tell(ctx, tx, communityID, g); err != nil {
		return false, nil, err
	}
	if !fresh || xp == 0 && coins == 0 {
		return true, nil, nil
	}
	return true, []ledger.Posting{{
		Member: g.who, Action: "badge", Counts: true, XP: xp, Coins: coins, Reason: g.badge.title, Source: "system", Actor: g.badge.id,
		Reference: "badge/" + g.badge.id + "/" + g.who.ID, OccurredAt: g.at, IsHistory: g.history,
	}}, nil
}

// tell says that a badge was given; not of the past.
func (s *Service) tell(ctx context.Context, tx *db.Tx, communityID string, g grant) error {
	if s.Notify == nil || g.history {
		return nil
	}
	return s.Notify(ctx, tx, communityID, g.who.ID, api.Notification{Kind: api.NoticeBadge, Title: "You have a new badge: " + g.badge.title, Link: "/me/badges"})
}

// show puts a new badge beside the name of a member who has not chosen and
// shows fewer than three.
func show(ctx context.Context, tx *db.Tx, communityID, memberID, badgeID string) error {
	sh, err := selectShown(ctx, tx, communityID, memberID)
	if err != nil || sh.chosen || len(sh.ids) >= maxShown || slices.Contains(sh.ids, badgeID) {
		return err
	}
	sh.ids = append(sh.ids, badgeID)
	return putShown(ctx, tx, communityID, memberID, sh)
}

// Award gives a badge to a member; to hold it already is no failure. It pays
// the first time. The result is what the member holds. Errors: NotFound,
// Conflict balance_limit.
func (s *Service) Award(ctx context.Context, communityID, id, user string) ([]api.Badge, error) {
	r, who, err := s.pair(ctx, communityID, id, user)
	if err != nil {
		return nil, err
	}
	c := rest.CallerOf(ctx)
	err = s.pay(ctx, communityID, who, func(ctx context.Context, tx *db.Tx) ([]ledger.Posting, error) {
		if _, err := selectOne(ctx, tx, communityID, id); err != nil {
			return nil, err // deleted meanwhile
		}
		got, pay, err := s.give(ctx, tx, communityID, grant{badge: r, who: who, source: ledger.SourceOf(c), at: s.k.Now()})
		if err != nil || !got {
			return nil, err
		}
		if err := settle(ctx, tx, communityID, id, who.ID, deciderOf(c), s.k.Now()); err != nil {
			return nil, err
		}
		return pay, s.auditUser(ctx, tx, communityID, "badge.award", who, r)
	})
	if err != nil {
		return nil, err
	}
	return s.HeldBy(ctx, communityID, who.ID)
}

// Prize notes that a member won a badge, within the caller's transaction, and
// tells what that pays: nothing when he holds it already. FaceChanged is to be
// called once it is durable. Errors: NotFound.
func (s *Service) Prize(ctx context.Context, tx *db.Tx, communityID, id string, who member.Ref) ([]ledger.Posting, error) {
	r, err := selectOne(ctx, tx, communityID, id)
	if err != nil {
		return nil, err
	}
	_, pay, err := s.give(ctx, tx, communityID, grant{badge: r, who: who, source: byPrize, at: s.k.Now()})
	return pay, err
}

// Has returns NotFound unless the community has the badge.
func (s *Service) Has(ctx context.Context, communityID, id string) error {
	_, err := selectOne(ctx, s.k.DB().Read(), communityID, id)
	return err
}

// Revoke takes a badge from a member; not to hold it is no failure. What it
// paid stays paid, and no rule brings it back. Errors: NotFound.
func (s *Service) Revoke(ctx context.Context, communityID, id, user string) ([]api.Badge, error) {
	r, who, err := s.pair(ctx, communityID, id, user)
	if err != nil {
		return nil, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error { return s.strip(ctx, tx, communityID, who, r) })
	if err != nil {
		return nil, err
	}
	s.FaceChanged(communityID, who.No)
	return s.HeldBy(ctx, communityID, who.ID)
}

// strip is Revoke within a transaction.
func (s *Service) strip(ctx context.Context, tx *db.Tx, communityID string, who member.Ref, r record) error {
	had, err := revokeAward(ctx, tx, communityID, r.id, who.ID, s.k.Now())
	if err != nil || !had {
		return err
	}
	if err := addHolders(ctx, tx, communityID, r.id, -1); err != nil {
		return err
	}
	sh, err := selectShown(ctx, tx, communityID, who.ID)
	if err != nil {
		return err
	}
	sh.ids = slices.DeleteFunc(sh.ids, func(shown string) bool { return shown == r.id })
	if err := putShown(ctx, tx, communityID, who.ID, sh); err != nil {
		return err
	}
	return s.auditUser(ctx, tx, communityID, "badge.revoke", who, r)
}

// TakeBack is Revoke for what else reverses an award; a badge that was deleted
// since is no failure.
func (s *Service) TakeBack(ctx context.Context, tx *db.Tx, communityID, id string, who member.Ref) error {
	r, err := selectOne(ctx, tx, communityID, id)
	if api.IsKind(err, api.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.strip(ctx, tx, communityID, who, r)
}

func (s *Service) pair(ctx context.Context, communityID, id, user string) (r record, who member.Ref, err error) {
	if r, err = selectOne(ctx, s.k.DB().Read(), communityID, id); err != nil {
		return r, who, err
	}
	who, err = s.living(ctx, communityID, user)
	return r, who, err
}

// pay runs an award and what it pays in one transaction.
func (s *Service) pay(ctx context.Context, communityID string, who member.Ref, fn func(context.Context, *db.Tx) ([]ledger.Posting, error)) error {
	var entries []ledger.Entry
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		pay, err := fn(ctx, tx)
		if err != nil || len(pay) == 0 {
			entries = nil
			return err
		}
		entries, err = s.ledger.Post(ctx, tx, communityID, pay)
		return err
	})
	if err != nil {
		return err
	}
	s.FaceChanged(communityID, who.No)
	s.ledger.Committed(ctx, entries)
	return nil
}

func (s *Service) auditUser(ctx context.Context, tx *db.Tx, communityID, action string, who member.Ref, r record) error {
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "user", TargetID: who.ID, TargetName: who.Username,
		After: map[string]string{"badge": r.title, "badgeId": r.id}})
}

// deciderOf names the person who decides; empty for keys.
func deciderOf(c rest.Caller) string {
	if c.IsPerson() {
		return c.Name
	}
	return ""
}
