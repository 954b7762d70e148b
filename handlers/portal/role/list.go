// Package role holds the portal's handlers of roles: their order, one role's
// rights and members, and the matrix of all rights.
package role

import (
	"net/http"
	"strconv"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/role"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// List is the page of roles in their order.
func List(v *web.Visit) error { return show(v, http.StatusOK, page.Form{Tint: "blue"}) }

func show(v *web.Visit, status int, create page.Form) error {
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return err
	}
	p := page.ListProps{
		PortalProps: v.Portal("Roles", layout.PlaceRoles), Create: create, Moved: v.Query("moved"), Up: v.Query("by") == "up",
	}
	for _, r := range roles {
		p.Rows = append(p.Rows, page.Row{
			ID: r.ID, Title: r.Title, About: r.Description, Tint: r.Class, Members: int64(r.Members), All: r.IsDefault, Rights: inWords(r.Rights()),
		})
	}
	return v.Render(status, page.List(p))
}

// inWords says how much a role allows.
func inWords(set api.Right) string {
	if set&api.RightAdministrator != 0 {
		return "Everything"
	}
	n := 0
	for _, i := range api.Rights() {
		if set&i.Right != 0 {
			n++
		}
	}
	if n == 0 {
		return "Nothing yet"
	}
	return strconv.Itoa(n) + " of " + ui.Count(int64(len(api.Rights())), "right", "rights")
}

// Create makes a role and leads to its page.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	r, err := v.API.Roles().Create(v.Once(f), api.RoleInput{Title: f.Ptr("title"), Description: f.Ptr("description"), Class: f.Ptr("class")})
	if err == nil {
		v.Done("“" + r.Title + "” is made. Now choose what it allows.")
		return v.Go(link.RoleAt(r.ID))
	}
	if !f.Take(err, nil) {
		return err
	}
	typed := typedForm(f)
	typed.Open = true
	return show(v, f.Status(err), typed)
}

// typedForm is what was typed of a role's basics.
func typedForm(f *web.Form) page.Form {
	if f.Fault != "" {
		f.Refuse("title", f.Fault)
	}
	return page.Form{Title: f.Text("title"), About: f.Text("description"), Tint: f.Text("class"), Errors: f.Errors}
}

// find is a role by its id, among all.
func find(v *web.Visit, id string) (api.CommunityRole, error) {
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	for _, r := range roles {
		if r.ID == id {
			return r, nil
		}
	}
	if err == nil {
		err = api.NewError(api.NotFound, "role_not_found", "No role has that id.")
	}
	return api.CommunityRole{}, err
}

// Delete removes a role; its name must be typed.
func Delete(v *web.Visit) error {
	r, err := find(v, v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed(r.Title); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.RoleAt(r.ID))
	}
	if _, err := v.API.Roles().Delete(v.Ctx(), r.ID); err != nil {
		return err
	}
	v.Done("“" + r.Title + "” is deleted.")
	return v.Go(link.Roles)
}
