package joining

import (
	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/joining"
	"laurel/handlers/web"
)

// CreatePolicy adds a text to agree to.
func CreatePolicy(v *web.Visit) error {
	return savePolicy(v, "", func(f *web.Form, in api.PolicyInput) error {
		_, err := group(v).CreatePolicy(v.Once(f), in)
		return err
	})
}

// UpdatePolicy changes a text; members have agreed to its older version.
func UpdatePolicy(v *web.Visit) error {
	id := v.Param("id")
	return savePolicy(v, id, func(_ *web.Form, in api.PolicyInput) error {
		_, err := group(v).UpdatePolicy(v.Ctx(), id, in)
		return err
	})
}

func savePolicy(v *web.Visit, id string, save func(*web.Form, api.PolicyInput) error) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	title, body := f.Text("title"), f.Text("body")
	err = save(f, api.PolicyInput{Title: &title, Body: &body})
	switch {
	case err == nil:
		v.Done("“" + title + "” is saved: newcomers agree to it from now on.")
		return v.Go(link.Joining + "#policies")
	case !f.Take(err, nil):
		return err
	}
	return show(v, f.Status(err), page.PolicyForm{ID: id, Open: true, Title: title, Body: body, Fault: f.Fault, Errors: f.Errors}, page.InviteForm{})
}

// DeletePolicy takes a text away.
func DeletePolicy(v *web.Visit) error {
	gone, err := group(v).DeletePolicy(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	v.Done("“" + gone.Title + "” is deleted.")
	return v.Go(link.Joining + "#policies")
}
