package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/components/link"
)

// Who says who may see a page.
type Who int

// The audiences. What a person of the team may do in detail is the API's
// decision; a page only spares him the detour.
const (
	Anyone Who = iota // signed in or not
	Person            // whoever is signed in
	Team              // owners and admins
)

// maxForm is how large a form may be, in bytes.
const maxForm = 1 << 20

// Handle serves a page to those who may see it; errors become pages.
func (b *Base) Handle(who Who, fn Handler) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := b.visit(c)
		v.setHeaders()
		err := b.origin.Check(c.Request())
		if err != nil {
			return v.fail(api.NewError(api.Forbidden, "cross_site", "This form was sent from another site. Open the page here and try again."))
		}
		v.whole = c.Request().Body
		c.Request().Body = http.MaxBytesReader(c.Response(), v.whole, maxForm)
		if err = v.admit(who); err == nil {
			err = fn(v)
		}
		if err != nil {
			return v.fail(err)
		}
		return nil
	}
}

// admit loads the session and refuses whoever may not see the page.
func (v *Visit) admit(who Who) error {
	if err := v.loadSession(); err != nil {
		return err
	}
	if who == Anyone {
		return nil
	}
	if err := v.Identify(); err != nil {
		return err
	}
	if who == Team && !v.IsTeam() {
		return api.NewError(api.Forbidden, "team_only", "The portal is for the community's team.")
	}
	return nil
}

// Identify makes the visit act as the person who is signed in. Errors:
// Unauthenticated, and whatever reading his record gives.
func (v *Visit) Identify() (err error) {
	if !v.SignedIn() {
		return api.NewError(api.Unauthenticated, "signed_out", "Sign in first.")
	}
	v.API = v.base.Client.WithToken(v.token())
	if v.Me, err = v.API.Me().Get(v.ctx); err != nil {
		return err
	}
	v.Community, err = v.API.Communities().Get(v.ctx, v.communityID())
	return err
}

// toSignIn ends a session that the API no longer knows and asks to sign in;
// afterwards the visitor comes back to the page.
func (v *Visit) toSignIn() error {
	if err := v.dropSession(); err != nil {
		v.log(err)
	}
	target := link.SignIn
	if r := v.c.Request(); r.Method == http.MethodGet && r.URL.Path != "/" {
		target += "?next=" + url.QueryEscape(r.URL.RequestURI())
	}
	return v.c.Redirect(http.StatusSeeOther, target)
}
