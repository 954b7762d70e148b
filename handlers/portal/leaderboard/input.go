package leaderboard

import (
	"slices"
	"strings"
	"time"

	"laurel/api"
	"laurel/handlers/web"
)

// input is what the form asks of the API. What cannot be read is noted in the
// form; what is wrong with the rest the API says.
func input(v *web.Visit, f *web.Form) api.LeaderboardInput {
	in := api.LeaderboardInput{
		Name: f.Ptr("name"), Description: f.Ptr("description"), Image: f.Ptr("image"), RankingField: f.Ptr("rankingField"),
		DisplayOrder: ptr(int(f.Whole("displayOrder", 0))), IsEnabled: ptr(f.On("isEnabled")), IsPreviewEnabled: ptr(f.On("isPreviewEnabled")),
		TopRankOnly: ptr(f.On("topRankOnly")), OnlyPositiveRanks: ptr(f.On("onlyPositiveRanks")), IncludeDummyUsers: ptr(f.On("includeDummyUsers")),
		DisplayedColumns: ptr(columns(f)), AllowedTimeFilters: ptr(periods(f)), Widget: ptr(widget(f)),
	}
	if f.Text("slug") != "" {
		in.Slug = f.Ptr("slug")
	}
	if rule := f.Text("tieRule"); rule != "" {
		in.TieRule = ptr(api.TieRule(rule))
	}
	if n := f.Whole("topRankLimit", 0); n != 0 {
		in.TopRankLimit = ptr(int(n))
	} else if f.On("topRankOnly") {
		f.Refuse("topRankLimit", "How many ranks are shown?")
	}
	duration(f, &in)
	audience(v, f, &in)
	return in
}

func ptr[T any](value T) *T { return &value }

// duration reads the days on the calendar of the typed zone.
func duration(f *web.Form, in *api.LeaderboardInput) {
	at, err := time.LoadLocation(f.Text("timeZone"))
	if err != nil || f.Text("timeZone") == "Local" {
		f.Refuse("timeZone", "There is no such time zone; they are named like Europe/Lisbon.")
		return
	}
	in.Zone = ptr(at.String())
	in.HasNoEndDate = ptr(f.On("hasNoEndDate"))
	in.StartDate = moment(f, "start", at)
	if f.Text("startDate") == "" {
		f.Refuse("startDate", "Choose the first day.")
	}
	if f.On("hasNoEndDate") {
		return
	}
	if in.EndDate = moment(f, "end", at); in.EndDate == nil {
		f.Refuse("endDate", "Choose the last day, or switch on that there is none.")
	}
}

func moment(f *web.Form, edge string, at *time.Location) *api.Time {
	day, clock := f.Text(edge+"Date"), f.Text(edge+"Time")
	if day == "" {
		return nil
	}
	if clock == "" {
		clock = "00:00"
	}
	got, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock[:min(5, len(clock))], at)
	if err != nil {
		f.Refuse(edge+"Date", "That is no day of the calendar.")
		return nil
	}
	return ptr(api.At(got))
}

// columns reads the switches and places; columns in the same place keep the
// order of the form.
func columns(f *web.Form) []api.Column {
	out := []api.Column{}
	for name := range f.Values {
		if column, ok := strings.CutPrefix(name, "order-"); ok {
			out = append(out, api.Column{Column: column, Visible: f.On("column-" + column), Order: int(f.Whole(name, 50))})
		}
	}
	slices.SortFunc(out, func(a, b api.Column) int {
		if a.Order != b.Order {
			return a.Order - b.Order
		}
		return strings.Compare(a.Column, b.Column)
	})
	return out
}

func periods(f *web.Form) []api.Period {
	out := []api.Period{}
	for _, p := range api.Periods() {
		if slices.Contains(f.All("allowedTimeFilters"), string(p)) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		f.Refuse("allowedTimeFilters", "Choose one or more views.")
	}
	return out
}

func widget(f *web.Form) api.BoardWidget {
	w := api.BoardWidget{
		Enabled: f.On("widgetEnabled"), WhitelistedDomains: f.Lines("widgetDomains"), Size: api.WidgetSize{Type: "dynamic"},
		Button: api.WidgetButton{Enabled: f.On("buttonEnabled"), Text: f.Text("buttonText"), Link: f.Text("buttonLink")},
	}
	if f.Text("widgetSize") == "custom" {
		w.Size = api.WidgetSize{Type: "custom", Value: &api.WidgetSizeValue{
			Width: int(f.Whole("widgetWidth", 0)), Height: int(f.Whole("widgetHeight", 0)),
		}}
	}
	return w
}

func audience(v *web.Visit, f *web.Form, in *api.LeaderboardInput) {
	in.AllowedRolesToRank, in.AllowedRolesToView = ptr(f.All("allowedRolesToRank")), ptr(f.All("allowedRolesToView"))
	in.AllowedTagsToRank, in.AllowedTagsToView = ptr(f.Words("allowedTagsToRank")), ptr(f.Words("allowedTagsToView"))
	in.AllowedUsersToRank, in.AllowedUsersToView = ptr(members(v, f, "allowedUsersToRank")), ptr(members(v, f, "allowedUsersToView"))
}

// members turns typed names into ids; a name that nobody has is refused beside
// the field.
func members(v *web.Visit, f *web.Form, field string) []string {
	out := []string{}
	for _, ref := range f.Words(field) {
		user, err := v.API.Users().Get(v.Ctx(), v.Community.ID, ref)
		if err != nil {
			f.Refuse(field, "Nobody here is called "+ref+".")
			continue
		}
		out = append(out, user.ID)
	}
	return out
}

// renamed are the parts of a board whose fields in the form have other names.
func renamed() web.Renamed {
	return web.Renamed{
		"rankBy": "rankingField", "zone": "timeZone", "duration": "startDate", "duration.start": "startDate", "duration.end": "endDate",
		"widget": "widgetEnabled", "widget.whitelistedDomains": "widgetDomains", "widget.size": "widgetSize",
		"widget.size.value.width": "widgetWidth", "widget.size.value.height": "widgetHeight",
		"widget.button": "buttonEnabled", "widget.button.text": "buttonText", "widget.button.link": "buttonLink",
	}
}
