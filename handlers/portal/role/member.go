package role

import (
	"errors"
	"strings"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/role"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// mostAtOnce is how many members one form gives a role to.
const mostAtOnce = 100

// Give gives the role to the members that were named; names that nobody has
// stay in the form.
func Give(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	names := f.Words("users")
	if len(names) == 0 || len(names) > mostAtOnce {
		f.Refuse("users", "Name between 1 and 100 members.")
		return giveAgain(v, f, strings.Join(names, "\n"))
	}
	given, left, err := each(names, func(name string) error {
		_, err := v.API.Roles().Give(v.Ctx(), v.Param("id"), name)
		return err
	})
	if err != nil {
		return err
	}
	if given > 0 {
		v.Done("The role is given to " + ui.Count(int64(given), "member.", "members."))
	}
	if len(left) == 0 {
		return v.Go(link.RoleAt(v.Param("id")) + "#members")
	}
	f.Refuse("users", "Nobody here is known by what is left above.")
	return giveAgain(v, f, strings.Join(left, "\n"))
}

func giveAgain(v *web.Visit, f *web.Form, typed string) error {
	return showRole(v, f.Status(nil), func(p *page.PageProps) { p.Give = page.GiveForm{Users: typed, Error: f.Errors["users"]} })
}

// Take takes the role from the members that were chosen.
func Take(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	chosen := f.All("users")
	taken, _, err := each(chosen[:min(len(chosen), mostAtOnce)], func(id string) error {
		_, err := v.API.Roles().Take(v.Ctx(), v.Param("id"), id)
		return err
	})
	if err != nil {
		return err
	}
	if taken == 0 {
		v.Sorry("Choose whom to take the role from.")
	} else {
		v.Done("The role is taken from " + ui.Count(int64(taken), "member.", "members."))
	}
	return v.Go(link.RoleAt(v.Param("id")) + "#members")
}

// each acts on one member after the other; left are the names that nobody has.
func each(names []string, act func(name string) error) (done int, left []string, err error) {
	for _, name := range names {
		switch err := act(name); {
		case errors.Is(err, &api.Error{Code: "user_not_found"}):
			left = append(left, name)
		case err != nil:
			return done, left, err
		default:
			done++
		}
	}
	return done, left, nil
}
