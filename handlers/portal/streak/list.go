// Package streak holds the portal's handlers of streaks.
package streak

import (
	"errors"
	"net/url"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/streak"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// latest is how many logs stand beside a streak.
const latest = 8

// List is the page of all streaks.
func List(v *web.Visit) error {
	list, err := v.API.Streaks().List(v.Ctx(), apiclient.Paging{Limit: 100})
	if err != nil {
		return err
	}
	p := page.ListProps{PortalProps: v.Portal("Streaks", layout.PlaceStreaks)}
	for _, s := range list.Items {
		r, err := row(v, s)
		if err != nil {
			return err
		}
		p.List = append(p.List, r)
	}
	logs, err := v.API.Streaks().Logs(v.Ctx(), apiclient.StreakLogQuery{Paging: apiclient.Paging{Limit: latest}})
	if err != nil {
		return err
	}
	p.Logs = logsOf(logs.Items, list.Items)
	return v.Page(page.List(p))
}

func row(v *web.Visit, s api.Streak) (page.Row, error) {
	who, err := v.API.Streaks().Members(v.Ctx(), s.ID, apiclient.Paging{Limit: 1})
	r := page.Row{Name: s.Name, Href: link.StreakEdit(s.ID), Says: label.StreakSays(s), About: *s.Description, Who: ui.Count(int64(who.Total), "member takes part", "members take part"),
		State: ui.BadgeProps{Text: "On", Tone: ui.Good, Dot: true}}
	if !*s.IsEnabled {
		r.State = ui.BadgeProps{Text: "Off"}
	}
	if n := len(s.Milestones); n > 0 {
		r.Pays = ui.Count(int64(n), "milestone", "milestones")
	}
	return r, err
}

// logsOf are logs as lines; streaks name theirs.
func logsOf(list []api.StreakLog, streaks []api.Streak) []page.Log {
	of := map[string]api.Streak{}
	for _, s := range streaks {
		of[s.ID] = s
	}
	out := make([]page.Log, len(list))
	for i, l := range list {
		t := api.StreakTimeframe{Count: 1}
		if s, ok := of[l.StreakID]; ok {
			t = *s.Timeframe
		}
		out[i] = page.Log{Who: ui.PersonProps{Name: l.Username, Href: link.Member(l.UserID)}, Streak: of[l.StreakID].Name, Day: label.Day(l.Date, time.DateOnly, "2 Jan 2006"),
			State: label.StreakStatus(l.Status), Count: label.StreakLength(l.Count, t), Pays: label.StreakReward(l.Reward)}
	}
	return out
}

// Logs is the page of what became of periods; ?user=, ?streak=, ?status=,
// ?from= and ?to= narrow it.
func Logs(v *web.Visit) error {
	list, err := v.API.Streaks().List(v.Ctx(), apiclient.Paging{Limit: 100})
	if err != nil {
		return err
	}
	p := page.LogsProps{PortalProps: v.Portal("Streak logs", layout.PlaceStreaks, ui.Link{Label: "Streaks", Href: link.StreakList}, ui.Link{Label: "Logs"}),
		User: v.Query("user"), From: v.Query("from"), To: v.Query("to"), Streaks: web.Choices(names(list.Items), v.Query("streak")),
		Statuses: web.Choices([]ui.Pair{{Value: "Every status"}, {Name: api.StreakCompleted, Value: "Completed"}, {Name: api.StreakMissed, Value: "Missed"}, {Name: api.StreakFrozen, Value: "Day off"}, {Name: api.StreakRepaired, Value: "Repaired"}}, v.Query("status"))}
	filters := v.Filters("user", "streak", "status", "from", "to", "limit")
	p.Filtered = filtered(filters)
	found, err := v.API.Streaks().Logs(v.Ctx(), apiclient.StreakLogQuery{Paging: v.Paging(), User: p.User, StreakID: v.Query("streak"), Status: v.Query("status"), From: p.From, To: p.To})
	var refused *api.Error
	if errors.As(err, &refused) && (refused.Kind == api.NotFound || refused.Kind == api.Invalid) {
		p.Fault, err = refused.Message, nil
	}
	if err != nil {
		return err
	}
	found.Limit = v.Paging().Limit
	p.Rows, p.Pagination = logsOf(found.Items, list.Items), web.Pages(found, link.StreakLogs, "logs", filters)
	return v.Page(page.Logs(p))
}

func filtered(f url.Values) bool {
	for name := range f {
		if name != "limit" {
			return true
		}
	}
	return false
}

func names(list []api.Streak) []ui.Pair {
	out := []ui.Pair{{Value: "Every streak"}}
	for _, s := range list {
		out = append(out, ui.Pair{Name: s.ID, Value: s.Name})
	}
	return out
}
