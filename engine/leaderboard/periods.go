package leaderboard

import (
	"context"
	"time"

	"laurel/api"
	"laurel/engine/leaderboard/period"
)

// maxPeriods is how many periods of a kind are listed.
const maxPeriods = 400

type periodsInput struct {
	ID     string     `path:"id" doc:"Id or slug"`
	Period api.Period `query:"period" enum:"all-time,daily,weekly,monthly,yearly" doc:"All kinds when missing"`
}

// periods lists the present period of each kind and those before it, back to
// where the window or the community's ledger begins, newest first.
func (s *Service) periods(ctx context.Context, in *periodsInput) ([]api.PeriodInfo, error) {
	l, err := s.seen(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	sp := l.spec.Load()
	if in.Period != "" && !sp.allows(in.Period) {
		return nil, api.InvalidField("period", "is not among the periods of this leaderboard")
	}
	if err := l.await(ctx); err != nil {
		return nil, err
	}
	first, err := firstMoment(ctx, s.k.DB().Read(), l.h.id)
	if err != nil {
		return nil, err
	}
	kept, err := selectPeriods(ctx, s.k.DB().Read(), l.h.id, l.id)
	if err != nil {
		return nil, err
	}
	totals := map[string]int{}
	for _, p := range kept {
		totals[p.key] = p.total
	}
	out := []api.PeriodInfo{}
	for _, p := range api.Periods() {
		if sp.allows(p) && (in.Period == "" || in.Period == p) {
			list, err := l.history(ctx, sp, p, max(first, sp.from), totals)
			if err != nil {
				return nil, err
			}
			out = append(out, list...)
		}
	}
	return out, nil
}

// history lists the periods of one kind; totals has the sizes of the closed
// ones that were written down.
func (l *live) history(ctx context.Context, sp *spec, p api.Period, first int64, totals map[string]int) ([]api.PeriodInfo, error) {
	now := l.h.s.k.Now()
	span := sp.calendar.At(p, sp.present(now))
	var spans []period.Span
	for ok := true; ok && len(spans) < maxPeriods && (len(spans) == 0 || (first != 0 && span.To > first)); span, ok = sp.calendar.Before(span) {
		spans = append(spans, span)
	}
	if err := l.sizes(ctx, sp, spans, totals); err != nil {
		return nil, err
	}
	out := make([]api.PeriodInfo, 0, len(spans))
	for _, span := range spans {
		info := api.PeriodInfo{Period: p, Key: span.Key, Closed: span.To <= now.UnixMicro() || sp.isOver(now), Total: totals[span.Key]}
		info.From, info.To = sp.bounds(span)
		out = append(out, info)
	}
	return out, nil
}

// sizes puts the size of each period into totals: from memory, as it was
// written down, or else by one look through the ledger for all that remain.
func (l *live) sizes(ctx context.Context, sp *spec, spans []period.Span, totals map[string]int) error {
	unknown := map[string]map[uint32]struct{}{}
	l.mu.RLock()
	for _, span := range spans {
		n, known := totals[span.Key]
		if t := l.tracks[span.Key]; t != nil {
			n, known = t.ranks.Len(), true
		} else if m, counted := l.totals[span.Key]; counted && !known {
			n, known = m, true
		}
		if totals[span.Key] = n; !known || (l.tracks[span.Key] == nil && l.stale[span.Key] && l.totals[span.Key] == 0) {
			unknown[span.Key] = map[uint32]struct{}{}
		}
	}
	l.mu.RUnlock()
	if len(unknown) == 0 {
		return nil
	}
	return l.countMembers(ctx, sp, spans[0].Period, unknown, totals)
}

func (l *live) countMembers(ctx context.Context, sp *spec, p api.Period, unknown map[string]map[uint32]struct{}, totals map[string]int) error {
	q := l.h.s.k.DB().Read()
	upTo, err := lastSeq(ctx, q, l.h.id)
	if err != nil {
		return err
	}
	span := sp.calendar.At(p, l.h.s.k.Now())
	err = eachGain(ctx, q, l.h.id, sp.metric, 0, upTo, sp.from, sp.to, func(g gain) {
		if !span.Contains(g.at) {
			span = sp.calendar.At(p, time.UnixMicro(g.at))
		}
		if members := unknown[span.Key]; members != nil && l.ranked(sp, g.member) {
			members[g.member] = struct{}{}
		}
	})
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for key, members := range unknown {
		totals[key] = len(members)
		l.totals[key] = len(members)
	}
	return nil
}
