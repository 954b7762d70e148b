package community

import (
	"net/http"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/setting"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// kept names the secret that the next view of the page shows, once.
const kept = "secure-key"

// Settings is the page of the community's own settings.
func Settings(v *web.Visit) error { return show(v, http.StatusOK, nil) }

// show renders the page; change may put a refused form into it.
func show(v *web.Visit, status int, change func(p *page.Props)) error {
	c := v.Community
	p := page.Props{
		PortalProps: v.Portal("Settings", layout.PlaceSettings), Name: c.Name, URI: c.URI, About: c.Description, Domain: c.Domain,
		Zone: c.Timezone, Zones: label.Zones(), Languages: web.Choices(label.Languages(), c.Language), ID: c.ID, CanEdit: true, Owner: v.IsOwner(),
		Invite: page.InviteForm{Roles: web.Choices(givable(v), string(api.RoleAdmin))},
	}
	for _, fill := range []func(*web.Visit, *page.Props) error{fillSecure, fillTeam} {
		if err := fill(v, &p); err != nil {
			return err
		}
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Page(p))
}

// fillSecure shows owners the begin of the key with which their own site hands
// members over.
func fillSecure(v *web.Visit, p *page.Props) error {
	v.Take(kept, &p.Secure.Secret)
	if !v.IsOwner() {
		return nil
	}
	key, err := v.API.Communities().SystemKey(v.Ctx(), v.Community.ID, "secureAuth")
	if api.IsKind(err, api.NotFound) {
		return nil
	}
	p.Secure.Prefix, p.Secure.Rotated = key.Key, v.MomentOf(key.RotatedAt)
	return err
}

// SaveSettings changes the community.
func SaveSettings(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	patch := api.CommunityPatch{
		Name: f.Ptr("name"), URI: f.Ptr("uri"), Domain: f.Ptr("domain"), Description: f.Ptr("description"),
		Timezone: f.Ptr("timezone"), Language: f.Ptr("language"),
	}
	_, err = v.API.Communities().Update(v.Ctx(), v.Community.ID, patch)
	if err == nil {
		v.Done("The settings are saved.")
		return v.Go(link.Settings)
	}
	if !f.Take(err, nil) {
		return err
	}
	return show(v, f.Status(err), func(p *page.Props) {
		p.Name, p.URI, p.About, p.Domain, p.Zone = f.Text("name"), f.Text("uri"), f.Text("description"), f.Text("domain"), f.Text("timezone")
		p.Languages, p.Errors, p.Fault = web.Choices(label.Languages(), f.Text("language")), f.Errors, f.Fault
		if p.Fault == "" {
			p.Fault = "Nothing was saved yet. Please check what is marked below."
		}
	})
}

// RotateSecure replaces the Secure Auth key and shows it on the next page, once.
func RotateSecure(v *web.Visit) error {
	key, err := v.API.Communities().RotateSystemKey(v.Ctx(), v.Community.ID, "secureAuth")
	if err != nil {
		return err
	}
	if err := v.Keep(kept, key.Key); err != nil {
		return err
	}
	return v.Go(link.Settings + "#secure")
}
