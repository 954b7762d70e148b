// Package place finds where a member stands: on boards, on the ladder of tiers
// and in the ledger, for the portal and the member area alike.
package place

import (
	"golang.org/x/sync/errgroup"

	"laurel/api"
	"laurel/apiclient"
	"laurel/handlers/web"
)

// Place is a member's place on one board in the board's first period.
type Place struct {
	Board  api.Leaderboard
	Period api.Period
	Own    api.Entry // rank 0 when unranked
	Of     int       // members ranked
	ToNext int64     // points to the better neighbour; 0 when leading or unranked
}

// neighbours is how many rows are asked for to find the better neighbour.
const neighbours = 3

// On asks for a member's place on each board, side by side. A board that is
// still loading counts as one without the member.
func On(v *web.Visit, boards []api.Leaderboard, user string) ([]Place, error) {
	out := make([]Place, len(boards))
	group, ctx := errgroup.WithContext(v.Ctx())
	group.SetLimit(8)
	for i, b := range boards {
		out[i] = Place{Board: b, Period: First(b)}
		group.Go(func() error {
			s, err := v.API.Leaderboards().Around(ctx, b.ID, user, out[i].Period, neighbours)
			if api.IsKind(err, api.NotFound) || api.IsKind(err, api.Unavailable) || api.IsKind(err, api.Forbidden) {
				return nil
			}
			if err == nil {
				out[i].read(s, user)
			}
			return err
		})
	}
	return out, group.Wait()
}

func (p *Place) read(s api.Standings, user string) {
	p.Of = s.Total
	own, ok := Own(s, user)
	if !ok {
		return
	}
	p.Own = own
	p.ToNext = ToNext(s, own)
}

// Own finds a member's row in a page of standings.
func Own(s api.Standings, user string) (api.Entry, bool) {
	if s.Me != nil && s.Me.User.ID == user {
		return *s.Me, s.Me.Rank > 0
	}
	for _, e := range s.Entries {
		if e.User.ID == user {
			return e, e.Rank > 0
		}
	}
	return api.Entry{}, false
}

// ToNext is how many points a row is short of the next better one among the
// same standings; 0 when none of them is better.
func ToNext(s api.Standings, own api.Entry) int64 {
	var short int64
	for _, e := range s.Entries {
		if e.Rank > 0 && e.Rank < own.Rank {
			short = max(e.Score-own.Score, 1) // the last one is the nearest
		}
	}
	return short
}

// First is the period that a board shows unless another is asked for.
func First(b api.Leaderboard) api.Period {
	if len(b.TimeFilters) == 0 {
		return api.PeriodAllTime
	}
	return b.TimeFilters[0]
}

// Boards are the enabled boards that the visitor may see, in their order, at
// most limit of them.
func Boards(v *web.Visit, limit int) ([]api.Leaderboard, error) {
	list, err := v.API.Leaderboards().List(v.Ctx(), apiclient.BoardQuery{Paging: apiclient.Paging{Limit: 100}, Sort: "displayOrder:asc"})
	if err != nil {
		return nil, err
	}
	var out []api.Leaderboard
	for _, b := range list.Items {
		if b.Enabled && len(out) < limit {
			out = append(out, b)
		}
	}
	return out, nil
}
