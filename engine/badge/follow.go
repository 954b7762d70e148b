package badge

import (
	"context"
	"log/slog"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// stepSize is how many entries or members one step judges.
const stepSize = 500

// Moved notes that a community's ledger or badges have changed; the work is
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
		s.k.Log().WarnContext(ctx, "badges not caught up", slog.Any("cause", err))
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
		s.mu.Lock()
		moved := s.moved
		s.moved = map[string]bool{}
		s.mu.Unlock()
		for id := range moved {
			if err := s.CatchUp(ctx, id); err != nil && ctx.Err() == nil {
				s.k.Log().WarnContext(ctx, "badges not caught up", slog.String("community", id), slog.Any("cause", err))
			}
		}
	}
}

// CatchUp awards what members have reached, up to the present end of the ledger.
func (s *Service) CatchUp(ctx context.Context, communityID string) error {
	s.work.Lock()
	defer s.work.Unlock()
	return s.catchUp(ctx, communityID, false)
}

// Live runs record, which writes a part of a community's history, and awards
// what members reached in it, dated back: for demos and imports, as Bulk of
// the ledger.
func (s *Service) Live(ctx context.Context, communityID string, record func() error) error {
	s.work.Lock()
	defer s.work.Unlock()
	if err := s.catchUp(ctx, communityID, false); err != nil {
		return err
	}
	if err := record(); err != nil {
		return err
	}
	return s.catchUp(ctx, communityID, true)
}

func (s *Service) catchUp(ctx context.Context, communityID string, history bool) error {
	badges, err := selectAll(ctx, s.k.DB().Read(), communityID) // not remembered ones: they say who was judged
	if err != nil {
		return err
	}
	auto := badges[:0:0]
	for _, r := range badges {
		if r.isAutomatic() {
			auto = append(auto, r)
		}
	}
	for _, r := range auto {
		for more := r.judgedTo != judgedAll; more; {
			if more, err = s.sweep(ctx, communityID, &r); err != nil {
				return err
			}
		}
	}
	for {
		more, err := s.step(ctx, communityID, auto, history)
		if err != nil || !more {
			return err
		}
	}
}

// sweep judges some of the members who were there before a badge.
func (s *Service) sweep(ctx context.Context, communityID string, r *record) (more bool, err error) {
	ids, err := reaching(ctx, s.k.DB().Read(), communityID, *r, stepSize)
	if err != nil {
		return false, err
	}
	to := judgedAll
	if len(ids) == stepSize {
		to = ids[len(ids)-1]
	}
	last := map[string]moment{}
	for _, id := range ids {
		last[id] = moment{at: s.k.Now(), streak: r.quantity}
	}
	due, err := s.dues(ctx, communityID, []record{*r}, last, false)
	if err != nil {
		return false, err
	}
	err = s.award(ctx, communityID, due, func(ctx context.Context, tx *db.Tx) error {
		return putJudged(ctx, tx, communityID, *r, to)
	})
	r.judgedTo = to
	return to != judgedAll, err
}

// moment is what the ledger has just told of a member.
type moment struct {
	at     time.Time // of the last act
	streak int64     // the longest one
}

// step follows one part of the ledger.
func (s *Service) step(ctx context.Context, communityID string, auto []record, history bool) (more bool, err error) {
	from, err := selectMark(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return false, err
	}
	if len(auto) == 0 {
		return false, s.skip(ctx, communityID, from)
	}
	entries, err := s.ledger.Since(ctx, communityID, from, stepSize)
	if err != nil || len(entries) == 0 {
		return false, err
	}
	last := map[string]moment{}
	for _, e := range entries {
		m := last[e.MemberID]
		if m.at = e.OccurredAt; e.Action == "visit" {
			m.streak = max(m.streak, e.Value)
		}
		last[e.MemberID] = m
	}
	due, err := s.dues(ctx, communityID, auto, last, history)
	if err != nil {
		return false, err
	}
	err = s.award(ctx, communityID, due, func(ctx context.Context, tx *db.Tx) error {
		return putMark(ctx, tx, communityID, entries[len(entries)-1].Seq)
	})
	return len(entries) == stepSize, err
}

// skip moves to the end of the ledger when no badge counts anything.
func (s *Service) skip(ctx context.Context, communityID string, from int64) error {
	last, err := s.ledger.Last(ctx, communityID)
	if err != nil || last == from {
		return err
	}
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error { return putMark(ctx, tx, communityID, last) })
}

// dues finds what members have reached and never had.
func (s *Service) dues(ctx context.Context, communityID string, auto []record, last map[string]moment, history bool) ([]grant, error) {
	ids := make([]string, 0, len(last))
	for id := range last {
		ids = append(ids, id)
	}
	wallets, err := s.ledger.Wallets(ctx, communityID, ids)
	if err != nil {
		return nil, err
	}
	awards, err := selectAwards(ctx, s.k.DB().Read(), communityID, ids)
	if err != nil {
		return nil, err
	}
	had := make(map[[2]string]bool, len(awards))
	for _, a := range awards {
		had[[2]string{a.memberID, a.badgeID}] = true
	}
	var out []grant
	for id, m := range last {
		for _, r := range auto {
			if !had[[2]string{id, r.id}] && count(r.action, wallets[id], m.streak) >= r.quantity {
				out = append(out, grant{badge: r, who: member.Ref{ID: id}, source: byRule, at: m.at, history: history, xp: wallets[id].XP, coins: wallets[id].Coins})
			}
		}
	}
	return s.known(ctx, communityID, out)
}

// known names the members of grants; those that are deleted get nothing.
func (s *Service) known(ctx context.Context, communityID string, list []grant) ([]grant, error) {
	out := list[:0]
	for _, g := range list {
		who, err := s.members.Resolve(ctx, communityID, g.who.ID)
		if err != nil && !api.IsKind(err, api.NotFound) {
			return nil, err
		}
		if err == nil && !who.Deleted {
			g.who = who
			out = append(out, g)
		}
	}
	return out, nil
}

// award carries out grants together with the new position.
func (s *Service) award(ctx context.Context, communityID string, list []grant, position func(context.Context, *db.Tx) error) error {
	var entries []ledger.Entry
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		var pay []ledger.Posting
		for _, g := range list {
			_, some, err := s.give(ctx, tx, communityID, g)
			if err != nil {
				return err
			}
			pay = append(pay, some...)
		}
		if entries = nil; len(pay) > 0 {
			if entries, err = s.ledger.Post(ctx, tx, communityID, pay); err != nil {
				return err
			}
		}
		return position(ctx, tx)
	})
	if err != nil {
		return err
	}
	for _, g := range list {
		s.FaceChanged(communityID, g.who.No)
	}
	s.ledger.Committed(ctx, entries)
	return nil
}
