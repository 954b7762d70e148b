package leaderboard

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"laurel/api"
	"laurel/engine/leaderboard/rank"
	"laurel/engine/ledger"
)

// counted are the actions that the counting metrics count.
var counted = map[string][]string{
	api.RankMessages: {"message"}, api.RankReplies: {"reply"}, api.RankReactions: {"react"}, api.RankReferrals: {"refer", "referral"},
}

// measure is what an entry means for a metric: an amount to add, or with
// absolute the value itself. ok is false when the entry is not about it.
func measure(metric string, e ledger.Entry) (n int64, absolute, ok bool) {
	if strings.HasPrefix(metric, api.RankFieldStart) {
		return e.Value, true, e.Action == metric
	}
	if metric == api.RankStreak {
		return e.Value, true, e.Action == "visit" && e.Value > 0
	}
	if !e.Counts {
		return 0, false, false
	}
	switch metric {
	case api.RankXP:
		return e.XP, false, e.XP != 0
	case api.RankCoins:
		return e.Coins, false, e.Coins != 0
	case api.RankPremium:
		return e.Premium, false, e.Premium != 0
	}
	for _, action := range counted[metric] {
		if e.Action == action {
			return 1, false, true
		}
	}
	return 0, false, false
}

func changeOf(n int64, absolute bool, e ledger.Entry) rank.Change {
	op := rank.OpAdd
	if absolute {
		op = rank.OpSet
	}
	return rank.Change{Op: op, Member: uint32(e.MemberNo), Value: n, At: e.OccurredAt.UnixMicro()} //nolint:gosec // member numbers count up from 1
}

func tieOf(t api.TieRule) rank.Tie {
	switch t {
	case api.TieCompetition:
		return rank.Competition
	case api.TieDense:
		return rank.Dense
	case api.TieOrdinal:
		return rank.Ordinal
	}
	return rank.FirstAchiever
}

// specOf names the settings that standings depend on: standings made under
// another name are of no use.
func specOf(b api.Leaderboard) string {
	raw, _ := json.Marshal([]any{b.RankBy, b.TieRule, b.TimeFilters, b.Duration, b.RankedUserRoles, b.PerformanceDisplay.ShowDummy, b.Enabled}) //nolint:errchkjson // plain values
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:16])
}
