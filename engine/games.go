package engine

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
)

// connectGames sets what the wheel and streaks give, and where their figures
// show.
func (e *Engine) connectGames() {
	face := func(communityID string, who member.Ref) { e.Badges.FaceChanged(communityID, who.No) }
	e.Wheel.GiveBadge, e.Wheel.HasBadge, e.Wheel.BadgeGiven = e.Badges.Prize, e.Badges.Has, face
	e.Wheel.GiveProduct = func(ctx context.Context, tx *db.Tx, communityID, name string, who member.Ref) error {
		return e.Store.Grant(ctx, tx, communityID, name, who)
	}
	e.Streaks.GiveBadge, e.Streaks.HasBadge, e.Streaks.BadgeGiven = e.Badges.Prize, e.Badges.Has, face
	e.Streaks.GiveSpins = e.Wheel.Grant
	e.Ledger.Rewards = append(e.Ledger.Rewards, e.Streaks.Follow)
	e.Ledger.TakeBadge = e.Badges.TakeBack
	e.Members.GameLogs, e.Members.GameStats = e.Wheel.Logs, e.gameStats
	e.Members.Exports["spins"], e.Members.Exports["streaks"] = e.Wheel.Export, e.Streaks.Export
}

func (e *Engine) gameStats(ctx context.Context, communityID string, who member.Ref, into *api.MiniGameStats) error {
	if err := e.Wheel.Stats(ctx, communityID, who, into); err != nil {
		return err
	}
	return e.Streaks.Stats(ctx, communityID, who, into)
}
