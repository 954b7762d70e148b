package role

import (
	"net/http"
	"slices"

	"laurel/api"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/role"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Show is one role's page.
func Show(v *web.Visit) error { return showRole(v, http.StatusOK, nil) }

// showRole renders the page; change may put a refused form into it.
func showRole(v *web.Visit, status int, change func(p *page.PageProps)) error {
	r, err := find(v, v.Param("id"))
	if err != nil {
		return err
	}
	p := page.PageProps{
		PortalProps: v.Portal(r.Title, layout.PlaceRoles, ui.Link{Label: "Roles", Href: link.Roles}, ui.Link{Label: r.Title}),
		ID:          r.ID, All: r.IsDefault, Form: page.Form{Title: r.Title, About: r.Description, Tint: r.Class},
		Server: options(r.Rights(), true), Channel: options(r.Rights(), false),
	}
	if err := fillMembers(v, r, &p); err != nil {
		return err
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Page(p))
}

// options are the rights of the community, or of channels, those of the set ticked.
func options(set api.Right, server bool) []form.Option {
	var out []form.Option
	for _, i := range api.Rights() {
		if i.InServer == server {
			out = append(out, form.Option{Value: i.Key, Label: label.Right(i.Right), Hint: label.RightHint(i.Right), Chosen: set&i.Right != 0})
		}
	}
	return out
}

// sources say how a role came to a member.
var sources = map[string]string{"hand": "by hand", "request": "by request", "invite": "by invite", "threshold": "by XP"}

func fillMembers(v *web.Visit, r api.CommunityRole, p *page.PageProps) error {
	if r.IsDefault {
		return nil
	}
	held, err := v.API.Roles().Members(v.Ctx(), r.ID, v.Paging())
	if err != nil {
		return err
	}
	p.Pagination = web.Pages(held, link.RoleAt(r.ID), "members", v.Filters("limit"))
	for _, h := range held.Items {
		m := page.Member{ID: h.ID, Name: h.DisplayName, Note: "@" + h.Username, Image: h.Avatar, Source: sources[h.Source], At: v.Moment(h.GivenAt)}
		if m.Name == "" {
			m.Name = h.Username
		}
		p.Members = append(p.Members, m)
	}
	return nil
}

// Update changes what a role is called and allows.
func Update(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.RoleInput{
		Title: f.Ptr("title"), Description: f.Ptr("description"), Class: f.Ptr("class"),
		Server: ticked(f.All("server"), true), Channel: ticked(f.All("channel"), false),
	}
	r, err := v.API.Roles().Update(v.Ctx(), v.Param("id"), in)
	if err == nil {
		v.Done("“" + r.Title + "” is saved. It holds from now on.")
		return v.Go(link.RoleAt(r.ID))
	}
	if !f.Take(err, nil) {
		return err
	}
	return showRole(v, f.Status(err), func(p *page.PageProps) {
		p.Form, p.Fault = typedForm(f), f.Fault
		for _, set := range []struct {
			options []form.Option
			name    string
		}{{p.Server, "server"}, {p.Channel, "channel"}} {
			for i, o := range set.options {
				set.options[i].Chosen = slices.Contains(f.All(set.name), o.Value)
			}
		}
	})
}

// ticked are the switches of all rights of the community, or of channels: on
// for those that were ticked.
func ticked(keys []string, server bool) map[string]bool {
	out := map[string]bool{}
	for _, i := range api.Rights() {
		if i.InServer == server {
			out[i.Key] = slices.Contains(keys, i.Key)
		}
	}
	return out
}
