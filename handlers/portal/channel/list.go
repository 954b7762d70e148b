// Package channel holds the portal's handlers of channels, their categories,
// and the requests to be let in.
package channel

import (
	"net/http"
	"slices"
	"strings"

	"laurel/api"
	"laurel/components/form"
	"laurel/components/layout"
	page "laurel/components/page/channel"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// List is the page of channels by category.
func List(v *web.Visit) error { return show(v, http.StatusOK, nil) }

// house is a community's channels with what stands around them.
type house struct {
	channels   []api.Channel
	categories []api.Category
	roles      []api.CommunityRole
}

func open(v *web.Visit) (h house, err error) {
	if h.channels, err = v.API.Channels().List(v.Ctx()); err != nil {
		return h, err
	}
	if h.categories, err = v.API.Channels().Categories(v.Ctx()); err != nil {
		return h, err
	}
	h.roles, err = v.API.Roles().List(v.Ctx(), v.Community.ID)
	return h, err
}

// in lists the channels of a category in their order; those of no category, or
// of one that is gone, for the empty id.
func (h house) in(category string) []api.Channel {
	var out []api.Channel
	for _, c := range h.channels {
		known := slices.ContainsFunc(h.categories, func(k api.Category) bool { return k.ID == c.CategoryID })
		if c.CategoryID == category && known || category == "" && !known {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b api.Channel) int { return a.Position - b.Position })
	return out
}

// titles are the names of roles by their ids.
func (h house) titles(ids []string) []string {
	var out []string
	for _, r := range h.roles {
		if slices.Contains(ids, r.ID) {
			out = append(out, r.Title)
		}
	}
	return out
}

// options are all roles, those of the ids chosen.
func (h house) options(ids []string) []form.Option {
	out := make([]form.Option, 0, len(h.roles))
	for _, r := range h.roles {
		out = append(out, form.Option{Value: r.ID, Label: r.Title, Chosen: slices.Contains(ids, r.ID)})
	}
	return out
}

// show renders the list; change may put a refused form into it.
func show(v *web.Visit, status int, change func(p *page.ListProps)) error {
	h, err := open(v)
	if err != nil {
		return err
	}
	p := page.ListProps{
		PortalProps: v.Portal("Channels", layout.PlaceChannels), Search: v.Query("search"), Moved: v.Query("moved"), Up: v.Query("by") == "up",
		Create: page.CategoryForm{Roles: h.options(nil)},
	}
	for _, k := range append([]api.Category{{}}, h.categories...) {
		s := page.Section{ID: k.ID, Name: k.Name, Private: k.IsPrivate, Roles: h.titles(k.Roles),
			Edit: page.CategoryForm{Name: k.Name, Private: k.IsPrivate, Roles: h.options(k.Roles)}}
		for _, c := range h.in(k.ID) {
			if strings.Contains(strings.ToLower(c.Topic), strings.ToLower(p.Search)) {
				s.Rows = append(s.Rows, rowOf(h, c))
			}
		}
		if p.Search == "" || len(s.Rows) > 0 {
			p.Sections = append(p.Sections, s)
		}
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.List(p))
}

func rowOf(h house, c api.Channel) page.Row {
	r := page.Row{ID: c.ID, Name: c.Topic, About: c.Description, Icon: label.KindIcon(c.Type), Kind: label.Kind(c.Type), Private: c.IsPrivate, Archived: c.IsArchived}
	if c.SlowMode > 0 {
		r.Slow = "one message every " + label.Seconds(c.SlowMode)
	}
	ids := []string{}
	for _, a := range c.Permissions {
		ids = append(ids, a.RoleID)
	}
	r.Roles = h.titles(ids)
	return r
}
