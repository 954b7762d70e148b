package ledger

import (
	"slices"
	"strconv"
	"strings"

	"laurel/engine/ledger/rule"
)

// tally is what a member earned and did on one day: gains only, in whole
// points, and acts by kind.
type tally struct {
	xp, coins                             int64
	messages, replies, reactions, socials int64
}

// closedDay is the tally of a day other than the account's latest, to be
// added to what is stored of that day.
type closedDay struct {
	day string
	tally
}

func (t *tally) add(action string, xp, coins int64) {
	if action != rule.Reversal { // spending earns nothing; what is taken back was not earned
		xp, coins = max(0, xp), max(0, coins)
	}
	t.xp, t.coins = t.xp+xp, t.coins+coins
	switch {
	case action == rule.Message:
		t.messages++
	case action == rule.Reply:
		t.replies++
	case action == rule.React:
		t.reactions++
	case strings.HasPrefix(action, "social"):
		t.socials++
	}
}

func (t *tally) merge(o tally) {
	t.xp, t.coins = t.xp+o.xp, t.coins+o.coins
	t.messages, t.replies = t.messages+o.messages, t.replies+o.replies
	t.reactions, t.socials = t.reactions+o.reactions, t.socials+o.socials
}

// earn adds an act to its day. The latest day stays in the account; a day
// that ends, and acts that come late, go to the table of days.
func (a *account) earn(day, action string, xp, coins int64) {
	if day > a.today {
		a.closeDay(a.today, a.tally)
		a.today, a.tally = day, tally{}
	}
	if day == a.today {
		a.tally.add(action, xp, coins)
		return
	}
	var late tally
	late.add(action, xp, coins)
	a.closeDay(day, late)
}

func (a *account) closeDay(day string, t tally) {
	if day == "" || t == (tally{}) {
		return
	}
	if i := slices.IndexFunc(a.closed, func(c closedDay) bool { return c.day == day }); i >= 0 {
		a.closed[i].merge(t)
		return
	}
	a.closed = append(a.closed, closedDay{day, t})
}

// counts is the stored form of the day's acts; empty for none.
func (t tally) counts() string {
	if t.messages == 0 && t.replies == 0 && t.reactions == 0 && t.socials == 0 {
		return ""
	}
	b := make([]byte, 0, 24)
	for i, n := range []int64{t.messages, t.replies, t.reactions, t.socials} {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(b)
}

func (t *tally) parse(counts string) {
	for _, into := range []*int64{&t.messages, &t.replies, &t.reactions, &t.socials} {
		head, rest, _ := strings.Cut(counts, ",")
		*into, _ = strconv.ParseInt(head, 10, 64) // our own text; empty is nothing
		counts = rest
	}
}
