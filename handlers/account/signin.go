// Package account holds the pages on which a person becomes a member, signs in
// and out, and proves to be who he is.
package account

import (
	"errors"
	"net/http"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/signin"
	"laurel/handlers/web"
)

// notices are the good words above the sign-in form, by ?notice=.
var notices = map[string]string{
	"signed-out": "You are signed out.",
	"password":   "Your password is changed. Sign in with the new one.",
	"verified":   "Your address is confirmed. You can sign in now.",
	"deleted":    "Your account is closed.",
}

// Root leads to where the visitor belongs: the portal, the member area or the
// sign-in page.
func Root(v *web.Visit) error {
	if err := v.Identify(); err != nil {
		return err
	}
	return v.Go(home(v))
}

func home(v *web.Visit) string {
	if v.IsTeam() {
		return link.Portal
	}
	return link.Home
}

// ShowSignIn is the sign-in page.
func ShowSignIn(v *web.Visit) error {
	if v.SignedIn() {
		return v.Go("/")
	}
	p, err := signInProps(v)
	if err != nil {
		return err
	}
	p.Next, p.Notice = web.LocalPath(v.Query("next")), notices[v.Query("notice")]
	return v.Page(page.SignIn(p))
}

// signInProps names the community that the visitor is about to enter; an
// unknown one is no reason to refuse the page.
func signInProps(v *web.Visit) (page.SignInProps, error) {
	auth, err := shell(v, "Sign in")
	return page.SignInProps{AuthProps: auth, Register: true}, err
}

// shell is the frame of an anonymous page, with the community's name.
func shell(v *web.Visit, title string) (layout.AuthProps, error) {
	if _, err := findCommunity(v); err != nil && !api.IsKind(err, api.NotFound) {
		return layout.AuthProps{}, err
	}
	return v.Auth(title), nil
}

// findCommunity is the community that an anonymous visitor means.
func findCommunity(v *web.Visit) (api.Community, error) {
	if v.Community.ID != "" {
		return v.Community, nil
	}
	found, err := v.API.Anonymous().Widgets().PublicCommunity(v.Ctx(), v.CommunityRef())
	v.Community = found.Community
	return found.Community, err
}

// SignIn checks what was typed and starts a session under a new id.
func SignIn(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	community, err := findCommunity(v)
	if err != nil {
		return refuseSignIn(v, f, err)
	}
	in := api.Login{CommunityID: community.ID, Login: f.Text("login"), Password: f.Raw("password")}
	session, err := v.API.Auth().Login(v.Ctx(), in)
	if err != nil {
		return refuseSignIn(v, f, err)
	}
	if err := v.SignIn(session, community.ID); err != nil {
		return err
	}
	next := web.LocalPath(f.Text("next"))
	if next == "" {
		next = home(v)
	}
	return v.Go(next)
}

// refuseSignIn shows the form again with one sentence; the password is never
// sent back.
func refuseSignIn(v *web.Visit, f *web.Form, cause error) error {
	var e *api.Error
	if !errors.As(cause, &e) {
		return cause
	}
	status := http.StatusUnprocessableEntity
	switch e.Kind {
	case api.RateLimited:
		status = http.StatusTooManyRequests
	case api.Invalid, api.Unauthenticated, api.Forbidden, api.NotFound:
	default:
		return cause
	}
	p, err := signInProps(v)
	if err != nil {
		return err
	}
	p.Login, p.Next, p.Error = f.Text("login"), web.LocalPath(f.Text("next")), e.Message
	if in := f.Text("login"); in == "" || f.Raw("password") == "" {
		p.Error = "Type your email or username, and your password."
	}
	v.RetryAfter(e)
	return v.Render(status, page.SignIn(p))
}

// SignOut ends the session.
func SignOut(v *web.Visit) error {
	if err := v.SignOut(); err != nil {
		return err
	}
	return v.Go(link.SignIn + "?notice=signed-out")
}

// SetTheme keeps the reader's choice of light or dark and goes back.
func SetTheme(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	v.SetTheme(layout.Theme(f.Text("theme")))
	next := web.LocalPath(f.Text("next"))
	if next == "" {
		next = "/"
	}
	return v.Go(next)
}
