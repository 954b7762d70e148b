package streak

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

var (
	errPaused   = api.NewError(api.Conflict, "streak_paused", "This streak is paused.")
	errNotSold  = api.NewError(api.Conflict, "not_for_sale", "Days off cannot be bought here.")
	errEnough   = api.NewError(api.Conflict, "enough_freezes", "That is as many days off as can be held.")
	errPrice    = api.NewError(api.Conflict, "price_changed", "The price has changed meanwhile. Look again.")
	errUnbroken = api.NewError(api.Conflict, "nothing_to_repair", "There is no broken streak that could still be repaired.")
)

// change works on a member's seat in one transaction: fn changes the state,
// which has come to the present, and says what is to be paid. The result is
// where the member stands then.
func (s *Service) change(ctx context.Context, communityID, id string, who member.Ref, fn func(ctx context.Context, tx *db.Tx, v view, w *work, sit *seat) (*ledger.Posting, error)) (api.StreakStanding, error) {
	var entries []ledger.Entry
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		entries = nil
		if err := lock(ctx, tx, communityID); err != nil {
			return err
		}
		st, err := one(ctx, tx, communityID, id)
		if err != nil {
			return err
		}
		w, err := s.open(ctx, tx, st, []string{who.ID})
		if err != nil {
			return err
		}
		sit, zone := w.sit(who.ID, who.No, s.k.Now())
		w.advance(sit, s.k.Now())
		w.note(sit, nil, true)
		cost, err := fn(ctx, tx, st.view(sit.state, zone, s.k.Now()), w, sit)
		if err != nil {
			return err
		}
		if err := w.store(ctx, s.k.Now()); err != nil || cost == nil {
			return err
		}
		entries, err = s.ledger.Post(ctx, tx, communityID, []ledger.Posting{*cost})
		return err
	})
	if err != nil {
		return api.StreakStanding{}, err
	}
	s.ledger.Committed(ctx, entries)
	return s.Stand(ctx, communityID, id, who)
}

// cost is what a member pays; nil for nothing.
func (s *Service) cost(st *streak, who member.Ref, what string, coins int64) *ledger.Posting {
	if coins == 0 {
		return nil
	}
	return &ledger.Posting{Member: who, Action: what, Coins: -coins, Source: "system", Actor: st.ID, Reason: st.Name, OccurredAt: s.k.Now()}
}

// BuyFreeze buys a day off. Errors: NotFound, Conflict streak_paused,
// not_for_sale, enough_freezes, price_changed, insufficient_funds.
func (s *Service) BuyFreeze(ctx context.Context, communityID, id string, who member.Ref, in api.StreakPurchase) (api.StreakStanding, error) {
	return s.change(ctx, communityID, id, who, func(_ context.Context, _ *db.Tx, v view, w *work, sit *seat) (*ledger.Posting, error) {
		switch {
		case !v.r.isOn():
			return nil, errPaused
		case v.r.Freezes.Price == 0:
			return nil, errNotSold
		case v.Freezes >= v.r.Freezes.Max:
			return nil, errEnough
		case in.Price != nil && *in.Price != v.r.Freezes.Price:
			return nil, errPrice
		}
		sit.state.Freezes++
		return s.cost(w.st, who, "streak-freeze", v.r.Freezes.Price), nil
	})
}

// Repair brings a member's broken streak back for coins. Errors: NotFound,
// Conflict streak_paused, nothing_to_repair, price_changed,
// insufficient_funds.
func (s *Service) Repair(ctx context.Context, communityID, id string, who member.Ref, in api.StreakPurchase) (api.StreakStanding, error) {
	return s.change(ctx, communityID, id, who, func(_ context.Context, _ *db.Tx, v view, w *work, sit *seat) (*ledger.Posting, error) {
		switch {
		case !v.r.isOn():
			return nil, errPaused
		case v.repairUntil() == nil:
			return nil, errUnbroken
		case in.Price != nil && *in.Price != v.r.Repair.Price:
			return nil, errPrice
		}
		w.note(sit, []outcome{sit.state.repair(v.r, v.zone)}, true)
		return s.cost(w.st, who, "streak-repair", v.r.Repair.Price), nil
	})
}

// Edit changes where a member stands, for the team and partners. Errors:
// NotFound, Invalid with the field, Conflict streak_paused, nothing_to_repair.
func (s *Service) Edit(ctx context.Context, communityID, id, user string, in api.StreakEdit) (api.StreakStanding, error) {
	who, err := s.living(ctx, communityID, user)
	if err != nil {
		return api.StreakStanding{}, err
	}
	return s.change(ctx, communityID, id, who, func(ctx context.Context, tx *db.Tx, v view, w *work, sit *seat) (*ledger.Posting, error) {
		before := map[string]int64{"current": v.Current, "freezes": v.Freezes}
		if in.Repair {
			switch {
			case !v.r.isOn():
				return nil, errPaused
			case v.Lost == 0:
				return nil, errUnbroken
			}
			w.note(sit, []outcome{sit.state.repair(v.r, v.zone)}, true)
		}
		if in.Freezes != nil {
			n := map[string]int64{"add": v.Freezes + in.Freezes.Value, "subtract": v.Freezes - in.Freezes.Value, "overwrite": in.Freezes.Value}[in.Freezes.Op]
			if n < 0 || n > maxHeld {
				return nil, api.InvalidField("freezes.value", "would leave fewer than 0 or more than 100")
			}
			sit.state.Freezes = n
		}
		return nil, s.k.Audit(ctx, tx, communityID, rest.Change{Action: "streak.edit_member", TargetType: "user", TargetID: who.ID, TargetName: who.Username,
			Before: before, After: map[string]any{"streak": w.st.Name, "current": sit.state.Current, "freezes": sit.state.Freezes, "reason": in.Reason}})
	})
}

// living finds a member who is not deleted. Errors: NotFound.
func (s *Service) living(ctx context.Context, communityID, user string) (member.Ref, error) {
	who, err := s.members.Resolve(ctx, communityID, user)
	if err == nil && who.Deleted {
		err = errUser
	}
	return who, err
}
