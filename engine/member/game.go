package member

import (
	"context"
	"time"

	"laurel/api"
	"laurel/engine/rest"
)

// GameQuery narrows the games that a member played; zero times do not.
type GameQuery struct {
	From, To    time.Time
	Page, Limit int
}

type miniGameInput struct{ Body api.MiniGameQuery }

func (in *miniGameInput) query() (q GameQuery, err error) {
	q = GameQuery{Page: max(in.Body.Page, 1), Limit: in.Body.Limit}
	if q.Limit == 0 {
		q.Limit = 20
	}
	for _, edge := range []struct {
		field, text string
		into        *time.Time
	}{{"from", in.Body.From, &q.From}, {"to", in.Body.To, &q.To}} {
		if edge.text == "" {
			continue
		}
		if *edge.into, err = api.ParseTime(edge.text); err != nil {
			return q, api.InvalidField(edge.field, "must be an RFC 3339 time or a date")
		}
	}
	if !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To) {
		err = api.InvalidField("to", "must be after from")
	}
	return q, err
}

// miniGameLogs lists what a member played: nothing as long as no game exists.
func (s *Service) miniGameLogs(ctx context.Context, in *miniGameInput) (api.MiniGamePage, error) {
	cid := rest.CallerOf(ctx).CommunityID
	q, err := in.query()
	if err != nil {
		return api.MiniGamePage{}, err
	}
	ref, err := s.resolveLive(ctx, cid, in.Body.Email)
	out := api.MiniGamePage{Logs: []api.MiniGameLog{}, Page: q.Page, Limit: q.Limit}
	if err != nil || s.GameLogs == nil {
		return out, err
	}
	logs, total, err := s.GameLogs(ctx, cid, ref, q)
	if logs != nil {
		out.Logs = logs
	}
	out.Total = total
	return out, err
}

// miniGameStats is where a member stands in games and streaks: nowhere as long
// as none exists.
func (s *Service) miniGameStats(ctx context.Context, in *miniGameInput) (api.MiniGameStats, error) {
	cid := rest.CallerOf(ctx).CommunityID
	ref, err := s.resolveLive(ctx, cid, in.Body.Email)
	out := api.MiniGameStats{Wheel: map[string]any{}, Streaks: []api.MiniGameStreak{}}
	if err != nil || s.GameStats == nil {
		return out, err
	}
	err = s.GameStats(ctx, cid, ref, &out)
	return out, err
}
