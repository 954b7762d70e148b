// Package joining serves the portal's page of what newcomers meet.
package joining

import (
	"net/http"
	"slices"
	"strings"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/joining"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// Show is the page.
func Show(v *web.Visit) error { return show(v, http.StatusOK, page.PolicyForm{}, page.InviteForm{}) }

// show is the page with the one form that was refused, if any.
func show(v *web.Visit, status int, policy page.PolicyForm, invite page.InviteForm) error {
	p := page.Props{PortalProps: v.Portal("Joining", layout.PlaceJoining), Invite: invite}
	asked, err := group(v).Get(v.Ctx())
	if err != nil {
		return err
	}
	p.Fields = web.Choices(fieldNames(), asked.Fields...)
	for _, y := range asked.Policies {
		p.Policies = append(p.Policies, policyOf(v, y, policy))
	}
	if policy.ID == "" {
		p.New = policy
	}
	if err := addInvites(v, &p); err != nil {
		return err
	}
	return v.Render(status, page.Page(p))
}

func group(v *web.Visit) apiclient.Joining { return v.API.Joining(v.Community.ID) }

func fieldNames() []ui.Pair {
	return []ui.Pair{{Name: "displayname", Value: "Display name"}, {Name: "firstname", Value: "First name"}, {Name: "lastname", Value: "Last name"}, {Name: "language", Value: "Language"}}
}

// policyOf is a policy with its form, which is the refused one when it is its own.
func policyOf(v *web.Visit, y api.Policy, refused page.PolicyForm) page.Policy {
	out := page.Policy{ID: y.ID, Title: y.Title, Start: start(y.Body), Version: y.Version, Changed: v.Moment(y.UpdatedAt), Form: page.PolicyForm{ID: y.ID, Title: y.Title, Body: y.Body}}
	if refused.ID == y.ID {
		out.Form = refused
	}
	return out
}

// start is the first words of a text, on one line.
func start(text string) string {
	words := strings.Fields(text)
	if len(words) > 24 {
		words = append(slices.Clone(words[:24]), "…")
	}
	return strings.Join(words, " ")
}

// SetFields sets which profile fields newcomers must fill in.
func SetFields(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if _, err := group(v).SetFields(v.Ctx(), f.All("field")); err != nil {
		return err
	}
	v.Done("Newcomers are asked for these fields from now on.")
	return v.Go(link.Joining)
}
