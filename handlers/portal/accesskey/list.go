// Package accesskey holds the portal's handlers of access keys, with which
// partners' servers let members into widgets, and of the log of embeds.
package accesskey

import (
	"net/http"
	"strings"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	page "laurel/components/page/accesskey"
	"laurel/components/page/apikey"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// kept names the secret that the next view of the page shows, once.
const kept = "access-key"

// latest is how many embeds the page of keys shows.
const latest = 6

// List is the page of access keys.
func List(v *web.Visit) error { return show(v, http.StatusOK, nil) }

// show renders the page; change may put a refused form into it.
func show(v *web.Visit, status int, change func(p *page.Props)) error {
	keys, err := v.API.Widgets().AccessKeys(v.Ctx())
	if err != nil {
		return err
	}
	events, err := v.API.Widgets().EmbedLog(v.Ctx(), apiclient.EmbedLogQuery{Paging: apiclient.Paging{Limit: latest}})
	if err != nil {
		return err
	}
	log, err := lines(v, events.Items)
	if err != nil {
		return err
	}
	p := page.Props{
		PortalProps: v.Portal("Access keys", layout.PlaceAccess), Rows: rows(v, keys), Log: log, CanEdit: true,
		Create: page.Form{Algorithm: algorithms("HS256")},
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

func rows(v *web.Visit, keys []api.AccessKey) []page.Row {
	out := make([]page.Row, 0, len(keys))
	for _, k := range keys {
		r := page.Row{
			ID: k.ID, Name: k.Name, AccessID: k.AccessID, Algorithm: k.Algorithm, Origins: k.AllowedOrigins, Creates: k.CreateUsers,
			Created: v.Moment(k.CreatedAt), Used: v.MomentOf(k.LastUsedAt), State: state(k),
			Edit: page.Form{
				Name: k.Name, Origins: strings.Join(k.AllowedOrigins, "\n"), Algorithm: algorithms(k.Algorithm), PublicKey: k.PublicKey, Creates: k.CreateUsers,
			},
		}
		if k.OldKeyUntil != nil && k.OldKeyUntil.After(v.Now) {
			r.Overlap = v.MomentOf(k.OldKeyUntil)
		}
		out = append(out, r)
	}
	return out
}

func state(k api.AccessKey) apikey.State {
	switch {
	case k.RevokedAt != nil:
		return apikey.Revoked
	case !k.IsActive:
		return apikey.Paused
	}
	return apikey.Active
}

func algorithms(chosen string) []form.Option {
	return web.Choices([]ui.Pair{
		{Name: "HS256", Value: "HS256, the shared secret"}, {Name: "EdDSA", Value: "EdDSA, your key pair"}, {Name: "RS256", Value: "RS256, your key pair"},
	}, chosen)
}
