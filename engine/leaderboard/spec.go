package leaderboard

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rank"
	"laurel/engine/leaderboard/rule"
)

// spec is what a board means to the engine, worked out once. It is immutable.
type spec struct {
	board    api.Leaderboard
	metric   metric
	calendar period.Calendar
	from, to int64  // window, microseconds UTC
	hash     string // of all that decides scores: with another one the projection is useless
	fields   []string
}

func specOf(b api.Leaderboard) *spec {
	zone := rule.Zone(b.Duration)
	s := &spec{board: b, metric: metricOf(b.RankBy), calendar: period.In(zone), fields: rule.ShownFields(b)}
	s.from, s.to = rule.Window(b.Duration)
	filters := slices.Clone(b.TimeFilters)
	slices.Sort(filters)
	sum := sha256.Sum256(fmt.Append(nil, b.RankBy, zone.String(), s.from, s.to, filters))
	s.hash = hex.EncodeToString(sum[:8])
	return s
}

// sameEngine reports whether standings made for one spec are those of the
// other: only what is shown differs.
func (s *spec) sameEngine(o *spec) bool {
	return s.hash == o.hash && s.board.TieRule == o.board.TieRule && s.includesDummies() == o.includesDummies() &&
		reflect.DeepEqual(s.board.RankedUserRoles, o.board.RankedUserRoles)
}

func (s *spec) includesDummies() bool { return s.board.PerformanceDisplay.ShowDummy.Enabled }

func (s *spec) options() rank.Options {
	switch s.board.TieRule {
	case api.TieCompetition:
		return rank.Options{Tie: rank.Competition}
	case api.TieDense:
		return rank.Options{Tie: rank.Dense}
	case api.TieOrdinal:
		return rank.Options{Tie: rank.Ordinal}
	}
	return rank.Options{}
}

// present is the moment whose periods are the present ones: now, or the last
// instant of a window that is over.
func (s *spec) present(now time.Time) time.Time {
	if now.UnixMicro() >= s.to {
		return time.UnixMicro(s.to - 1).UTC()
	}
	return now
}

// isOver reports whether the window has ended.
func (s *spec) isOver(now time.Time) bool { return now.UnixMicro() >= s.to }

// allows reports whether the board has standings of the period.
func (s *spec) allows(p api.Period) bool { return slices.Contains(s.board.TimeFilters, p) }

// main is the period whose ranks replies to activities carry.
func (s *spec) main() api.Period {
	if s.allows(api.PeriodAllTime) {
		return api.PeriodAllTime
	}
	return s.board.TimeFilters[0]
}

// longest is the period whose size counts as the board's participants.
func (s *spec) longest() api.Period {
	for _, p := range api.Periods() {
		if s.allows(p) {
			return p
		}
	}
	return api.PeriodAllTime
}

// clip is the part of a stretch that lies in the window.
func (s *spec) clip(span period.Span) (from, to int64) {
	return max(span.From, s.from), min(span.To, s.to)
}

// visible is how many rows from the top a board shows of its ranks.
func (s *spec) visible(b *rank.Board) int {
	n := b.Len()
	p := s.board.PerformanceDisplay
	if p.ShowPositive.Enabled {
		n = b.CountBetter(0)
	}
	if p.ShowTop.Enabled {
		n = min(n, p.ShowTop.Value)
	}
	return n
}

// ranked is a standing as outsiders see it: rank 0 where only positive scores count.
func (s *spec) ranked(st rank.Standing) rank.Standing {
	if s.board.PerformanceDisplay.ShowPositive.Enabled && st.Score <= 0 {
		return rank.Standing{}
	}
	return st
}
