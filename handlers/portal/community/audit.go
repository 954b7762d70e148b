// Package community holds the portal's handlers of the community itself: the
// audit log, the mail outbox, settings and team.
package community

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/audit"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Audit is the log of who changed what.
func Audit(v *web.Visit) error {
	log, err := v.API.Communities().AuditLog(v.Ctx(), v.Community.ID, auditQuery(v))
	if err != nil {
		return err
	}
	actors, err := actors(v)
	if err != nil {
		return err
	}
	p := page.Props{
		PortalProps: v.Portal("Audit log", layout.PlaceAudit), Search: v.Query("search"), From: day(v.Query("from")), To: day(v.Query("to")),
		Actors: web.Choices(actors, v.Query("actor")), Actions: web.Choices(targets(), v.Query("action")),
		Pagination: web.Pages(log, link.Audit, "changes", v.Filters("search", "actor", "action", "target", "from", "to", "limit")),
	}
	for _, e := range log.Items {
		p.Rows = append(p.Rows, auditRow(v, e))
	}
	return v.Page(page.Page(p))
}

// auditQuery is what the address asks of the log. Days are those of the
// community; the last one is included.
func auditQuery(v *web.Visit) apiclient.AuditQuery {
	q := apiclient.AuditQuery{
		Paging: v.Paging(), Search: v.Query("search"), ActorID: v.Query("actor"), TargetID: v.Query("target"), Action: v.Query("action"),
	}
	if from, err := time.ParseInLocation(time.DateOnly, v.Query("from"), v.Zone()); err == nil {
		q.From = from.UTC().Format(time.RFC3339)
	}
	if to, err := time.ParseInLocation(time.DateOnly, v.Query("to"), v.Zone()); err == nil {
		q.To = to.AddDate(0, 0, 1).UTC().Format(time.RFC3339)
	}
	return q
}

// day keeps a typed day when it is one.
func day(text string) string {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return ""
	}
	return text
}

// actors are the people of the team.
func actors(v *web.Visit) ([]ui.Pair, error) {
	team, err := team(v)
	out := []ui.Pair{{Value: "Everybody"}}
	for _, u := range team {
		out = append(out, ui.Pair{Name: u.ID, Value: web.Name(u)})
	}
	return out, err
}

// targets are the kinds of things that the log tells of.
func targets() []ui.Pair {
	return []ui.Pair{
		{Value: "Everything"}, {Name: "leaderboard", Value: "Leaderboards"}, {Name: "user", Value: "Members"}, {Name: "gamification", Value: "Rules and tiers"},
		{Name: "purchase", Value: "Orders"}, {Name: "widget", Value: "Widgets"}, {Name: "access-key", Value: "Access keys"}, {Name: "key", Value: "API keys"},
		{Name: "user-field", Value: "User fields"}, {Name: "community", Value: "Community"}, {Name: "mail", Value: "Mails"},
	}
}

func auditRow(v *web.Visit, e api.AuditEntry) page.Row {
	r := page.Row{
		ID: e.ID, Actor: e.ActorName, Action: label.Deed(e.Action), Target: e.TargetName, Href: pageOf(e), From: e.IP,
		At: v.Moment(e.CreatedAt), Changes: changes(e.Before, e.After),
	}
	switch e.ActorType {
	case "key":
		r.Via = "API key"
	case "system":
		r.Via = "System"
	}
	if r.Actor == "" {
		r.Actor = "System"
	}
	return r
}

// pageOf is the page of what was changed; whether it still exists only a visit
// tells.
func pageOf(e api.AuditEntry) string {
	if strings.HasSuffix(e.Action, ".delete") && e.TargetType != "user" {
		return ""
	}
	switch e.TargetType {
	case "leaderboard":
		return link.Board(e.TargetID)
	case "user":
		return link.Member(e.TargetID)
	case "widget":
		return link.Widget(e.TargetID)
	case "access-key":
		return link.AccessKeys
	case "purchase":
		return link.Purchase(e.TargetID)
	case "key":
		return link.Keys
	case "gamification":
		return link.Rules
	case "community":
		return link.Settings
	}
	return ""
}

// changes are the values that differ, by name.
func changes(before, after map[string]any) []page.Change {
	names := map[string]bool{}
	for _, side := range []map[string]any{before, after} {
		for name := range side {
			names[name] = true
		}
	}
	var out []page.Change
	for _, name := range slices.Sorted(maps.Keys(names)) {
		was, is := plain(before[name]), plain(after[name])
		if was != is && name != "updatedAt" && name != "createdAt" && name != "_id" {
			out = append(out, page.Change{Field: name, Before: was, After: is})
		}
	}
	return out
}

// plain writes a value of the log for people; what is long is cut.
func plain(value any) string {
	var text string
	switch known := value.(type) {
	case nil:
		return ""
	case string:
		text = known
	case float64, bool:
		text = fmt.Sprint(known)
	default:
		raw, err := json.Marshal(known)
		if err != nil {
			return ""
		}
		text = string(raw)
	}
	if runes := []rune(text); len(runes) > 400 {
		text = string(runes[:400]) + "…"
	}
	return text
}
