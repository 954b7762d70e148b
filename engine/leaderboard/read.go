package leaderboard

import (
	"context"
	"math"
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rank"
	"laurel/engine/leaderboard/rule"
)

// Standings reads a page of a board's rows; memberID, when given, adds the
// member's own row. Errors: NotFound, Invalid, Unavailable board_loading.
func (s *Service) Standings(ctx context.Context, communityID, boardID string, q api.StandingsQuery, memberID string) (api.Standings, error) {
	v, err := s.view(ctx, communityID, boardID, q)
	if err != nil {
		return api.Standings{}, err
	}
	rows, total, err := v.page(ctx, q)
	if err != nil {
		return api.Standings{}, err
	}
	out := v.standings(total)
	if out.Entries, err = v.rows(ctx, rows, memberID); err != nil || memberID == "" {
		return out, err
	}
	out.Me, err = v.me(ctx, memberID)
	return out, err
}

// view is one period of a board, held still for one reading.
type view struct {
	s        *Service
	r        *running
	b        *api.Leaderboard
	st       *stretch
	revision int64
	version  int64
}

func (s *Service) view(ctx context.Context, communityID, boardID string, q api.StandingsQuery) (*view, error) {
	b, err := s.Board(ctx, communityID, boardID)
	if err != nil {
		return nil, err
	}
	if !b.Enabled {
		return nil, api.NewError(api.Conflict, "leaderboard_disabled", "The leaderboard is switched off.")
	}
	r := s.running(b)
	if err := r.ready(ctx); err != nil {
		return nil, err
	}
	span, err := r.asked(&b, q, s.k.Now())
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	st, err := r.stretch(ctx, span)
	return &view{s, r, &b, st, r.revision.Load(), s.people.version.Load()}, err
}

// asked is the period that a query means: by default the first allowed one, now.
func (r *running) asked(b *api.Leaderboard, q api.StandingsQuery, now time.Time) (period.Span, error) {
	p := q.Period
	if p == "" {
		p = b.TimeFilters[0]
		if of, ok := period.Of(q.At); ok && q.At != "" && slices.Contains(b.TimeFilters, of) {
			p = of
		}
	}
	if !slices.Contains(b.TimeFilters, p) {
		return period.Span{}, api.InvalidField("period", "is not among the periods of this leaderboard")
	}
	if q.At == "" {
		return r.spanAt(p, now), nil
	}
	span, err := r.calendar.Parse(p, q.At)
	if err != nil {
		return span, api.InvalidField("at", "must be a key of the period, such as 2026-W48, a date or a time")
	}
	return span, nil
}

// visible is how many members the board shows of those it ranks.
func (v *view) visible() int {
	n := v.st.ranks.Len()
	if v.b.PerformanceDisplay.ShowPositive.Enabled {
		n = min(n, v.st.ranks.CountBetter(0))
	}
	if top := v.b.PerformanceDisplay.ShowTop; top.Enabled {
		n = min(n, top.Value)
	}
	return n
}

func (v *view) page(ctx context.Context, q api.StandingsQuery) ([]rank.Standing, int, error) {
	if q.Search != "" {
		return v.search(ctx, q)
	}
	total, offset := v.visible(), (max(q.Page, 1)-1)*limitOf(q)
	return v.st.ranks.Page(offset, max(0, min(limitOf(q), total-offset))), total, nil
}

func limitOf(q api.StandingsQuery) int {
	if q.Limit <= 0 {
		return 20
	}
	return min(q.Limit, 100)
}

func (v *view) search(ctx context.Context, q api.StandingsQuery) ([]rank.Standing, int, error) {
	nos, err := named(ctx, v.s.k.DB().Read(), v.b.CommunityID, q.Search)
	if err != nil {
		return nil, 0, err
	}
	var found []rank.Standing
	for _, no := range nos {
		if st, ok := v.st.ranks.Standing(uint32(no)); ok { //nolint:gosec // member numbers count up from 1
			found = append(found, st)
		}
	}
	slices.SortFunc(found, func(a, b rank.Standing) int { return a.Rank - b.Rank })
	from := min(len(found), (max(q.Page, 1)-1)*limitOf(q))
	return found[from:min(len(found), from+limitOf(q))], len(found), nil
}

func (v *view) standings(total int) api.Standings {
	now, span := v.s.k.Now(), v.st.span
	out := api.Standings{LeaderboardID: v.b.ID, Period: span.Period, PeriodKey: span.Key, Revision: v.revision, AsOf: api.At(now), Total: total, Entries: []api.Entry{}}
	if span.From != math.MinInt64 {
		out.From, out.To = api.AtPtr(time.UnixMicro(span.From)), api.AtPtr(time.UnixMicro(span.To))
		out.Closed = span.To <= now.UnixMicro()
	}
	return out
}

// rows puts names and wallets to standings.
func (v *view) rows(ctx context.Context, standings []rank.Standing, memberID string) ([]api.Entry, error) {
	nos := make([]int64, len(standings))
	for i, st := range standings {
		nos[i] = int64(st.Member)
	}
	known, err := v.s.people.of(ctx, v.b.CommunityID, nos)
	if err != nil {
		return nil, err
	}
	fields := rule.ShownFields(*v.b)
	out := make([]api.Entry, 0, len(standings))
	for _, st := range standings {
		out = append(out, v.row(st, known[int64(st.Member)], fields, memberID))
	}
	return out, nil
}

func (v *view) row(st rank.Standing, p person, fields []string, memberID string) api.Entry {
	e := api.Entry{
		Rank: st.Rank, PreviousRank: v.st.morning[st.Member], Score: st.Score, ReachedAt: api.At(time.UnixMicro(st.At)),
		User: api.EntryUser{ID: p.ID, Number: p.No, Username: p.Username, DisplayName: p.DisplayName, Avatar: p.Avatar},
		XP:   p.wallet.XP, Coins: p.wallet.Coins, Level: p.wallet.Level, IsMe: memberID != "" && p.ID == memberID,
	}
	if p.wallet.Tier != nil {
		e.Tier = p.wallet.Tier.Name
	}
	for _, key := range fields {
		if value, ok := p.Fields[key]; ok {
			if e.Fields == nil {
				e.Fields = map[string]string{}
			}
			e.Fields[key] = value
		}
	}
	return e
}

// me is a member's own row wherever it stands; nil when the member is not ranked.
func (v *view) me(ctx context.Context, memberID string) (*api.Entry, error) {
	who, err := v.s.members.Resolve(ctx, v.b.CommunityID, memberID)
	if err != nil {
		return nil, err
	}
	st, ok := v.st.ranks.Standing(uint32(who.No)) //nolint:gosec // member numbers count up from 1
	if !ok || (v.b.PerformanceDisplay.ShowPositive.Enabled && st.Score <= 0) {
		return nil, nil //nolint:nilnil // not ranked is an answer
	}
	rows, err := v.rows(ctx, []rank.Standing{st}, memberID)
	if err != nil {
		return nil, err
	}
	return &rows[0], nil
}

// around reads a member's exact rank with n rows in all around it.
func (s *Service) around(ctx context.Context, communityID, boardID, user string, q api.StandingsQuery, n int, memberID string) (api.Standings, error) {
	who, err := s.members.Resolve(ctx, communityID, user)
	if err != nil {
		return api.Standings{}, err
	}
	v, err := s.view(ctx, communityID, boardID, q)
	if err != nil {
		return api.Standings{}, err
	}
	no := uint32(who.No) //nolint:gosec // member numbers count up from 1
	if _, ok := v.st.ranks.Rank(no); !ok {
		return api.Standings{}, api.NewError(api.NotFound, "not_ranked", "The member is not ranked in this period.")
	}
	out := v.standings(v.visible())
	if out.Entries, err = v.rows(ctx, v.st.ranks.Around(no, n), memberID); err != nil {
		return out, err
	}
	for i := range out.Entries {
		if out.Entries[i].User.ID == who.ID {
			out.Me = &out.Entries[i]
		}
	}
	return out, nil
}

// periods lists the present periods and those that are over.
func (s *Service) periods(ctx context.Context, communityID, boardID string, only api.Period) ([]api.PeriodInfo, error) {
	b, err := s.Board(ctx, communityID, boardID)
	if err != nil {
		return nil, err
	}
	r := s.running(b)
	if err := r.ready(ctx); err != nil {
		return nil, err
	}
	if err := r.flush(ctx); err != nil {
		return nil, err
	}
	spans, err := readPeriods(ctx, s.k.DB().Read(), communityID, b.ID)
	out, now := []api.PeriodInfo{}, s.k.Now().UnixMicro()
	for _, sp := range spans {
		if only != "" && sp.Period != only {
			continue
		}
		info := api.PeriodInfo{Period: sp.Period, Key: sp.Key, Total: sp.total, Closed: sp.To <= now}
		if sp.From != math.MinInt64 {
			info.From, info.To = api.AtPtr(time.UnixMicro(sp.From)), api.AtPtr(time.UnixMicro(sp.To))
		}
		out = append(out, info)
	}
	return out, err
}

// preview shows what the top ten of a draft would be; nothing is kept.
func (s *Service) preview(ctx context.Context, b api.Leaderboard) (api.Standings, error) {
	b.ID, b.Enabled = api.NewID(), true
	r := newRunning(s, b)
	if err := r.loadOut(ctx, &b); err != nil {
		return api.Standings{}, err
	}
	l := loader{r: r, b: &b, scores: map[string]map[uint32]rank.Entry{}, spans: map[string]period.Span{}, fresh: true, crossed: true}
	if _, err := l.tail(ctx, 0); err != nil {
		return api.Standings{}, err
	}
	span := r.spanAt(b.TimeFilters[0], s.k.Now())
	st := r.newStretch(span)
	if err := st.ranks.Load(entriesOf(l.scores[span.Key])); err != nil {
		return api.Standings{}, err
	}
	v := &view{s: s, r: r, b: &b, st: st}
	rows, total, err := v.page(ctx, api.StandingsQuery{Page: 1, Limit: 10})
	if err != nil {
		return api.Standings{}, err
	}
	out := v.standings(total)
	out.Entries, err = v.rows(ctx, rows, "")
	return out, err
}
