package accesskey

import (
	"errors"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/accesskey"
	"laurel/handlers/web"
)

// Create makes an access key and shows its secret on the next page, once.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	key, err := v.API.Widgets().CreateAccessKey(v.Once(f), input(f))
	switch {
	case err == nil:
		return reveal(v, key)
	case errors.Is(err, &api.Error{Code: "idempotency_reply_withheld"}):
		return v.Go(link.AccessKeys) // sent twice: the first one's secret waits there
	case !f.Take(err, nil):
		return err
	}
	return again(v, f, "", f.Status(err))
}

func input(f *web.Form) api.AccessKeyInput {
	origins, creates := f.Lines("allowedOrigins"), f.On("createUsers")
	in := api.AccessKeyInput{Name: f.Ptr("name"), AllowedOrigins: &origins, CreateUsers: &creates, PublicKey: f.Ptr("publicKey")}
	if f.Text("algorithm") != "" {
		in.Algorithm = f.Ptr("algorithm")
	}
	return in
}

// reveal leads to the list, which shows the secret this once. A partner with a
// key pair of its own needs none.
func reveal(v *web.Visit, key api.AccessKey) error {
	secret := page.Secret{Name: key.Name, AccessID: key.AccessID, Key: key.AccessKey}
	if err := v.Keep(kept, secret); err != nil {
		return err
	}
	return v.Go(link.AccessKeys)
}

// again shows the page with the dialog open and what was typed in it.
func again(v *web.Visit, f *web.Form, id string, status int) error {
	if f.Fault != "" {
		f.Refuse("name", f.Fault)
	}
	typed := page.Form{
		ID: id, Open: true, Name: f.Text("name"), Origins: f.Text("allowedOrigins"), Algorithm: algorithms(f.Text("algorithm")),
		PublicKey: f.Text("publicKey"), Creates: f.On("createUsers"), Errors: f.Errors,
	}
	return show(v, status, func(p *page.Props) {
		if id == "" {
			p.Create = typed
		} else {
			p.Edit = typed
		}
	})
}
