package leaderboard_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// naive is the plain reading of what a board by XP is: all that happened,
// sorted afresh for every question.
type naive struct {
	zone *time.Location
	acts []ledger.Entry
}

// line is one row of standings.
type line struct {
	rank  int
	name  string
	score int64
	at    string
}

// localDate is the date that a calendar on the wall shows: the latest that the
// clock has shown so far, since a day that has begun does not end because the
// clock goes back.
func (n *naive) localDate(t time.Time) time.Time {
	var latest time.Time
	for back := time.Duration(0); back <= 3*time.Hour; back += 15 * time.Minute {
		y, m, d := t.Add(-back).In(n.zone).Date()
		if date := time.Date(y, m, d, 0, 0, 0, 0, time.UTC); date.After(latest) {
			latest = date
		}
	}
	return latest
}

// key names the period of a kind that holds a moment.
func (n *naive) key(p api.Period, t time.Time) string {
	date := n.localDate(t)
	switch p {
	case api.PeriodDaily:
		return date.Format("2006-01-02")
	case api.PeriodWeekly:
		year, week := date.ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	case api.PeriodMonthly:
		return date.Format("2006-01")
	case api.PeriodYearly:
		return date.Format("2006")
	}
	return string(api.PeriodAllTime)
}

// keys lists the periods of a kind in which something happened.
func (n *naive) keys(p api.Period) []string {
	var out []string
	for i := range n.acts {
		if key := n.key(p, n.acts[i].OccurredAt); !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

// standings sums up one period for those who are ranked.
func (n *naive) standings(p api.Period, key string, people []member.Ref, isRanked func(member.Ref) bool) []line {
	type sum struct {
		who   member.Ref
		score int64
		at    time.Time
	}
	sums := map[int64]*sum{}
	for _, a := range n.acts {
		if a.XP == 0 || n.key(p, a.OccurredAt) != key {
			continue
		}
		s := sums[a.MemberNo]
		if s == nil {
			s = &sum{}
			sums[a.MemberNo] = s
		}
		if s.score += a.XP; a.OccurredAt.After(s.at) {
			s.at = a.OccurredAt
		}
	}
	var sorted []*sum
	for _, who := range people {
		if s := sums[who.No]; s != nil && isRanked(who) {
			s.who = who
			sorted = append(sorted, s)
		}
	}
	slices.SortFunc(sorted, func(a, b *sum) int {
		return cmp.Or(cmp.Compare(b.score, a.score), a.at.Compare(b.at), cmp.Compare(a.who.No, b.who.No))
	})
	out := []line{}
	for i, s := range sorted {
		out = append(out, line{i + 1, s.who.Username, s.score, s.at.UTC().Format(time.RFC3339)})
	}
	return out
}

func everybody(member.Ref) bool { return true }

// lines reads a whole period of a board.
func (w *world) lines(t testing.TB, board string, p api.Period, at string) ([]line, api.Standings) {
	t.Helper()
	w.load(t, board)
	got, err := w.s.Standings(t.Context(), w.home, board, api.StandingsQuery{Period: p, At: at, Limit: 100}, "")
	if err != nil {
		t.Fatalf("%s %s: %v", p, at, err)
	}
	out := []line{}
	for _, e := range got.Entries {
		out = append(out, line{e.Rank, e.User.Username, e.Score, e.ReachedAt.UTC().Format(time.RFC3339)})
	}
	return out, got
}

// agree holds every period of the kinds against the model.
func (w *world) agree(t testing.TB, what, board string, n *naive, kinds []api.Period, people []member.Ref, isRanked func(member.Ref) bool) {
	t.Helper()
	for _, p := range kinds {
		for _, key := range n.keys(p) {
			want := n.standings(p, key, people, isRanked)
			got, reply := w.lines(t, board, p, key)
			if !slices.Equal(got, want) || reply.Total != len(want) {
				t.Errorf("%s, %s %s: got %d of %d rows, want %d:\n got %v\nwant %v", what, p, key, len(got), reply.Total, len(want), got, want)
			}
			if isOver := key != n.key(p, w.Now()) && p != api.PeriodAllTime; reply.Closed != isOver {
				t.Errorf("%s, %s %s: closed %v, want %v", what, p, key, reply.Closed, isOver)
			}
		}
	}
}
