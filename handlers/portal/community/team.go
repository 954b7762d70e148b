package community

import (
	"errors"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	page "laurel/components/page/setting"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// team are the owners and admins, up to a hundred of each.
func team(v *web.Visit) ([]api.User, error) {
	var out []api.User
	for _, role := range []api.Role{api.RoleOwner, api.RoleAdmin} {
		q := apiclient.UserQuery{Paging: apiclient.Paging{Limit: 100}, Role: string(role), Sort: "displayName:asc"}
		list, err := v.API.Users().List(v.Ctx(), v.Community.ID, q)
		if err != nil {
			return nil, err
		}
		out = append(out, list.Items...)
	}
	return out, nil
}

// givable are the roles that the visitor may give: owners are made by owners.
func givable(v *web.Visit) []ui.Pair {
	if v.IsOwner() {
		return label.Roles()
	}
	return label.Roles()[1:]
}

func fillTeam(v *web.Visit, p *page.Props) error {
	people, err := team(v)
	for _, u := range people {
		mate := page.Mate{ID: u.ID, Name: web.Name(u), Email: u.Email, Image: u.Avatar, Role: web.RoleName(u.Role)}
		if u.ID != v.Me.ID && (v.IsOwner() || u.Role != api.RoleOwner) {
			mate.Roles = web.Choices(givable(v), string(u.Role))
		}
		p.Team = append(p.Team, mate)
	}
	return err
}

// SetRole gives a member a role: from the team's list by id, or from the dialog
// by username or email.
func SetRole(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	role := api.Role(f.Text("role"))
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, f.Text("member"))
	if f.Text("member") == "" || api.IsKind(err, api.NotFound) {
		f.Refuse("member", "Nobody here has that username or email.")
		return inviteAgain(v, f, f.Status(nil))
	}
	if err != nil {
		return err
	}
	if _, err := v.API.Users().Update(v.Ctx(), u.ID, api.UserPatch{Role: &role}); err != nil {
		return roleRefused(v, f, err)
	}
	v.Done(web.Name(u) + " is now " + article(role) + ".")
	return v.Go(link.Settings + "#team")
}

func article(role api.Role) string {
	if role == api.RoleMember {
		return "a member"
	}
	return "an " + string(role)
}

func roleRefused(v *web.Visit, f *web.Form, cause error) error {
	var e *api.Error
	if errors.As(cause, &e) && e.Kind == api.Forbidden {
		return cause
	}
	if !f.Take(cause, nil) {
		return cause
	}
	if f.Fault != "" {
		f.Refuse("member", f.Fault)
	}
	return inviteAgain(v, f, f.Status(cause))
}

func inviteAgain(v *web.Visit, f *web.Form, status int) error {
	return show(v, status, func(p *page.Props) {
		p.Invite.Open, p.Invite.Member, p.Invite.Errors = true, f.Text("member"), f.Errors
		p.Invite.Roles = web.Choices(givable(v), f.Text("role"))
	})
}
