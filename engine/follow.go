package engine

import (
	"laurel/api"
	"laurel/engine/ledger"
)

// recorded tells the followers of the ledger; boards answer with the ranks.
func (e *Engine) recorded(entries []ledger.Entry) [][]api.RankChange {
	e.Referrals.Moved(entries[0].CommunityID)
	return e.Boards.Follow(entries)
}
