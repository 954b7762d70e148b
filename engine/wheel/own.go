package wheel

import (
	"context"
	"math/rand/v2"
	"slices"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Own is the wheel as one member sees it. Who never came gets a seed now, so
// that its hash is known before the first spin.
func (s *Service) Own(ctx context.Context, communityID string, who member.Ref) (api.OwnWheel, error) {
	c, err := s.config(ctx, communityID)
	if err != nil {
		return api.OwnWheel{}, err
	}
	p, err := s.seated(ctx, communityID, who.ID)
	if err != nil {
		return api.OwnWheel{}, err
	}
	stock, err := selectStock(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return api.OwnWheel{}, err
	}
	now := s.k.Now()
	_, _, none := p.pays(c, now, false)
	out := api.OwnWheel{
		WheelMember: p.shown(c, who.Username, now), Segments: c.shown(stock, p.weights).Segments, Cost: c.Cost, ShowOdds: c.ShowOdds,
		CanSpin: c.IsEnabled && !p.disabled && none == nil, UntilGuarantee: p.untilGuarantee(c),
		Fairness: api.Fairness{ServerSeedHash: p.seedID, ClientSeed: p.clientSeed, Nonce: p.nonce},
	}
	out.Enabled = c.IsEnabled && !p.disabled
	if !c.ShowOdds {
		out.PrizeWeights = map[string]int64{}
		for i := range out.Segments {
			out.Segments[i].Weight, out.Segments[i].Odds = 0, 0
		}
	}
	return out, nil
}

// seated reads a member's row, and makes it when there is none.
func (s *Service) seated(ctx context.Context, communityID, memberID string) (p player, err error) {
	if p, err = selectPlayer(ctx, s.k.DB().Read(), communityID, memberID); err != nil || p.seedID != "" {
		return p, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		p, err = s.sit(ctx, tx, communityID, memberID)
		return err
	})
	return p, err
}

// Spins is a page of spins, newest first: of one member, or of all.
func (s *Service) Spins(ctx context.Context, communityID, memberID string, span func(*db.Where) error, limit, offset int) ([]api.Spin, int, error) {
	w := &db.Where{}
	w.And("s.community_id = ?", communityID)
	if memberID != "" {
		w.And("s.member_id = ?", memberID)
	}
	if err := span(w); err != nil {
		return nil, 0, err
	}
	var n int
	if err := s.k.DB().Read().QueryRow(ctx, `SELECT count(*) FROM wheel_spins s`+w.SQL(), w.Args...).Scan(&n); err != nil {
		return nil, 0, err
	}
	list, err := selectSpins(ctx, s.k.DB().Read(), w, limit, offset)
	if err != nil {
		return nil, 0, err
	}
	c, err := s.config(ctx, communityID)
	for i := range list {
		list[i].Index = slices.IndexFunc(c.Segments, func(g api.WheelSegment) bool { return g.ID == list[i].SegmentID })
	}
	return list, n, err
}

// Logs are a member's spins in the form of mini-game logs.
func (s *Service) Logs(ctx context.Context, communityID string, who member.Ref, q member.GameQuery) ([]api.MiniGameLog, int, error) {
	list, n, err := s.Spins(ctx, communityID, who.ID, func(w *db.Where) error {
		if !q.From.IsZero() {
			w.And("s.created_at >= ?", db.Micros(q.From))
		}
		if !q.To.IsZero() {
			w.And("s.created_at < ?", db.Micros(q.To))
		}
		return nil
	}, q.Limit, (q.Page-1)*q.Limit)
	out := make([]api.MiniGameLog, len(list))
	for i, p := range list {
		out[i] = api.MiniGameLog{ID: p.ID, Game: "wheel", SpunAt: p.SpunAt, Prize: api.MiniGamePrize(p.Prize), Source: p.Source, BalanceAfter: p.BalanceAfter}
	}
	return out, n, err
}

// Stats fills in where a member stands at the wheel.
func (s *Service) Stats(ctx context.Context, communityID string, who member.Ref, into *api.MiniGameStats) error {
	c, err := s.config(ctx, communityID)
	if err != nil {
		return err
	}
	p, err := selectPlayer(ctx, s.k.DB().Read(), communityID, who.ID)
	m := p.shown(c, who.Username, s.k.Now())
	into.SpinsAvailable, into.TotalSpins, into.LastSpinAt, into.NextFreeSpinAt = m.SpinsAvailable, m.TotalSpins, m.LastSpinAt, m.NextFreeSpinAt
	into.Wheel = map[string]any{"isEnabled": c.IsEnabled && m.Enabled, "cost": c.Cost, "prizeWeights": m.PrizeWeights}
	return err
}

// Export is what the noun holds about a member.
func (s *Service) Export(ctx context.Context, communityID string, who member.Ref) (any, error) {
	list, _, err := s.Spins(ctx, communityID, who.ID, func(*db.Where) error { return nil }, 10_000, 0)
	return list, err
}

// Simulate draws on a wheel that is not saved; with a seed that is always the
// same, so that a change of weights shows and not another chance.
func (s *Service) Simulate(ctx context.Context, in api.WheelSimulation) (api.WheelTrial, error) {
	if err := s.check(ctx, rest.CallerOf(ctx).CommunityID, in.Segments); err != nil {
		return api.WheelTrial{}, err
	}
	stock := map[string]int64{}
	for _, g := range in.Segments {
		if g.Stock != nil {
			stock[g.ID] = *g.Stock
		}
	}
	out := api.WheelTrial{Segments: make([]api.TrialResult, len(in.Segments)), Earned: in.Cost * int64(in.Spins)}
	r, dry := rand.New(rand.NewPCG(1, 2)), int64(0) //nolint:gosec // a trial, not a draw
	for range in.Spins {
		table := odds(in.Segments, stock, nil, in.GuaranteeAfter > 0 && dry >= in.GuaranteeAfter)
		sum := total(table)
		if sum == 0 {
			break
		}
		i, at := 0, r.Int64N(sum)
		for ; at >= table[i].Weight; i++ {
			at -= table[i].Weight
		}
		dry++
		drew(&out, in.Segments[i], i, table, sum)
		if in.Segments[i].Type != api.PrizeNothing {
			dry = 0
		}
		if _, ok := stock[in.Segments[i].ID]; ok {
			stock[in.Segments[i].ID]--
		}
	}
	return out, nil
}

// drew takes one draw of a simulation into account.
func drew(out *api.WheelTrial, g api.WheelSegment, i int, table []api.OddsWeight, sum int64) {
	out.Spins++
	for n, o := range table {
		out.Segments[n].Label = o.Label
		out.Segments[n].Expected += float64(o.Weight) / float64(sum)
	}
	out.Segments[i].Drawn++
	switch g.Type {
	case api.PrizeXP:
		out.XP += g.Amount
	case api.PrizeCoins:
		out.Coins += g.Amount
	case api.PrizePremium:
		out.Premium += g.Amount
	}
}
