package me

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"laurel/api"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// kept names the secret that the next view of the page shows, once.
const kept = "user-key"

// Keys is the page of the API keys that act as the member.
func Keys(v *web.Visit) error { return showKeys(v, http.StatusOK, nil) }

func showKeys(v *web.Visit, status int, change func(p *page.KeysProps)) error {
	keys, err := v.API.UserKeys(v.Me.ID).List(v.Ctx())
	if err != nil {
		return err
	}
	p := page.KeysProps{MemberProps: v.Member("API keys", layout.PlaceMe), Permissions: permissions(nil), Expiry: "90"}
	v.Take(kept, &p.Secret)
	for _, k := range keys {
		active := k.IsActive && (k.ExpireDate == nil || k.ExpireDate.After(v.Now))
		p.Rows = append(p.Rows, page.Key{
			ID: k.ID, Name: k.Name, Prefix: k.Key, Permissions: words(k.Permissions), Used: v.MomentOf(k.LastUsedAt),
			Expires: v.MomentOf(k.ExpireDate), Active: active,
		})
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Keys(p))
}

func words(list []api.Permission) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = strings.ToLower(label.Permission(p))
	}
	if len(out) == 0 {
		return "no permissions"
	}
	return strings.Join(out, ", ")
}

func permissions(chosen []api.Permission) []form.Option {
	var out []form.Option
	for _, p := range api.UserPermissions() {
		out = append(out, form.Option{Value: string(p), Label: label.Permission(p), Chosen: slices.Contains(chosen, p)})
	}
	return out
}

// CreateKey makes a key and shows it on the next page, once.
func CreateKey(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	chosen := []api.Permission{}
	for _, p := range f.All("permissions") {
		chosen = append(chosen, api.Permission(p))
	}
	in := api.NewAPIKey{Name: f.Text("name"), Permissions: chosen, ExpirePeriod: int(f.Whole("expirePeriod", 0))}
	if !f.Bad() {
		var key api.APIKey
		key, err = v.API.UserKeys(v.Me.ID).Create(v.Once(f), in)
		switch {
		case err == nil:
			if err := v.Keep(kept, key.Key); err != nil {
				return err
			}
			return v.Go(link.MeKeys)
		case errors.Is(err, &api.Error{Code: "idempotency_reply_withheld"}):
			return v.Go(link.MeKeys) // sent twice: the first one's secret waits there
		case !f.Take(err, nil):
			return err
		}
	}
	if f.Fault != "" {
		f.Refuse("name", f.Fault)
	}
	return showKeys(v, f.Status(err), func(p *page.KeysProps) {
		p.Open, p.Name, p.Expiry, p.Permissions, p.Errors = true, f.Text("name"), f.Text("expirePeriod"), permissions(chosen), f.Errors
	})
}

// RevokeKey ends a key.
func RevokeKey(v *web.Visit) error {
	key, err := v.API.UserKeys(v.Me.ID).Delete(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	v.Done("“" + key.Name + "” is revoked.")
	return v.Go(link.MeKeys)
}
