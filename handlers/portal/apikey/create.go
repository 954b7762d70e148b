package apikey

import (
	"errors"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/apikey"
	"laurel/handlers/web"
)

// Create makes a key and shows its secret on the next page, once.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.NewAPIKey{Name: f.Text("name"), Permissions: chosen(f), ExpirePeriod: int(f.Whole("expirePeriod", 0))}
	if f.Bad() {
		return again(v, f, "", f.Status(nil))
	}
	key, err := v.API.Keys(v.Community.ID).Create(v.Once(f), in)
	switch {
	case err == nil:
		return reveal(v, key)
	case errors.Is(err, &api.Error{Code: "idempotency_reply_withheld"}):
		return v.Go(link.Keys) // sent twice: the first one's secret waits there
	case !f.Take(err, nil):
		return err
	}
	return again(v, f, "", f.Status(err))
}

func chosen(f *web.Form) []api.Permission {
	out := []api.Permission{}
	for _, p := range f.All("permissions") {
		out = append(out, api.Permission(p))
	}
	return out
}

// reveal leads to the list, which shows the secret this once.
func reveal(v *web.Visit, key api.APIKey) error {
	if err := v.Keep(kept, page.Secret{Name: key.Name, Value: key.Key}); err != nil {
		return err
	}
	return v.Go(link.Keys)
}

// again shows the page with the dialog open and what was typed in it; id is
// empty for a new key.
func again(v *web.Visit, f *web.Form, id string, status int) error {
	if f.Fault != "" {
		f.Refuse("name", f.Fault)
	}
	typed := page.Form{
		ID: id, Open: true, Name: f.Text("name"), Permissions: permissions(chosen(f)), Expiry: f.Text("expirePeriod"),
		Active: f.On("isActive"), Errors: f.Errors,
	}
	return show(v, status, func(p *page.Props) {
		if id == "" {
			p.Create = typed
		} else {
			p.Edit = typed
		}
	})
}
