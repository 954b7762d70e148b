package leaderboard

import (
	"encoding/json"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/engine/ledger"
)

// metric says which ledger rows a board counts, and what of them.
type metric struct {
	name     string
	column   string   // what of a row counts, as SQL
	actions  []string // only rows of these actions; all when empty
	absolute bool     // the newest value stands, instead of the sum
}

func metricOf(rankBy string) metric {
	m := metric{name: rankBy, column: "1"}
	switch rankBy {
	case api.RankXP:
		m.column = "xp"
	case api.RankCoins:
		m.column = "coins"
	case api.RankPremium:
		m.column = "premium"
	case api.RankStreak:
		m.column, m.actions, m.absolute = "value", []string{"visit"}, true
	case api.RankMessages:
		m.actions = []string{"message"}
	case api.RankReplies:
		m.actions = []string{"reply"}
	case api.RankReactions:
		m.actions = []string{"react"}
	case api.RankReferrals:
		m.actions = []string{"refer", "referral"}
	default:
		m.column, m.actions, m.absolute = "value", []string{rankBy}, true
	}
	return m
}

// condition is the metric's part of a WHERE, with its actions as parameters
// from the number on.
func (m metric) condition(from int) string {
	if len(m.actions) == 0 {
		return m.column + " <> 0"
	}
	marks := make([]string, len(m.actions))
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(from+i)
	}
	return "action IN (" + strings.Join(marks, ",") + ")"
}

// touched lists the metrics that an entry counts for; none when it does not
// move boards.
func touched(e *ledger.Entry, into []string) []string {
	if !e.Counts {
		return into
	}
	if e.XP != 0 {
		into = append(into, api.RankXP)
	}
	if e.Coins != 0 {
		into = append(into, api.RankCoins)
	}
	if e.Premium != 0 {
		into = append(into, api.RankPremium)
	}
	switch e.Action {
	case "message":
		into = append(into, api.RankMessages)
	case "reply":
		into = append(into, api.RankReplies)
	case "react":
		into = append(into, api.RankReactions)
	case "refer", "referral":
		into = append(into, api.RankReferrals)
	case "visit":
		into = append(into, api.RankStreak)
	default:
		if strings.HasPrefix(e.Action, api.RankFieldStart) {
			into = append(into, e.Action)
		}
	}
	return into
}

// gainOf is what an entry means for the metric.
func (m metric) gainOf(e *ledger.Entry) gain {
	g := gain{seq: e.Seq, member: uint32(e.MemberNo), value: 1, at: e.OccurredAt.UnixMicro()}
	switch m.column {
	case "xp":
		g.value = e.XP
	case "coins":
		g.value = e.Coins
	case "premium":
		g.value = e.Premium
	case "value":
		g.value = e.Value
	}
	return g
}

// cell is a member's score in one period: when it was reached, and the ledger
// number up to which it is exact.
type cell struct {
	score, at, seq int64
}

// after is the score once a row is counted: sums keep the latest moment that
// made them, values the first moment of the present value.
func (m metric) after(c cell, known bool, g gain) cell {
	switch {
	case !known:
		return cell{g.value, g.at, g.seq}
	case !m.absolute:
		return cell{c.score + g.value, max(c.at, g.at), g.seq}
	case c.score == g.value:
		return cell{c.score, c.at, g.seq}
	}
	return cell{g.value, g.at, g.seq}
}

func tagsOf(text string) ([]string, error) {
	if text == "[]" || text == "" {
		return nil, nil
	}
	var tags []string
	return tags, json.Unmarshal([]byte(text), &tags)
}
