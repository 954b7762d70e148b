package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
)

var errNoCommunity = api.NewError(api.NotFound, "community_not_found", "There is no such community.")

func selectPolicy(ctx context.Context, q db.Querier, communityID string) (*policy, error) {
	var tiersText, switchesText string
	var at moments
	err := q.QueryRow(ctx, `SELECT tiers, tier_display, created_at, updated_at FROM communities WHERE id = $1`, communityID).
		Scan(&tiersText, &switchesText, &at.occurred, &at.created)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoCommunity
	}
	if err != nil {
		return nil, fmt.Errorf("read ladder: %w", err)
	}
	var tiers []rule.Tier
	var sw switches
	if err := errors.Join(json.Unmarshal([]byte(tiersText), &tiers), json.Unmarshal([]byte(switchesText), &sw)); err != nil {
		return nil, fmt.Errorf("ladder of community %s: %w", communityID, err)
	}
	rules, err := selectRules(ctx, q, communityID)
	if err != nil {
		return nil, err
	}
	p := newPolicy(rules, tiers, sw)
	p.created, p.updated = db.FromMicros(at.occurred), db.FromMicros(at.created)
	return p, nil
}

func selectRules(ctx context.Context, q db.Querier, communityID string) ([]api.ActionRule, error) {
	var out []api.ActionRule
	err := db.Each(ctx, q, `SELECT action, name, enabled, xp, coins, premium, cooldown_s, daily_cap FROM rules WHERE community_id = $1
		ORDER BY position, action`, []any{communityID}, func(rows *sql.Rows) error {
		var r api.ActionRule
		err := rows.Scan(&r.Action, &r.Name, &r.Enabled, &r.XP, &r.Coins, &r.Premium, &r.Cooldown, &r.DailyCap)
		out = append(out, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	return out, nil
}

func replaceRules(ctx context.Context, tx *db.Tx, communityID string, rules []api.ActionRule, now time.Time) error {
	if _, err := tx.Exec(ctx, `DELETE FROM rules WHERE community_id = $1`, communityID); err != nil {
		return fmt.Errorf("drop rules: %w", err)
	}
	for i, r := range rules {
		_, err := tx.Exec(ctx, `INSERT INTO rules (community_id, action, name, enabled, xp, coins, premium, cooldown_s, daily_cap, position, updated_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, communityID, r.Action, r.Name, r.Enabled, r.XP, r.Coins, r.Premium,
			r.Cooldown, r.DailyCap, i, db.Micros(now))
		if err != nil {
			return fmt.Errorf("insert rule %s: %w", r.Action, err)
		}
	}
	return nil
}

func updateTiers(ctx context.Context, tx *db.Tx, communityID string, tiers []rule.Tier, now time.Time) error {
	text, err := json.Marshal(append([]rule.Tier{}, tiers...))
	if err != nil {
		return fmt.Errorf("tiers: %w", err)
	}
	_, err = tx.Exec(ctx, `UPDATE communities SET tiers = $1, updated_at = $2 WHERE id = $3`, string(text), db.Micros(now), communityID)
	if err != nil {
		return fmt.Errorf("update tiers: %w", err)
	}
	return nil
}

func updateSwitches(ctx context.Context, tx *db.Tx, communityID string, sw switches, now time.Time) error {
	text, err := json.Marshal(sw)
	if err != nil {
		return fmt.Errorf("gamification switches: %w", err)
	}
	_, err = tx.Exec(ctx, `UPDATE communities SET tier_display = $1, updated_at = $2 WHERE id = $3`, string(text), db.Micros(now), communityID)
	if err != nil {
		return fmt.Errorf("update gamification switches: %w", err)
	}
	return nil
}
