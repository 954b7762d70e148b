package ledger

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Wallets gives the wallets of members by their id; who never earned anything
// has an empty one.
func (s *Service) Wallets(ctx context.Context, communityID string, memberIDs []string) (map[string]api.Wallet, error) {
	p, err := s.policies.of(ctx, communityID)
	if err != nil {
		return nil, err
	}
	today := rule.Day(s.k.Now(), s.communities.Zone(ctx, communityID))
	out := make(map[string]api.Wallet, len(memberIDs))
	empty := account{}
	for _, id := range memberIDs {
		out[id] = empty.wallet(p, today)
	}
	err = s.sql.selectAccounts(ctx, s.k.DB().Read(), communityID, memberIDs, func(a account) {
		out[a.memberID] = a.wallet(p, today)
	})
	return out, err
}

// Progress is where a member stands on the ladder, with what today brought.
func (s *Service) Progress(ctx context.Context, communityID, memberID string) (api.Progress, error) {
	p, err := s.policies.of(ctx, communityID)
	if err != nil {
		return api.Progress{}, err
	}
	var a account
	err = s.sql.selectAccounts(ctx, s.k.DB().Read(), communityID, []string{memberID}, func(found account) { a = found })
	if err != nil {
		return api.Progress{}, err
	}
	today := rule.Day(s.k.Now(), s.communities.Zone(ctx, communityID))
	stand := p.standing(&a)
	level := p.ladder.LevelAt(stand)
	out := api.Progress{
		Wallet: a.wallet(p, today), Level: level, LevelXP: p.ladder.StartOf(level), NextLevelXP: p.ladder.StartOf(level + 1),
		Tier: p.ladder.TierAt(stand), NextTier: p.ladder.TierAfter(stand), PreviousTier: p.ladder.Below(stand), StandingXP: stand,
	}
	if out.TierChanges, err = selectMoves(ctx, s.k.DB().Read(), communityID, memberID, 5); err != nil {
		return api.Progress{}, err
	}
	if a.today == today {
		out.TodayXP, out.TodayCoins = a.tally.xp, a.tally.coins
	}
	if s.Badges != nil {
		out.Badges, err = s.Badges(ctx, communityID, memberID)
	}
	return out, err
}

type memberInput struct {
	UserID string `path:"userId" maxLength:"254" doc:"Id, number, username or email"`
}

func (s *Service) progress(ctx context.Context, in *memberInput) (api.Progress, error) {
	c := rest.CallerOf(ctx)
	who, err := s.members.Resolve(ctx, c.CommunityID, in.UserID)
	if err != nil {
		return api.Progress{}, err
	}
	return s.Progress(ctx, c.CommunityID, who.ID)
}

func (s *Service) ownProgress(ctx context.Context, _ *struct{}) (api.Progress, error) {
	c := rest.CallerOf(ctx)
	return s.Progress(ctx, c.CommunityID, c.MemberID)
}

type adjustInput struct {
	UserID string `path:"userId" maxLength:"254" doc:"Id, number, username or email"`
	Body   api.Adjustment
}

func (s *Service) adjust(ctx context.Context, in *adjustInput) (api.Award, error) {
	c := rest.CallerOf(ctx)
	who, err := s.members.Resolve(ctx, c.CommunityID, in.UserID)
	if err != nil {
		return api.Award{}, err
	}
	return s.Adjust(ctx, c.CommunityID, who, in.Body)
}

// Adjust changes one unit of a member's wallet by hand; the caller of ctx is
// on record. Errors: Invalid on unit, op or amount, Conflict insufficient_funds
// or balance_limit.
func (s *Service) Adjust(ctx context.Context, communityID string, who member.Ref, in api.Adjustment) (api.Award, error) {
	p, err := s.policies.of(ctx, communityID)
	if err != nil {
		return api.Award{}, err
	}
	caller := rest.CallerOf(ctx)
	var before, after account
	var entries []Entry
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		b := s.open(tx, communityID, s.communities.Zone(ctx, communityID))
		if err := b.load(ctx, []member.Ref{who}); err != nil {
			return err
		}
		before = *b.accounts[who.ID]
		posting, err := adjustment(before, who, in)
		if err != nil {
			return err
		}
		posting.Source, posting.Actor = SourceOf(caller), actorOf(caller)
		if _, err := b.post(posting); err != nil {
			return err
		}
		if err := b.flush(ctx); err != nil {
			return err
		}
		after, entries = *b.accounts[who.ID], b.entries()
		return s.k.Audit(ctx, tx, communityID, rest.Change{
			Action: "wallet.adjust", TargetType: "user", TargetID: who.ID, TargetName: who.Username,
			Before: before.units(""), After: after.units(in.Reason),
		})
	})
	if err != nil {
		return api.Award{}, err
	}
	return s.adjusted(ctx, p, after, entries), nil
}

// adjusted tells the followers, and composes the reply.
func (s *Service) adjusted(ctx context.Context, p *policy, a account, entries []Entry) api.Award {
	e := entries[0]
	today := rule.Day(e.CreatedAt, s.communities.Zone(ctx, e.CommunityID))
	award := api.Award{
		ID: api.SeqID(e.Seq), UserID: e.MemberID, Action: e.Action, Status: string(rule.Awarded), XP: e.XP, Coins: e.Coins, Premium: e.Premium,
		Balance: a.wallet(p, today), Ranks: []api.RankChange{}, OccurredAt: api.At(e.OccurredAt),
	}
	if ranks := s.Committed(ctx, entries); ranks[0] != nil {
		award.Ranks = ranks[0]
	}
	return award
}

// adjustment is the posting that an adjustment makes of a member's account.
func adjustment(a account, who member.Ref, in api.Adjustment) (Posting, error) {
	p := Posting{Member: who, Action: rule.Adjustment, Counts: in.Counts, Reason: in.Reason}
	if in.Amount < 0 || in.Amount > rule.MaxPoints {
		return p, api.InvalidField("amount", "must be 0 or more")
	}
	balance, into := a.xp, &p.XP
	switch in.Unit {
	case api.UnitXP:
	case api.UnitCoins:
		balance, into = a.coins, &p.Coins
	case api.UnitPremium:
		balance, into = a.premium, &p.Premium
	default:
		return p, api.InvalidField("unit", "must be xp, coins or premium")
	}
	switch in.Op {
	case "add":
		*into = in.Amount
	case "subtract":
		*into = -in.Amount
	case "overwrite":
		*into = in.Amount - balance
	default:
		return p, api.InvalidField("op", "must be add, subtract or overwrite")
	}
	return p, nil
}

// units is the part of an account that the audit log keeps.
func (a account) units(reason string) any {
	return struct {
		XP      int64  `json:"xp"`
		Coins   int64  `json:"coins"`
		Premium int64  `json:"premium"`
		Reason  string `json:"reason,omitempty"`
	}{a.xp, a.coins, a.premium, reason}
}

// SourceOf names where a caller's acts come from: portal for people of the
// team, member for members themselves, api for keys.
func SourceOf(c rest.Caller) string {
	switch {
	case c.IsTeam():
		return "portal"
	case c.IsPerson():
		return "member"
	case c.KeyID != "":
		return "api"
	}
	return "system"
}

func actorOf(c rest.Caller) string {
	if c.IsPerson() {
		return c.MemberID
	}
	return c.KeyID
}
