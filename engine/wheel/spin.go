package wheel

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// Sources of spins.
const (
	bySchedule = "free"
	byGrant    = "granted"
	byCoins    = "coins"
)

var (
	errClosed   = api.NewError(api.Conflict, "wheel_closed", "The wheel is closed.")
	errDisabled = api.NewError(api.Forbidden, "wheel_disabled", "The team has closed the wheel for you.")
	errNoSpins  = api.NewError(api.Conflict, "no_spins", "There is no spin left for now.")
)

// Spin draws once for the member and pays the prize, in one transaction.
// Errors: Conflict wheel_closed, no_spins, wheel_empty, insufficient_funds;
// Forbidden wheel_disabled.
func (s *Service) Spin(ctx context.Context, communityID string, who member.Ref, in api.SpinInput) (api.Spin, error) {
	c, err := s.config(ctx, communityID)
	if err != nil {
		return api.Spin{}, err
	}
	if !c.IsEnabled {
		return api.Spin{}, errClosed
	}
	var t turn
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		t = turn{s: s, c: c, communityID: communityID, who: who, now: s.k.Now()}
		return t.run(ctx, tx, in.UseCoins)
	})
	if err != nil {
		return api.Spin{}, err
	}
	s.ledger.Committed(ctx, t.entries)
	if t.segment.Type == api.PrizeBadge {
		s.BadgeGiven(communityID, who)
	}
	return t.spin, nil
}

// turn is one spin while its transaction works on it.
type turn struct {
	s           *Service
	c           config
	communityID string
	who         member.Ref
	now         time.Time
	player      player
	segment     api.WheelSegment
	spin        api.Spin
	entries     []ledger.Entry
}

func (t *turn) run(ctx context.Context, tx *db.Tx, useCoins bool) (err error) {
	if t.player, err = t.s.sit(ctx, tx, t.communityID, t.who.ID); err != nil {
		return err
	}
	if t.player.disabled {
		return errDisabled
	}
	t.spin = api.Spin{ID: api.NewIDAt(t.now), SpunAt: api.At(t.now), UserID: t.who.ID}
	if t.spin.Source, t.spin.Cost, err = t.player.pays(t.c, t.now, useCoins); err != nil {
		return err
	}
	if err := t.draw(ctx, tx); err != nil {
		return err
	}
	if err := t.pay(ctx, tx); err != nil {
		return err
	}
	if err := insertSpin(ctx, tx, t.communityID, t.spin, t.player.seedID); err != nil {
		return err
	}
	t.player.played(t.spin, t.segment, t.now)
	return storePlayer(ctx, tx, t.communityID, t.player)
}

// draw decides the segment and takes it out of stock.
func (t *turn) draw(ctx context.Context, tx *db.Tx) error {
	var stock map[string]int64
	if t.c.stocked() {
		var err error
		if stock, err = lockStock(ctx, tx, t.communityID); err != nil {
			return err
		}
	}
	due := t.c.GuaranteeAfter > 0 && t.player.dry >= t.c.GuaranteeAfter
	t.spin.Odds = odds(t.c.Segments, stock, t.player.weights, due)
	seed, err := t.s.keys.Open(t.player.seed, seedPlace)
	if err != nil {
		return fmt.Errorf("open seed: %w", err)
	}
	t.spin.Fairness = api.Fairness{ServerSeedHash: hash(seed), ClientSeed: t.player.clientSeed, Nonce: t.player.nonce}
	i, err := draw(seed, t.player.clientSeed, t.player.nonce, t.spin.Odds)
	if err != nil {
		return err
	}
	t.segment = t.c.Segments[i]
	t.spin.Index, t.spin.SegmentID = i, t.segment.ID
	t.spin.Prize = api.Prize{Type: t.segment.Type, Label: t.segment.Label, Amount: t.segment.Amount}
	if _, limited := stock[t.segment.ID]; limited {
		return takeStock(ctx, tx, t.communityID, t.segment.ID)
	}
	return nil
}

// pay writes the cost and the prize into the ledger; prizes move no leaderboard.
func (t *turn) pay(ctx context.Context, tx *db.Tx) (err error) {
	var rows []ledger.Posting
	if t.spin.Cost > 0 {
		rows = append(rows, ledger.Posting{Member: t.who, Action: "wheel-spin", Coins: -t.spin.Cost, Source: "wheel", Reference: t.spin.ID + "/cost", OccurredAt: t.now})
	}
	prize := ledger.Posting{Member: t.who, Action: "wheel", Reason: t.segment.Label, Source: "wheel", Reference: t.spin.ID, OccurredAt: t.now, Cut: true}
	switch t.segment.Type {
	case api.PrizeXP:
		prize.XP = t.segment.Amount
	case api.PrizeCoins:
		prize.Coins = t.segment.Amount
	case api.PrizePremium:
		prize.Premium = t.segment.Amount
	case api.PrizeProduct:
		err = t.s.GiveProduct(ctx, tx, t.communityID, t.segment.Label, t.who)
	}
	if err != nil {
		return err
	}
	rows = append(rows, prize)
	if t.segment.Type == api.PrizeBadge {
		more, err := t.s.GiveBadge(ctx, tx, t.communityID, t.segment.BadgeID, t.who)
		if err != nil && !api.IsKind(err, api.NotFound) { // the badge was deleted since
			return err
		}
		rows = append(rows, more...)
	}
	if t.entries, err = t.s.ledger.Post(ctx, tx, t.communityID, rows); err != nil {
		return err
	}
	t.spin.BalanceAfter = balance(t.entries[len(t.entries)-1], t.segment.Type)
	return nil
}

func balance(e ledger.Entry, prize string) int64 {
	switch prize {
	case api.PrizeXP:
		return e.XPAfter
	case api.PrizePremium:
		return e.PremiumAfter
	}
	return e.CoinsAfter
}

// seedPlace is what sealed server seeds are bound to.
const seedPlace = "wheel seed"

// newSeed makes a server seed: its id, which is its hash, and its sealed form.
func (s *Service) newSeed() (id, sealed string) {
	seed := make([]byte, 32)
	_, _ = rand.Read(seed) // never fails
	return hash(seed), s.keys.Seal(seed, seedPlace)
}

// sit gives the member's row, locked, and makes it with a first seed.
func (s *Service) sit(ctx context.Context, tx *db.Tx, communityID, memberID string) (player, error) {
	id, sealed := s.newSeed()
	return lockPlayer(ctx, tx, communityID, player{memberID: memberID, seedID: id, seed: sealed, clientSeed: rand.Text()[:16]})
}

// Reseed retires the member's server seed, which is shown, and begins with a
// new one and the given client seed.
func (s *Service) Reseed(ctx context.Context, communityID string, who member.Ref, clientSeed string) (api.SeedChange, error) {
	if clientSeed == "" {
		clientSeed = rand.Text()[:16]
	}
	var out api.SeedChange
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		p, err := s.sit(ctx, tx, communityID, who.ID)
		if err != nil {
			return err
		}
		seed, err := s.keys.Open(p.seed, seedPlace)
		if err != nil {
			return fmt.Errorf("open seed: %w", err)
		}
		out.Revealed = api.Fairness{ServerSeedHash: p.seedID, ClientSeed: p.clientSeed, Nonce: p.nonce, ServerSeed: hex.EncodeToString(seed)}
		if err := insertSeed(ctx, tx, communityID, p, out.Revealed.ServerSeed, s.k.Now()); err != nil {
			return err
		}
		p.seedID, p.seed = s.newSeed()
		p.clientSeed, p.nonce = clientSeed, 0
		out.Fairness = api.Fairness{ServerSeedHash: p.seedID, ClientSeed: p.clientSeed}
		return storePlayer(ctx, tx, communityID, p)
	})
	return out, err
}
