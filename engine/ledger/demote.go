package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
)

// reviewAtOnce is how many members are looked at in one transaction.
const reviewAtOnce = 500

// Demote takes a tier from members who did not earn enough in the stretch that
// their community's rule sets. A member's first stretch begins with the first
// review, so that nobody falls on the day when the rule is switched on.
func (s *Service) Demote(ctx context.Context) error {
	ids, err := selectIdleRuled(ctx, s.k.DB().Read())
	for _, id := range ids {
		if err == nil {
			err = s.demoteIn(ctx, id)
		}
	}
	return err
}

// selectIdleRuled lists the communities where standing idle costs a tier.
func selectIdleRuled(ctx context.Context, q db.Querier) ([]string, error) {
	var out []string
	err := db.Each(ctx, q, `SELECT id FROM communities WHERE tier_display LIKE '%"rule":"idle"%'`, nil, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

func (s *Service) demoteIn(ctx context.Context, communityID string) error {
	p, err := s.policies.of(ctx, communityID)
	if err != nil || p.demotion().Rule != rule.FallsIdle {
		return err
	}
	for after := ""; ; {
		next, err := s.reviewSome(ctx, communityID, p, after)
		if err != nil || next == "" || ctx.Err() != nil {
			return err
		}
		after = next
	}
}

// reviewSome looks at the next members whose stretch is over; next is the last
// of them, empty at the end.
func (s *Service) reviewSome(ctx context.Context, communityID string, p *policy, after string) (next string, err error) {
	d := p.demotion()
	now := s.k.Now()
	since := now.AddDate(0, 0, -d.Days)
	var entries []Entry
	var moves []move
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		entries, moves, next = nil, nil, ""
		due, err := selectDue(ctx, tx, communityID, after, since)
		if err != nil || len(due) == 0 {
			return err
		}
		if len(due) == reviewAtOnce {
			next = due[len(due)-1].who.ID
		}
		b := s.open(tx, communityID, s.communities.Zone(ctx, communityID))
		if moves, err = b.demote(ctx, p, due, since); err != nil {
			return err
		}
		if err := b.flush(ctx); err != nil {
			return err
		}
		entries = b.entries()
		for i := range moves {
			moves[i].seq = entries[i].Seq
		}
		if err := s.sql.insertMoves(ctx, tx, communityID, moves); err != nil {
			return err
		}
		return s.sql.set(ctx, tx, "tier_checked", communityID, db.Micros(now), idsOf(due))
	})
	if err != nil {
		return "", err
	}
	s.Committed(ctx, entries)
	return next, nil
}

// dueMember is a member to be looked at: when last, zero for the first time.
type dueMember struct {
	who  member.Ref
	last int64
}

// demote lowers those who earned too little to the top of the tier below.
func (b *book) demote(ctx context.Context, p *policy, due []dueMember, since time.Time) ([]move, error) {
	refs, ids := []member.Ref{}, []string{}
	for _, d := range due {
		if d.last > 0 {
			refs, ids = append(refs, d.who), append(ids, d.who.ID)
		}
	}
	if len(refs) == 0 {
		return nil, nil
	}
	if err := b.load(ctx, refs); err != nil {
		return nil, err
	}
	earned, err := b.s.sql.selectEarned(ctx, b.tx, b.community, ids, since)
	if err != nil {
		return nil, err
	}
	var moves []move
	for _, who := range refs {
		a := b.accounts[who.ID]
		stand := p.standing(a)
		below := p.ladder.Below(stand)
		if earned[who.ID] >= p.demotion().MinXP || below == nil {
			continue
		}
		was := p.ladder.TierAt(stand)
		a.shift = p.ladder.StartOf(below.ToLevel) - a.xp
		if _, err := b.post(Posting{Member: who, Action: rule.Demotion, Source: "system", Reason: was.Name + " to " + below.Name}); err != nil {
			return nil, err
		}
		moves = append(moves, move{who: who, tierID: below.ID, change: api.TierChange{From: was.Name, To: below.Name, Reason: "idle", CreatedAt: api.At(b.now)}})
	}
	return moves, nil
}

func selectDue(ctx context.Context, tx *db.Tx, communityID, after string, before time.Time) ([]dueMember, error) {
	var out []dueMember
	err := db.Each(ctx, tx, `SELECT member_id, member_no, tier_checked FROM balances WHERE community_id = $1 AND member_id > $2 AND tier_checked <= $3
		ORDER BY member_id LIMIT $4`, []any{communityID, after, db.Micros(before), reviewAtOnce}, func(rows *sql.Rows) error {
		var d dueMember
		err := rows.Scan(&d.who.ID, &d.who.No, &d.last)
		out = append(out, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read members to review: %w", err)
	}
	return out, nil
}

func idsOf(due []dueMember) []string {
	out := make([]string, len(due))
	for i, d := range due {
		out[i] = d.who.ID
	}
	return out
}

// selectEarned sums the XP that members earned since a moment.
func (s *statements) selectEarned(ctx context.Context, q db.Querier, communityID string, ids []string, since time.Time) (map[string]int64, error) {
	out := make(map[string]int64, len(ids))
	err := s.Select(ctx, q, `SELECT member_id, xp FROM ledger WHERE community_id = $1 AND created_at >= $2 AND xp > 0
		AND action <> 'conversion' AND member_id`, []any{communityID, db.Micros(since)}, ids, func(rows *sql.Rows) error {
		var id string
		var xp int64
		err := rows.Scan(&id, &xp)
		out[id] += xp
		return err
	})
	return out, err
}
