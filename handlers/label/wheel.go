package label

import (
	"strconv"

	"laurel/api"
	"laurel/components/ui"
)

// spinSources name what a spin was paid with.
var spinSources = map[string]string{"free": "free spin", "granted": "granted spin", "coins": "bought spin"}

// SpinSource is what a spin was paid with, in words.
func SpinSource(source string) string { return spinSources[source] }

// Odds is a share in millionths as per cent: "12.5 %".
func Odds(millionths int64) string {
	return strconv.FormatFloat(float64(millionths)/10_000, 'f', -1, 64) + " %"
}

// Prize is what was won: its label, with the points where they say more.
func Prize(p api.Prize) string {
	unit := map[string]string{api.PrizeXP: " XP", api.PrizeCoins: " coins", api.PrizePremium: " premium points"}[p.Type]
	if points := ui.Number(p.Amount) + unit; unit != "" && points != p.Label {
		return p.Label + " (" + points + ")"
	}
	return p.Label
}
