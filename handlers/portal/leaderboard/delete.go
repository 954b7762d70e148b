package leaderboard

import (
	"net/http"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/leaderboard"
	"laurel/handlers/web"
)

// Delete removes a board whose name was typed.
func Delete(v *web.Visit) error {
	b, err := v.API.Leaderboards().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed(b.Name); err != nil {
		return unconfirmed(v, b, err)
	}
	if err := v.API.Leaderboards().Delete(v.Ctx(), b.ID); err != nil {
		return err
	}
	v.Done("“" + b.Name + "” is deleted.")
	return v.Go(link.Leaderboards)
}

func unconfirmed(v *web.Visit, b api.Leaderboard, why error) error {
	p, err := editor(v, b.ID, b.Name, &web.Form{Values: typed(v, b, namesOf(v, b)), Errors: map[string]string{}})
	if err != nil {
		return err
	}
	p.Delete.Open, p.Delete.Error = true, why.Error()
	return v.Render(http.StatusUnprocessableEntity, page.Editor(p))
}
