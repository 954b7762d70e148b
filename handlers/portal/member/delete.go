package member

import (
	"laurel/api"
	"laurel/components/link"
	"laurel/handlers/web"
)

// Delete closes a member's account, softly; the name must be typed.
func Delete(v *web.Visit) error {
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed(web.Name(u)); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.Member(u.ID))
	}
	return manage(v, "delete", u, web.Name(u)+" is deleted. You can restore them here.")
}

// Restore opens a deleted member's account again.
func Restore(v *web.Visit) error {
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return err
	}
	return manage(v, "restore", u, web.Name(u)+" is back.")
}

// manage acts; a conflict, such as the last owner, is told on the page.
func manage(v *web.Visit, action string, u api.User, done string) error {
	err := v.API.Users().Manage(v.Ctx(), api.ManageUser{Action: action, User: u.ID})
	switch {
	case api.IsKind(err, api.Conflict), api.IsKind(err, api.Invalid):
		v.Sorry(err.Error())
	case err != nil:
		return err
	default:
		v.Done(done)
	}
	return v.Go(link.Member(u.ID))
}
