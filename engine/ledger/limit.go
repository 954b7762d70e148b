package ledger

import (
	"context"
	"strconv"
	"strings"
	"time"

	"laurel/engine/db"
	"laurel/engine/ledger/rule"
)

// marks are when a member was last paid for each limited action: a handful,
// kept as text in the account's row.
type marks []*mark

type mark struct {
	action    string
	paidAt    int64 // microseconds of the latest paid act; 0 means never
	paidToday int64 // paid acts on that day
}

// of is the mark of an action, added when it is missing.
func (m *marks) of(action string) *mark {
	for _, k := range *m {
		if k.action == action {
			return k
		}
	}
	k := &mark{action: action}
	*m = append(*m, k)
	return k
}

// String is the stored form: "action=micros,count;…", to the base 36.
func (m marks) String() string {
	var b []byte
	for _, k := range m {
		if k.paidAt == 0 {
			continue
		}
		b = append(append(b, k.action...), '=')
		b = append(strconv.AppendInt(b, k.paidAt, 36), ',')
		b = append(strconv.AppendInt(b, k.paidToday, 36), ';')
	}
	return string(b)
}

func parseMarks(text string) marks {
	if text == "" {
		return nil
	}
	var out marks
	for part := range strings.SplitSeq(strings.TrimSuffix(text, ";"), ";") {
		action, numbers, _ := strings.Cut(part, "=")
		at, n, _ := strings.Cut(numbers, ",")
		k := &mark{action: action}
		k.paidAt, _ = strconv.ParseInt(at, 36, 64) // written by String: cannot fail
		k.paidToday, _ = strconv.ParseInt(n, 36, 64)
		out = append(out, k)
	}
	return out
}

// markOf is the mark as the rules see it, with its day.
func (b *book) markOf(m *mark) rule.Mark {
	if m.paidAt == 0 {
		return rule.Mark{}
	}
	return rule.Mark{PaidAt: m.paidAt, Day: rule.Day(db.FromMicros(m.paidAt), b.days.zone), PaidToday: m.paidToday}
}

// paidKey is what cooldowns and caps count by.
type paidKey struct{ memberID, action string }

func keyOf(a Act) paidKey { return paidKey{a.Member.ID, a.Action} }

// loadPast reads, for each member and action with an act from before the last
// paid one, the paid acts around it. This is rare: only acts that arrive out
// of order need it, one query a member.
func (b *book) loadPast(ctx context.Context, works []work) error {
	latest := map[paidKey]int64{}
	since := map[paidKey]int64{}
	for _, w := range works {
		if w.act.isField || !rule.IsLimited(w.rule) {
			continue
		}
		key, at := keyOf(w.act), db.Micros(w.act.OccurredAt)
		if last := max(latest[key], b.accounts[key.memberID].marks.of(key.action).paidAt); at < last {
			from := at - reach(w.rule.Cooldown)
			if known, ok := since[key]; !ok || from < known {
				since[key] = from
			}
		}
		latest[key] = max(latest[key], at)
	}
	for key, from := range since {
		paid, err := selectPaid(ctx, b.tx, b.community, key, from, b.days.of)
		if err != nil {
			return err
		}
		if b.past == nil {
			b.past = map[paidKey]rule.History{}
		}
		b.past[key] = paid
	}
	return nil
}

// reach is how far back paid acts can bear on a late one, in microseconds: the
// cooldown or the longest day, and the clocks of callers that run ahead.
func reach(cooldown int64) int64 {
	d := max(time.Duration(cooldown)*time.Second, 25*time.Hour)
	return (d + earlyBy).Microseconds()
}

// remember adds an act that was just paid to the history, where one is kept.
func (b *book) remember(key paidKey, a rule.Act) {
	if paid, ok := b.past[key]; ok {
		b.past[key] = append(paid, a)
	}
}
