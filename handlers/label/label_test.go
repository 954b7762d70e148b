package label_test

import (
	"testing"

	"laurel/api"
	"laurel/handlers/label"
)

func TestUnitOf(t *testing.T) {
	fields := []api.UserField{{Field: "deposits", Name: "Total deposits", Type: "number"}}
	for _, test := range []struct {
		n        int64
		by, want string
	}{
		{1, api.RankXP, "XP"},
		{1, api.RankCoins, "coin"},
		{2, api.RankCoins, "coins"},
		{1, api.RankMessages, "message"},
		{1, api.RankReplies, "reply"},
		{0, api.RankReplies, "replies"},
		{1, api.RankStreak, "day"},
		{5, api.RankFieldStart + "deposits", "Total deposits"},
	} {
		if got := label.UnitOf(test.n, test.by, fields); got != test.want {
			t.Errorf("%d of %s: got %q, want %q", test.n, test.by, got, test.want)
		}
	}
}
