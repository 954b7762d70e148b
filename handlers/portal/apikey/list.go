// Package apikey holds the portal's handlers of the community's API keys.
package apikey

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"laurel/api"
	"laurel/components/form"
	"laurel/components/layout"
	page "laurel/components/page/apikey"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// kept names the secret that the next view of the page shows, once.
const kept = "api-key"

// List is the page of API keys.
func List(v *web.Visit) error { return show(v, http.StatusOK, nil) }

// show renders the page; change may put a refused form into it.
func show(v *web.Visit, status int, change func(p *page.Props)) error {
	keys, err := v.API.Keys(v.Community.ID).List(v.Ctx())
	if err != nil {
		return err
	}
	system, err := systemKey(v)
	if err != nil {
		return err
	}
	p := page.Props{
		PortalProps: v.Portal("API keys", layout.PlaceKeys), Rows: rows(v, keys), System: system, CanEdit: true, BaseURL: v.BaseURL(),
		Create: page.Form{Permissions: permissions(nil), Expiry: "90", Active: true},
	}
	var secret page.Secret
	if v.Take(kept, &secret) {
		p.Secret = &secret
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Page(p))
}

// systemKey is what owners see of the key with all rights; others see none.
func systemKey(v *web.Visit) (page.System, error) {
	if !v.IsOwner() {
		return page.System{}, nil
	}
	key, err := v.API.Communities().SystemKey(v.Ctx(), v.Community.ID, "system")
	if api.IsKind(err, api.NotFound) {
		return page.System{CanEdit: true}, nil
	}
	return page.System{Prefix: key.Key, Rotated: v.MomentOf(key.RotatedAt), Used: v.MomentOf(key.LastUsedAt), CanEdit: true}, err
}

func rows(v *web.Visit, keys []api.APIKey) []page.Row {
	out := make([]page.Row, 0, len(keys))
	for _, k := range keys {
		out = append(out, page.Row{
			ID: k.ID, Name: k.Name, Prefix: k.Key, Permissions: words(k.Permissions), Created: v.Moment(k.CreatedAt),
			Used: v.MomentOf(k.LastUsedAt), Expires: v.MomentOf(k.ExpireDate), State: state(v.Now, k), IP: k.LastIP, Overlap: overlap(v, k),
			Edit: page.Form{Name: k.Name, Permissions: permissions(k.Permissions), Expiry: strconv.Itoa(k.ExpirePeriod), Active: k.IsActive},
		})
	}
	return out
}

// overlap is until when the old secret works, as long as it does.
func overlap(v *web.Visit, k api.APIKey) ui.Moment {
	if k.OverlapUntil == nil || k.OverlapUntil.Before(v.Now) {
		return ui.Moment{}
	}
	return v.MomentOf(k.OverlapUntil)
}

func state(now time.Time, k api.APIKey) page.State {
	switch {
	case k.ExpireDate != nil && k.ExpireDate.Before(now):
		return page.Expired
	case !k.IsActive:
		return page.Paused
	}
	return page.Active
}

func words(list []api.Permission) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = label.Permission(p)
	}
	return out
}

func permissions(chosen []api.Permission) []form.Option {
	var out []form.Option
	for _, p := range api.CommunityPermissions() {
		out = append(out, form.Option{Value: string(p), Label: label.Permission(p), Chosen: slices.Contains(chosen, p)})
	}
	return out
}
