package engine

import (
	"context"

	"laurel/engine/db"
	"laurel/engine/member"
)

// connectWheel sets what the wheel gives, and where its figures show.
func (e *Engine) connectWheel() {
	e.Wheel.GiveBadge, e.Wheel.HasBadge = e.Badges.Prize, e.Badges.Has
	e.Wheel.BadgeGiven = func(communityID string, who member.Ref) { e.Badges.FaceChanged(communityID, who.No) }
	e.Wheel.GiveProduct = func(ctx context.Context, tx *db.Tx, communityID, name string, who member.Ref) error {
		return e.Store.Grant(ctx, tx, communityID, name, who)
	}
	e.Members.GameLogs, e.Members.GameStats = e.Wheel.Logs, e.Wheel.Stats
	e.Members.Exports["spins"] = e.Wheel.Export
}
