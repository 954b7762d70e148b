package label

import (
	"strconv"

	"laurel/api"
)

// Entry is the name of the member in a row of standings.
func Entry(e api.Entry) string {
	if e.User.DisplayName != "" {
		return e.User.DisplayName
	}
	return e.User.Username
}

// Rung is where a member stands on the ladder: "Gold · level 31".
func Rung(tier string, level int) string {
	text := ""
	if level > 0 {
		text = "level " + strconv.Itoa(level)
	}
	switch {
	case tier == "":
		return capital(text)
	case text == "":
		return tier
	}
	return tier + " · " + text
}

// Move is how many places a member gained since the day began, and whether he
// entered the board today. On a board of the day itself everybody would have.
func Move(e api.Entry, period api.Period) (places int64, entered bool) {
	if e.PreviousRank == 0 {
		return 0, period != api.PeriodDaily
	}
	return int64(e.PreviousRank - e.Rank), false
}
