package engine

import (
	"laurel/api"
	"laurel/engine/ledger"
)

// recorded tells the followers of the ledger; boards answer with the ranks.
func (e *Engine) recorded(entries []ledger.Entry) [][]api.RankChange {
	e.Referrals.Moved(entries[0].CommunityID)
	e.Badges.Moved(entries[0].CommunityID)
	return e.Boards.Follow(entries)
}

// connectBadges puts badges beside names.
func (e *Engine) connectBadges() {
	e.Members.Badges = e.Badges.FacesOf
	e.Ledger.Badges = e.Badges.HeldFaces
	e.Boards.ShownBadges, e.Boards.BadgeFaces = e.Badges.ShownOf, e.Badges.Faces
	e.Badges.OnShown = e.Boards.FaceChanged
}
