package leaderboard

import (
	"laurel/components/link"
	page "laurel/components/page/leaderboard"
	"laurel/handlers/web"
)

// New is the empty editor.
func New(v *web.Visit) error {
	p, err := editor(v, "", "New leaderboard", &web.Form{Values: fresh(v), Errors: map[string]string{}})
	if err != nil {
		return err
	}
	return v.Page(page.Editor(p))
}

// Create makes a board of what was typed.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := input(v, f)
	if f.Bad() {
		return again(v, "", "New leaderboard", f, nil)
	}
	b, err := v.API.Leaderboards().Create(v.Ctx(), in)
	if err != nil {
		return again(v, "", "New leaderboard", f, err)
	}
	v.Done("“" + b.Name + "” is open.")
	return v.Go(link.Board(b.ID))
}

// again shows the form with what was typed and what is wrong with it.
func again(v *web.Visit, id, title string, f *web.Form, cause error) error {
	if cause != nil && !f.Take(cause, renamed()) {
		return cause
	}
	p, err := editor(v, id, title, f)
	if err != nil {
		return err
	}
	return v.Render(f.Status(cause), page.Editor(p))
}
