package role

import (
	"net/url"
	"slices"

	"laurel/api"
	"laurel/components/link"
	"laurel/handlers/web"
)

// Move changes a role's place by one, up or down.
func Move(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return err
	}
	id, by := v.Param("id"), f.Text("by")
	for moved, order := range moves(roles, id, by == "up") {
		if _, err := v.API.Roles().Update(v.Ctx(), moved, api.RoleInput{Order: &order}); err != nil {
			return err
		}
	}
	return v.Go(link.Roles + "?" + url.Values{"moved": {id}, "by": {by}}.Encode())
}

// moves gives the new orders of the roles whose order changes when one of them
// goes up or down by one; none at the ends, and none for @all.
func moves(roles []api.CommunityRole, id string, up bool) map[string]int {
	line := slices.DeleteFunc(slices.Clone(roles), func(r api.CommunityRole) bool { return r.IsDefault })
	at := slices.IndexFunc(line, func(r api.CommunityRole) bool { return r.ID == id })
	to := at + 1
	if up {
		to = at - 1
	}
	if at < 0 || to < 0 || to >= len(line) {
		return nil
	}
	line[at], line[to] = line[to], line[at]
	out := map[string]int{}
	for i, r := range line {
		if r.Order != i+1 {
			out[r.ID] = i + 1
		}
	}
	return out
}
