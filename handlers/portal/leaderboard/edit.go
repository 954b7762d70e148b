package leaderboard

import (
	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/leaderboard"
	"laurel/handlers/web"
)

// Edit is the editor of a stored board.
func Edit(v *web.Visit) error {
	b, err := v.API.Leaderboards().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	p, err := editor(v, b.ID, b.Name, &web.Form{Values: typed(v, b, namesOf(v, b)), Errors: map[string]string{}})
	if err != nil {
		return err
	}
	return v.Page(page.Editor(p))
}

// namesOf finds the usernames of the members that a board names by id. Members
// who are gone keep their id in the form.
func namesOf(v *web.Visit, b api.Leaderboard) map[string]string {
	names := map[string]string{}
	for _, list := range [][]string{b.RankedUserRoles.Users, b.ViewPermissionUserRoles.Users} {
		for _, id := range list {
			if user, err := v.API.Users().Get(v.Ctx(), v.Community.ID, id); err == nil {
				names[id] = user.Username
			}
		}
	}
	return names
}

// Update changes a stored board to what was typed.
func Update(v *web.Visit) error {
	b, err := v.API.Leaderboards().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := input(v, f)
	if f.Bad() {
		return again(v, b.ID, b.Name, f, nil)
	}
	if b, err = v.API.Leaderboards().Update(v.Ctx(), b.ID, in); err != nil {
		return again(v, v.Param("id"), f.Text("name"), f, err)
	}
	v.Done("“" + b.Name + "” is saved.")
	return v.Go(link.Board(b.ID))
}
