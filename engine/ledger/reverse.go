package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
	"laurel/engine/rest"
)

var (
	errEntry    = api.NewError(api.NotFound, "entry_not_found", "The member has no ledger entry of that id.")
	errNothing  = api.NewError(api.Conflict, "nothing_to_reverse", "That entry moved no points.")
	errOrder    = api.NewError(api.Conflict, "order_entry", "That entry belongs to an order. Cancel the order instead: it is refunded once.")
	errReversed = api.NewError(api.Conflict, "already_reversed", "That entry was reversed already.")
)

// reversalSource is under which reversals are unique.
const reversalSource = "system"

// Reverse takes back what one entry moved: points, and the score of boards in
// the periods that it counted for. It may leave a balance below zero. With
// takeBadge the badge that the entry paid for is taken as well. Errors:
// NotFound entry_not_found, Conflict nothing_to_reverse, already_reversed,
// order_entry.
func (s *Service) Reverse(ctx context.Context, communityID string, who member.Ref, entryID string, in api.Reversal) (api.Award, error) {
	p, err := s.policies.of(ctx, communityID)
	if err != nil {
		return api.Award{}, err
	}
	if !api.IsID(entryID) {
		return api.Award{}, errEntry
	}
	seq, err := strconv.ParseInt(entryID[1:], 16, 64) // the first digit tells the unit of a line
	if err != nil {
		return api.Award{}, errEntry
	}
	var after account
	var entries []Entry
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		old, badge, err := selectReversible(ctx, tx, communityID, who.ID, seq)
		if err != nil {
			return err
		}
		b := s.open(tx, communityID, s.communities.Zone(ctx, communityID))
		if err := b.load(ctx, []member.Ref{who}); err != nil {
			return err
		}
		if _, err := b.post(reversal(old, who, seq, in.Reason, actorOf(rest.CallerOf(ctx)))); err != nil {
			return err
		}
		if err := b.flush(ctx); err != nil {
			return err
		}
		after, entries = *b.accounts[who.ID], b.entries()
		if in.TakeBadge && badge != "" && s.TakeBadge != nil {
			if err := s.TakeBadge(ctx, tx, communityID, badge, who); err != nil {
				return err
			}
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "ledger.reverse", TargetType: "user", TargetID: who.ID, TargetName: who.Username,
			After: map[string]any{"entry": seq, "action": old.Action, "xp": -old.XP, "coins": -old.Coins, "premium": -old.Premium, "reason": in.Reason}})
	})
	if db.IsConflict(err) {
		return api.Award{}, errReversed
	}
	if err != nil {
		return api.Award{}, err
	}
	return s.adjusted(ctx, p, after, entries), nil
}

// reversal is the posting that takes an entry back, in the periods that it
// counted for.
func reversal(old Entry, who member.Ref, seq int64, reason, actor string) Posting {
	return Posting{
		Member: who, Action: rule.Reversal, XP: -old.XP, Coins: -old.Coins, Premium: -old.Premium, Counts: old.Counts, Overdraft: true,
		Reason: reason, Source: reversalSource, Reference: "reversal/" + strconv.FormatInt(seq, 10), Actor: actor, OccurredAt: old.OccurredAt,
	}
}

// selectReversible reads an entry of a member that can be reversed, and the
// badge that it paid for.
func selectReversible(ctx context.Context, q db.Querier, communityID, memberID string, seq int64) (e Entry, badge string, err error) {
	var at int64
	var actor, source string
	err = q.QueryRow(ctx, `SELECT action, xp, coins, premium, counts, occurred_at, actor, source FROM ledger WHERE community_id = $1 AND seq = $2 AND member_id = $3`,
		communityID, seq, memberID).Scan(&e.Action, &e.XP, &e.Coins, &e.Premium, &e.Counts, &at, &actor, &source)
	if errors.Is(err, sql.ErrNoRows) {
		return e, "", errEntry
	}
	if err != nil {
		return e, "", fmt.Errorf("read entry: %w", err)
	}
	e.OccurredAt = time.UnixMicro(at)
	if e.Action == rule.Badge {
		badge = actor
	}
	if source == "store" {
		return e, "", errOrder
	}
	if e.Action == rule.Reversal || e.XP == 0 && e.Coins == 0 && e.Premium == 0 {
		return e, "", errNothing
	}
	return e, badge, nil
}

type reverseInput struct {
	UserID  string `path:"userId" maxLength:"254"`
	EntryID string `path:"entryId" maxLength:"24"`
	Body    api.Reversal
}

func (s *Service) reverse(ctx context.Context, in *reverseInput) (api.Award, error) {
	c := rest.CallerOf(ctx)
	who, err := s.members.Resolve(ctx, c.CommunityID, in.UserID)
	if err != nil {
		return api.Award{}, err
	}
	return s.Reverse(ctx, c.CommunityID, who, in.EntryID, in.Body)
}
