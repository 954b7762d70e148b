package member

import (
	"laurel/api"
	"laurel/components/form"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/handlers/web"
)

// fillRoles lists the member's roles, and those that he could be given.
func fillRoles(v *web.Visit, u api.User, p *page.PageProps) error {
	if u.IsDeleted {
		return nil
	}
	held, err := v.API.Roles().Of(v.Ctx(), u.ID)
	if err != nil {
		return err
	}
	all, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for _, r := range held {
		has[r.ID] = true
		if !r.IsDefault {
			p.Roles = append(p.Roles, page.HeldRole{ID: r.ID, Title: r.Title, Tint: r.Class})
		}
	}
	for _, r := range all {
		if !r.IsDefault && !has[r.ID] {
			p.Givable = append(p.Givable, form.Option{Value: r.ID, Label: r.Title})
		}
	}
	return nil
}

// SetRoles gives or takes one role. Who may not, because of the order, is told so.
func SetRoles(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	act, id, done := v.API.Roles().Give, f.Text("give"), "is given."
	if take := f.Text("take"); take != "" {
		act, id, done = v.API.Roles().Take, take, "is taken."
	}
	role, err := act(v.Ctx(), id, v.Param("id"))
	switch {
	case api.IsKind(err, api.Forbidden), api.IsKind(err, api.Conflict):
		v.Sorry(err.Error())
	case err != nil:
		return err
	default:
		v.Done("The role “" + role.Title + "” " + done)
	}
	return v.Go(link.Member(v.Param("id")) + "#roles")
}
