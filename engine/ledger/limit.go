package ledger

import (
	"context"
	"time"

	"laurel/engine/db"
	"laurel/engine/ledger/rule"
)

// loadMarks reads when the acting members were last paid, and for acts from
// before that the paid acts around them.
func (b *book) loadMarks(ctx context.Context, works []work) error {
	seen := map[string]bool{}
	var ids []string
	for _, w := range works {
		if w.act.isField || !rule.IsLimited(w.rule) {
			continue
		}
		b.marks[markKey{w.act.Member.ID, w.act.Action}] = &mark{}
		if !seen[w.act.Member.ID] {
			seen[w.act.Member.ID] = true
			ids = append(ids, w.act.Member.ID)
		}
	}
	err := b.s.sql.selectMarks(ctx, b.tx, b.community, ids, func(k keyedMark) {
		if m := b.marks[k.markKey]; m != nil {
			m.Mark = k.Mark
		}
	})
	if err != nil {
		return err
	}
	return b.loadPast(ctx, works)
}

// loadPast reads the history of each member and action with a late act. This
// is rare: only acts that arrive out of order need it, one query a member.
func (b *book) loadPast(ctx context.Context, works []work) error {
	latest := map[markKey]int64{}
	since := map[markKey]int64{}
	for _, w := range works {
		key := markKey{w.act.Member.ID, w.act.Action}
		m := b.marks[key]
		if m == nil {
			continue
		}
		at := db.Micros(w.act.OccurredAt)
		if last := max(latest[key], m.PaidAt); at < last {
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
			b.past = map[markKey]rule.History{}
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
func (b *book) remember(key markKey, a rule.Act) {
	if paid, ok := b.past[key]; ok {
		b.past[key] = append(paid, a)
	}
}
