package leaderboard

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/handlers/web"
)

// The editor has one form of the truth: the texts of its fields. A stored board
// is turned into them, a refused form already is.

// typed is a stored board as its form would send it.
func typed(v *web.Visit, b api.Leaderboard, names map[string]string) url.Values {
	t := url.Values{
		"name": {b.Name}, "slug": {b.Slug}, "description": {b.Description}, "image": {b.Image},
		"displayOrder": {strconv.Itoa(b.DisplayOrder)}, "rankingField": {b.RankBy}, "tieRule": {string(b.TieRule)},
		"topRankLimit": {positive(b.PerformanceDisplay.ShowTop.Value)},
	}
	on(t, "isEnabled", b.Enabled)
	on(t, "isPreviewEnabled", b.IsPreviewEnabled)
	on(t, "topRankOnly", b.PerformanceDisplay.ShowTop.Enabled)
	on(t, "onlyPositiveRanks", b.PerformanceDisplay.ShowPositive.Enabled)
	on(t, "includeDummyUsers", b.PerformanceDisplay.ShowDummy.Enabled)
	for _, p := range b.TimeFilters {
		t.Add("allowedTimeFilters", string(p))
	}
	columns := slices.Clone(b.DisplayedColumns)
	slices.SortStableFunc(columns, func(x, y api.Column) int { return x.Order - y.Order })
	for i, c := range columns { // places in the form begin at 1, whatever the API was given
		on(t, "column-"+c.Column, c.Visible)
		t.Set("order-"+c.Column, strconv.Itoa(i+1))
	}
	typedDuration(t, b.Duration, zone(v, b))
	typedAudience(t, "Rank", b.RankedUserRoles, names)
	typedAudience(t, "View", b.ViewPermissionUserRoles, names)
	typedWidget(t, b.Widget)
	return t
}

// fresh is the form of a board that does not exist yet.
func fresh(v *web.Visit) url.Values {
	t := url.Values{
		"rankingField": {api.RankXP}, "tieRule": {string(api.TieFirst)}, "displayOrder": {"0"},
		"allowedTimeFilters": {string(api.PeriodAllTime), string(api.PeriodWeekly)},
		"startDate":          {v.Now.In(v.Zone()).Format(time.DateOnly)}, "timeZone": {v.Zone().String()}, "widgetSize": {"dynamic"},
	}
	for _, name := range []string{"isEnabled", "hasNoEndDate", "onlyPositiveRanks", "column-user", "column-xps", "column-level"} {
		on(t, name, true)
	}
	for i, name := range []string{"user", "xps", "currencies", "level"} {
		t.Set("order-"+name, strconv.Itoa(i+1))
	}
	return t
}

func on(t url.Values, name string, yes bool) {
	if yes {
		t.Set(name, "on")
	}
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func typedDuration(t url.Values, d api.Duration, at *time.Location) {
	t.Set("timeZone", at.String())
	on(t, "hasNoEndDate", d.NoEndDate)
	for name, moment := range map[string]*api.Time{"start": d.Start, "end": d.End} {
		if moment == nil || moment.IsZero() {
			continue
		}
		local := moment.In(at)
		t.Set(name+"Date", local.Format(time.DateOnly))
		if clock := local.Format("15:04"); clock != "00:00" {
			t.Set(name+"Time", clock)
		}
	}
}

// typedAudience writes members by name, where the name is known.
func typedAudience(t url.Values, to string, a api.Audience, names map[string]string) {
	users := make([]string, len(a.Users))
	for i, id := range a.Users {
		if users[i] = names[id]; users[i] == "" {
			users[i] = id
		}
	}
	t.Set("allowedUsersTo"+to, strings.Join(users, ", "))
	t.Set("allowedTagsTo"+to, strings.Join(a.Tags, ", "))
	t["allowedRolesTo"+to] = a.Roles
}

func typedWidget(t url.Values, w api.BoardWidget) {
	on(t, "widgetEnabled", w.Enabled)
	on(t, "buttonEnabled", w.Button.Enabled)
	t.Set("widgetDomains", strings.Join(w.WhitelistedDomains, "\n"))
	t.Set("buttonText", w.Button.Text)
	t.Set("buttonLink", w.Button.Link)
	t.Set("widgetSize", w.Size.Type)
	if w.Size.Value != nil {
		t.Set("widgetWidth", positive(w.Size.Value.Width))
		t.Set("widgetHeight", positive(w.Size.Value.Height))
	}
}
