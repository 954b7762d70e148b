package leaderboard

import (
	"net/url"
	"strconv"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/leaderboard"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// editor is the form with the texts of f; id is empty for a new board.
func editor(v *web.Visit, id, title string, f *web.Form) (page.EditorProps, error) {
	fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
	if err != nil {
		return page.EditorProps{}, err
	}
	crumbs := []ui.Link{{Label: "Leaderboards", Href: link.Leaderboards}}
	if id != "" {
		crumbs = append(crumbs, ui.Link{Label: title, Href: link.Board(id)}, ui.Link{Label: "Edit"})
	} else {
		crumbs = append(crumbs, ui.Link{Label: title})
	}
	p := page.EditorProps{
		PortalProps: v.Portal(title, layout.PlaceBoards, crumbs...), ID: id, Errors: f.Errors, Fault: f.Fault,
		Basics: basics(f), Rank: ranking(f, fields), Period: period(f), Cols: columnRows(f, fields), Who: who(f), Widget: widgetPart(f),
	}
	if f.Bad() && p.Fault == "" {
		p.Fault = "Nothing was saved yet. Please check what is marked below."
	}
	if id != "" {
		p.Widget.EmbedURL = v.BaseURL() + "/custom-leaderboards/" + url.PathEscape(v.Community.ID) + "/" + url.PathEscape(f.Text("slug"))
		p.Delete.Typed = title
	}
	p.Preview = previewOf(v, f, fields)
	return p, nil
}

func basics(f *web.Form) page.Basics {
	return page.Basics{
		Name: f.Text("name"), Slug: f.Text("slug"), Description: f.Text("description"), Image: f.Text("image"),
		DisplayOrder: f.Text("displayOrder"), Enabled: f.On("isEnabled"), Preview: f.On("isPreviewEnabled"),
	}
}

func ranking(f *web.Form, fields []api.UserField) page.Ranking {
	return page.Ranking{
		By: web.Choices(label.Rankings(fields), f.Text("rankingField")), Ties: web.Choices(label.Ties(), f.Text("tieRule")),
		TopOnly: f.On("topRankOnly"), TopLimit: f.Text("topRankLimit"), OnlyPlus: f.On("onlyPositiveRanks"), WithDummies: f.On("includeDummyUsers"),
	}
}

func period(f *web.Form) page.Period {
	return page.Period{
		Filters: web.Choices(label.Periods(), f.All("allowedTimeFilters")...), Start: f.Text("startDate"), StartTime: f.Text("startTime"),
		End: f.Text("endDate"), EndTime: f.Text("endTime"), NoEnd: f.On("hasNoEndDate"), Zone: f.Text("timeZone"), Zones: label.Zones(),
	}
}

func who(f *web.Form) page.Audience {
	return page.Audience{
		RankRoles: web.Choices(label.Roles(), f.All("allowedRolesToRank")...), RankUsers: f.Text("allowedUsersToRank"), RankTags: f.Text("allowedTagsToRank"),
		ViewRoles: web.Choices(label.Roles(), f.All("allowedRolesToView")...), ViewUsers: f.Text("allowedUsersToView"), ViewTags: f.Text("allowedTagsToView"),
	}
}

func widgetPart(f *web.Form) page.WidgetPart {
	return page.WidgetPart{
		Enabled: f.On("widgetEnabled"), Domains: f.Text("widgetDomains"), Fixed: f.Text("widgetSize") == "custom",
		Width: f.Text("widgetWidth"), Height: f.Text("widgetHeight"),
		Button: f.On("buttonEnabled"), ButtonText: f.Text("buttonText"), ButtonLink: f.Text("buttonLink"),
	}
}

// columnRows are the columns that a board can show: the fixed ones and the
// community's user fields.
func columnRows(f *web.Form, fields []api.UserField) []page.Column {
	pairs := []ui.Pair{{Name: "user", Value: "Member"}, {Name: "xps", Value: "XP"}, {Name: "currencies", Value: "Coins"}, {Name: "level", Value: "Level"}}
	for _, field := range fields {
		pairs = append(pairs, ui.Pair{Name: api.RankFieldStart + field.Field, Value: field.Name})
	}
	out := make([]page.Column, 0, len(pairs))
	for i, p := range pairs {
		if i == 50 {
			break // more columns than a board can show
		}
		c := page.Column{Name: p.Name, Label: p.Value, Visible: f.On("column-" + p.Name), Order: f.Text("order-" + p.Name)}
		if c.Order == "" {
			c.Order = strconv.Itoa(i + 1)
		}
		out = append(out, c)
	}
	return out
}
