package leaderboard

import (
	"context"
	"math"
	"slices"
	"sort"
	"time"

	"laurel/api"
	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rank"
	"laurel/engine/ledger/rule"
)

var errNotRanked = api.NewError(api.NotFound, "not_ranked", "The member is not ranked in this period.")

// Standings reads a page of a board's rows by its id or slug; memberID, when
// given, adds the member's own row. It asks nobody's permission. Errors:
// NotFound, Invalid on period or at, Unavailable board_loading.
func (s *Service) Standings(ctx context.Context, communityID, boardID string, q api.StandingsQuery, memberID string) (api.Standings, error) {
	l, err := s.find(ctx, communityID, boardID)
	if err != nil {
		return api.Standings{}, err
	}
	var found []uint32
	if q.Search != "" {
		if found, err = membersNamed(ctx, s.k.DB().Read(), communityID, q.Search); err != nil {
			return api.Standings{}, err
		}
	}
	me, err := s.numberOf(ctx, communityID, memberID)
	if err != nil {
		return api.Standings{}, err
	}
	return l.standings(ctx, q, me, func(v *view) error {
		limit := q.Limit
		if limit <= 0 {
			limit = 20
		}
		offset := (max(q.Page, 1) - 1) * min(limit, 100)
		if q.Search != "" {
			v.search(found, offset, min(limit, 100))
		} else {
			v.page(offset, min(limit, 100))
		}
		return nil
	})
}

// numberOf is a member's number; 0 for nobody.
func (s *Service) numberOf(ctx context.Context, communityID, memberID string) (uint32, error) {
	if memberID == "" {
		return 0, nil
	}
	who, err := s.members.Resolve(ctx, communityID, memberID)
	return uint32(who.No), err
}

// view is what one reading takes from a board, held still meanwhile.
type view struct {
	sp      *spec
	track   *track
	out     api.Standings
	rows    []rank.Standing
	me      rank.Standing // the asking member's own; zero when there is none
	meNo    uint32
	morning map[uint32]int
}

// standings waits for the board, reads rows while nothing moves, and then
// puts names to them.
func (l *live) standings(ctx context.Context, q api.StandingsQuery, me uint32, read func(*view) error) (api.Standings, error) {
	if err := l.await(ctx); err != nil {
		return api.Standings{}, err
	}
	sp, now := l.spec.Load(), l.h.s.k.Now()
	span, err := sp.asked(q, now)
	if err != nil {
		return api.Standings{}, err
	}
	v := &view{sp: sp, meNo: me}
	for try := 0; v.track == nil; try++ {
		if try == 3 {
			return api.Standings{}, errLoading
		}
		if err := l.look(ctx, v, span, now, read); err != nil {
			return api.Standings{}, err
		}
	}
	return l.dress(ctx, v)
}

// look reads the rows of a period; the view has no track when the period is
// to be brought into memory first.
func (l *live) look(ctx context.Context, v *view, span period.Span, now time.Time, read func(*view) error) error {
	l.mu.RLock()
	if l.state == ready && now.UnixMicro() >= l.until {
		l.mu.RUnlock()
		l.mu.Lock()
		if l.state == ready {
			l.roll(v.sp, now)
		}
		l.mu.Unlock()
		l.mu.RLock()
	}
	if l.state != ready {
		l.mu.RUnlock()
		return errLoading
	}
	t := l.tracks[span.Key]
	if t == nil {
		begun := span.From <= v.sp.present(now).UnixMicro()
		l.mu.RUnlock()
		return l.missing(ctx, v, span, begun, read)
	}
	defer l.mu.RUnlock()
	v.open(l, t, now)
	return read(v)
}

// missing brings a closed period into memory; one that is still to come, or
// lies outside of the window, is empty.
func (l *live) missing(ctx context.Context, v *view, span period.Span, begun bool, read func(*view) error) error {
	if from, to := v.sp.clip(span); begun && from < to {
		return l.closedTrack(ctx, v.sp, span)
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	v.open(l, newTrack(span, v.sp.options()), l.h.s.k.Now())
	return read(v)
}

func (v *view) open(l *live, t *track, now time.Time) {
	v.track, v.morning = t, t.morning.ranks
	t.used.Store(now.UnixMicro())
	v.out = api.Standings{
		LeaderboardID: l.id, Period: t.span.Period, PeriodKey: t.span.Key, Revision: l.revision, AsOf: api.At(now),
		Closed: t.span.To <= now.UnixMicro() || v.sp.isOver(now), Total: v.sp.visible(t.ranks), Entries: []api.Entry{},
	}
	v.out.From, v.out.To = v.sp.bounds(t.span)
	if v.meNo != 0 {
		v.me, _ = t.ranks.Standing(v.meNo)
		v.me = v.sp.ranked(v.me)
	}
}

// bounds is the part of a stretch in which the board counts, as replies show it.
func (s *spec) bounds(span period.Span) (from, to *api.Time) {
	start, end := s.clip(span)
	if start != math.MinInt64 {
		from = api.AtPtr(time.UnixMicro(start))
	}
	if end != math.MaxInt64 {
		to = api.AtPtr(time.UnixMicro(end))
	}
	return from, to
}

// asked is the period that a query means: by default the first allowed one, now.
func (s *spec) asked(q api.StandingsQuery, now time.Time) (period.Span, error) {
	p := q.Period
	if p == "" {
		p = s.board.TimeFilters[0]
		if of, ok := period.Of(q.At); ok && s.allows(of) {
			p = of
		}
	}
	if !s.allows(p) {
		return period.Span{}, api.InvalidField("period", "is not among the periods of this leaderboard")
	}
	if q.At == "" {
		return s.calendar.At(p, s.present(now)), nil
	}
	span, err := s.calendar.Parse(p, q.At)
	if err != nil {
		return span, api.InvalidField("at", "must be a key of the period, such as 2026-W48, a date or a time")
	}
	return span, nil
}

func (v *view) page(offset, limit int) {
	v.rows = v.track.ranks.Page(offset, max(0, min(limit, v.out.Total-offset)))
}

// search shows those of the members found who stand on the board.
func (v *view) search(found []uint32, offset, limit int) {
	shown := v.out.Total
	v.rows = v.rows[:0]
	for _, no := range found {
		st, ok := v.track.ranks.Standing(no)
		if ok && v.sp.ranked(st).IsRanked() && (st.Rank <= shown || !v.sp.board.PerformanceDisplay.ShowTop.Enabled) {
			v.rows = append(v.rows, st)
		}
	}
	sort.Slice(v.rows, func(i, j int) bool {
		a, b := v.rows[i], v.rows[j]
		return a.Rank < b.Rank || (a.Rank == b.Rank && a.Member < b.Member)
	})
	v.out.Total = len(v.rows)
	from := min(len(v.rows), offset)
	v.rows = v.rows[from:min(len(v.rows), from+limit)]
}

// around shows n rows with the member among them; alone, when it stands below
// the rows that the board shows.
func (v *view) around(no uint32, n int) error {
	st, ok := v.track.ranks.Standing(no)
	if !ok || !v.sp.ranked(st).IsRanked() {
		return errNotRanked
	}
	v.rows = v.track.ranks.Around(no, n)
	if len(v.rows) == 0 {
		return errNotRanked
	}
	shown := v.out.Total
	if shown == v.track.ranks.Len() {
		return nil
	}
	at := slices.IndexFunc(v.rows, func(r rank.Standing) bool { return r.Member == no })
	place, _ := v.track.ranks.Place(no)
	if place > shown {
		v.rows = []rank.Standing{st}
		return nil
	}
	first := max(1, min(place-at, shown-n+1))
	v.rows = v.track.ranks.Page(first-1, min(n, shown-first+1))
	return nil
}

// dress puts names and wallets to the rows.
func (l *live) dress(ctx context.Context, v *view) (api.Standings, error) {
	nos := make([]uint32, len(v.rows), len(v.rows)+1)
	for i, st := range v.rows {
		nos[i] = st.Member
	}
	if v.me.IsRanked() {
		nos = append(nos, v.me.Member)
	}
	faces, err := l.h.faces.of(ctx, nos)
	if err != nil || len(nos) == 0 {
		return v.out, err
	}
	info, err := l.h.s.ledgers.TierInfo(ctx, l.h.id)
	if err != nil {
		return v.out, err
	}
	v.out.Entries = make([]api.Entry, len(v.rows))
	for i, st := range v.rows {
		v.out.Entries[i] = v.row(st, &faces[i], &info)
		l.decorate(ctx, &v.out.Entries[i], &faces[i])
	}
	if v.me.IsRanked() {
		me := v.row(v.me, &faces[len(v.rows)], &info)
		l.decorate(ctx, &me, &faces[len(v.rows)])
		v.out.Me = &me
	}
	return v.out, nil
}

// decorate puts the badges beside a row's name.
func (l *live) decorate(ctx context.Context, e *api.Entry, f *face) {
	if f.badges != "" && l.h.s.BadgeFaces != nil {
		e.User.Badges = l.h.s.BadgeFaces(ctx, l.h.id, f.badges)
	}
}

func (v *view) row(st rank.Standing, f *face, info *api.TierInfo) api.Entry {
	e := api.Entry{
		Rank: st.Rank, PreviousRank: v.morning[st.Member], Score: st.Score, ReachedAt: api.At(time.UnixMicro(st.At)),
		User: f.user, XP: f.xp, Coins: f.coins, IsMe: v.meNo != 0 && st.Member == v.meNo,
	}
	e.Level, e.Tier = standOf(info, rule.Standing(info.Demotion.Rule, f.xp, f.shift))
	e.Fields = f.chosen(v.sp.fields)
	return e
}

// standOf is the level and tier of a member with the XP.
func standOf(info *api.TierInfo, xp int64) (level int, tier string) {
	level = sort.Search(len(info.Levels), func(i int) bool { return info.Levels[i].MinXP > xp })
	for i := range info.Tiers {
		if level >= info.Tiers[i].FromLevel && level <= info.Tiers[i].ToLevel {
			return level, info.Tiers[i].Name
		}
	}
	return level, ""
}
