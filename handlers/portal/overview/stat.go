package overview

import (
	"fmt"
	"slices"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	page "laurel/components/page/overview"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// week is the stretch that headline figures compare.
const week = 7 * 24 * time.Hour

// fillStats are the headline figures, each with a way in.
func fillStats(v *web.Visit, boards []api.Leaderboard, p *page.Props) error {
	p.Stats = append(p.Stats, ui.StatProps{Label: "Members", Value: ui.Number(v.Community.Members), Href: link.Members, Note: "in all"})
	for _, stat := range []func() (ui.StatProps, error){
		func() (ui.StatProps, error) { return joined(v) },
		func() (ui.StatProps, error) { return earning(v, boards) },
		func() (ui.StatProps, error) { return embeds(v) },
	} {
		s, err := stat()
		if err != nil {
			return err
		}
		if s.Label != "" {
			p.Stats = append(p.Stats, s)
		}
	}
	return nil
}

// joined counts the newcomers of the last seven days, up to a hundred.
func joined(v *web.Visit) (ui.StatProps, error) {
	q := apiclient.UserQuery{Paging: apiclient.Paging{Limit: 100}, Sort: "createdAt:desc"}
	users, err := v.API.Users().List(v.Ctx(), v.Community.ID, q)
	if err != nil {
		return ui.StatProps{}, err
	}
	n := 0
	for _, u := range users.Items {
		if v.Now.Sub(u.CreatedAt.Time) < week {
			n++
		}
	}
	value := ui.Number(int64(n))
	if n == q.Limit {
		value += "+"
	}
	return ui.StatProps{Label: "Joined", Value: value, Note: "last 7 days", Href: link.Members + "?sort=joined%3Adesc"}, nil
}

// earning tells how many members the first weekly board ranks, beside the weeks
// before; nothing without such a board.
func earning(v *web.Visit, boards []api.Leaderboard) (ui.StatProps, error) {
	i := slices.IndexFunc(boards, func(b api.Leaderboard) bool { return slices.Contains(b.TimeFilters, api.PeriodWeekly) })
	if i < 0 {
		return ui.StatProps{}, nil
	}
	periods, err := v.API.Leaderboards().Periods(v.Ctx(), boards[i].ID, api.PeriodWeekly)
	if api.IsKind(err, api.Unavailable) || err == nil && len(periods) == 0 {
		return ui.StatProps{}, nil
	}
	if err != nil {
		return ui.StatProps{}, err
	}
	s := ui.StatProps{Label: "Earned points", Note: "this week", Href: link.Board(boards[i].ID) + "?period=weekly"}
	var present int64
	var before []int64 // newest first
	for _, p := range periods {
		if p.Closed {
			before = append(before, int64(p.Total))
		} else {
			present = int64(p.Total)
		}
	}
	s.Value = ui.Number(present)
	for _, n := range slices.Backward(before[:min(8, len(before))]) {
		s.Spark = append(s.Spark, float64(n))
	}
	s.Spark = append(s.Spark, float64(present))
	if len(before) > 0 && before[0] > 0 {
		s.Change, s.Tone = change(present, before[0])
		s.Note = "this week, so far"
	}
	return s, nil
}

// change is the difference in per cent.
func change(now, before int64) (string, ui.Tone) {
	percent := float64(now-before) / float64(before) * 100
	tone := ui.Good
	if percent < 0 {
		tone = ui.Neutral
	}
	return fmt.Sprintf("%+.1f %%", percent), tone
}

// embeds counts the widget sessions of the embed log.
func embeds(v *web.Visit) (ui.StatProps, error) {
	log, err := v.API.Widgets().EmbedLog(v.Ctx(), apiclient.EmbedLogQuery{Paging: apiclient.Paging{Limit: 1}, Event: "session"})
	return ui.StatProps{Label: "Widget sessions", Value: ui.Number(int64(log.Total)), Note: "in all", Href: link.EmbedLog}, err
}
