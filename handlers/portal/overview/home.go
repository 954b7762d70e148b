// Package overview holds the portal's first page and the search that is at hand
// on every page.
package overview

import (
	"cmp"
	"strings"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/overview"
	"laurel/handlers/label"
	"laurel/handlers/place"
	"laurel/handlers/portal/leaderboard"
	"laurel/handlers/web"
)

// topRows is how many leaders the page shows.
const topRows = 8

// Home is the portal's first page.
func Home(v *web.Visit) error {
	p := page.Props{
		PortalProps: v.Portal("Home", layout.PlaceHome), Greeting: greeting(v), CanEdit: true,
		Text: v.Now.In(v.Zone()).Format("Monday 2 January 2006, 15:04") + ", " + v.Zone().String(),
	}
	boards, err := place.Boards(v, 100)
	if err != nil {
		return err
	}
	if err := fillTop(v, boards, &p); err != nil {
		return err
	}
	for _, fill := range []func(*web.Visit, []api.Leaderboard, *page.Props) error{fillStats, fillSteps, fillRecent} {
		if err := fill(v, boards, &p); err != nil {
			return err
		}
	}
	return v.Page(page.Page(p))
}

func greeting(v *web.Visit) string {
	words := "Good evening"
	switch hour := v.Now.In(v.Zone()).Hour(); {
	case hour >= 5 && hour < 12:
		words = "Good morning"
	case hour >= 12 && hour < 18:
		words = "Good afternoon"
	}
	name, _, _ := strings.Cut(web.Name(v.Me), " ")
	return words + ", " + name
}

// fillTop shows who leads the first board. One that still loads is left out.
func fillTop(v *web.Visit, boards []api.Leaderboard, p *page.Props) error {
	if len(boards) == 0 {
		return nil
	}
	b := boards[0]
	s, err := v.API.Leaderboards().Entries(v.Ctx(), b.ID, apiclient.EntryQuery{Paging: apiclient.Paging{Limit: topRows}, Period: place.First(b)})
	if api.IsKind(err, api.Unavailable) {
		return nil
	}
	if err != nil {
		return err
	}
	unit, err := unitOf(v, b)
	p.Board.ID, p.Board.Name, p.Period = b.ID, b.Name, label.Period(s.Period)
	p.Top = leaderboard.Standings(s, unit)
	return err
}

func unitOf(v *web.Visit, b api.Leaderboard) (string, error) {
	if !label.IsField(b.RankBy) {
		return label.Unit(b.RankBy, nil), nil
	}
	fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
	return label.Unit(b.RankBy, fields), err
}

// fillRecent lists the latest changes of the team.
func fillRecent(v *web.Visit, _ []api.Leaderboard, p *page.Props) error {
	log, err := v.API.Communities().AuditLog(v.Ctx(), v.Community.ID, apiclient.AuditQuery{Paging: apiclient.Paging{Limit: topRows}})
	for _, e := range log.Items {
		event := page.Event{Icon: icon(e.TargetType), Who: cmp.Or(e.ActorName, "System"), What: lower(label.Deed(e.Action)), Item: e.TargetName, At: v.Moment(e.CreatedAt)}
		if e.ActorType == "user" {
			event.Href = link.Member(e.ActorID)
		}
		p.Recent = append(p.Recent, event)
	}
	return err
}

func lower(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToLower(text[:1]) + text[1:]
}

func icon(target string) string {
	switch target {
	case "leaderboard":
		return "trophy"
	case "key", "access-key":
		return "key-round"
	case "widget":
		return "app-window"
	case "user", "member":
		return "user"
	case "gamification":
		return "sparkles"
	}
	return "history"
}
