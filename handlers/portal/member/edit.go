package member

import (
	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// roles are those that the visitor may give a member: owners are made, and
// unmade, by owners only.
func roles(v *web.Visit, u api.User) []ui.Pair {
	switch {
	case v.IsOwner():
		return label.Roles()
	case u.Role == api.RoleOwner:
		return nil
	}
	return label.Roles()[1:]
}

// editForm is the profile's dialog.
func editForm(v *web.Visit, u api.User) page.EditForm {
	f := page.EditForm{
		DisplayName: u.DisplayName, Username: u.Username, Email: u.Email, TimeZone: u.Timezone, TimeZones: label.Zones(),
		Language: web.Choices(label.Languages(), u.Language),
	}
	if !u.IsDummy {
		f.Role = web.Choices(roles(v, u), string(u.Role))
	}
	return f
}

// Edit changes a member's profile.
func Edit(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	patch := api.UserPatch{DisplayName: f.Ptr("displayname"), Username: f.Ptr("username"), Timezone: f.Ptr("timezone"), Language: f.Ptr("language")}
	if role := api.Role(f.Text("role")); role != "" {
		patch.Role = &role
	}
	u, err := v.API.Users().Update(v.Ctx(), v.Param("id"), patch)
	if err == nil {
		v.Done("The profile of " + web.Name(u) + " is saved.")
		return v.Go(link.Member(v.Param("id")))
	}
	if !f.Take(err, web.Renamed{"displayName": "displayname"}) {
		return err
	}
	return editAgain(v, f, f.Status(err))
}

func editAgain(v *web.Visit, f *web.Form, status int) error {
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return err
	}
	if f.Fault != "" {
		f.Refuse("displayname", f.Fault)
	}
	return show(v, status, u, func(p *page.PageProps) {
		p.Edit.Open, p.Edit.Errors = true, f.Errors
		p.Edit.DisplayName, p.Edit.Username, p.Edit.TimeZone = f.Text("displayname"), f.Text("username"), f.Text("timezone")
		p.Edit.Language = web.Choices(label.Languages(), f.Text("language"))
		if len(p.Edit.Role) > 0 {
			p.Edit.Role = web.Choices(roles(v, u), f.Text("role"))
		}
	})
}
