package place

import "laurel/api"

// Percent is how far XP have come from the begin of a level to the next, 0 to
// 100; 100 at the top.
func Percent(p api.Progress) int {
	span := p.NextLevelXP - p.LevelXP
	if p.NextLevelXP == 0 || span <= 0 {
		return 100
	}
	return int(min(max((p.Wallet.XP-p.LevelXP)*100/span, 0), 100))
}

// Missing is the XP to the next level; 0 at the top.
func Missing(p api.Progress) int64 {
	if p.NextLevelXP == 0 {
		return 0
	}
	return max(p.NextLevelXP-p.Wallet.XP, 0)
}

// TierName is a tier that may be missing.
func TierName(t *api.Tier) string {
	if t == nil {
		return ""
	}
	return t.Name
}

// TierLeft is the XP to the next tier; 0 when there is none.
func TierLeft(p api.Progress) int64 {
	if p.NextTier == nil {
		return 0
	}
	return max(p.NextTier.MinXP-p.Wallet.XP, 0)
}
