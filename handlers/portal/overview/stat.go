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
	weeks, err := arrivals(v)
	if err != nil {
		return err
	}
	p.Stats = append(p.Stats, membership(v.Community.Members, weeks), joined(weeks))
	for _, stat := range []func() (ui.StatProps, error){
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

// arrivals counts who joined in each of the last eight weeks, the oldest first.
func arrivals(v *web.Visit) ([]int64, error) {
	out := make([]int64, 8)
	for i := range out {
		to := v.Now.Add(-time.Duration(len(out)-1-i) * week)
		filter := fmt.Sprintf(`{"join_date":{"gte":%q,"lte":%q}}`, to.Add(-week).Format(time.RFC3339), to.Format(time.RFC3339))
		page, err := v.API.Users().List(v.Ctx(), v.Community.ID, apiclient.UserQuery{Paging: apiclient.Paging{Limit: 1}, Filter: filter})
		if err != nil {
			return nil, err
		}
		out[i] = int64(page.Total)
	}
	return out, nil
}

// membership is how many members there are, and were at the end of each week.
func membership(now int64, weeks []int64) ui.StatProps {
	s := ui.StatProps{Label: "Members", Value: ui.Number(now), Href: link.Members, Note: "in all", Spark: make([]float64, len(weeks))}
	for i, n := range slices.Backward(weeks) {
		s.Spark[i] = float64(now)
		now -= n
	}
	if fresh := weeks[len(weeks)-1]; fresh > 0 {
		s.Change, s.Tone = "+"+ui.Number(fresh), ui.Good
	}
	return s
}

// joined is how many came in the last seven days, beside the seven before.
func joined(weeks []int64) ui.StatProps {
	now, before := weeks[len(weeks)-1], weeks[len(weeks)-2]
	s := ui.StatProps{Label: "Joined", Value: ui.Number(now), Note: "last 7 days", Href: link.Members + "?sort=joined%3Adesc"}
	for _, n := range weeks {
		s.Spark = append(s.Spark, float64(n))
	}
	if before > 0 {
		s.Change, s.Tone = change(now, before)
	}
	return s
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

// embeds counts the widget sessions of the last seven days, beside the seven before.
func embeds(v *web.Visit) (ui.StatProps, error) {
	count := func(from, to time.Time) (int64, error) {
		q := apiclient.EmbedLogQuery{Paging: apiclient.Paging{Limit: 1}, Event: "session", From: from.Format(time.RFC3339), To: to.Format(time.RFC3339)}
		log, err := v.API.Widgets().EmbedLog(v.Ctx(), q)
		return int64(log.Total), err
	}
	now, err := count(v.Now.Add(-week), v.Now.Add(time.Second))
	if err != nil {
		return ui.StatProps{}, err
	}
	before, err := count(v.Now.Add(-2*week), v.Now.Add(-week))
	s := ui.StatProps{Label: "Widget sessions", Value: ui.Number(now), Note: "last 7 days", Href: link.EmbedLog}
	if before > 0 {
		s.Change, s.Tone = change(now, before)
	}
	return s, err
}
