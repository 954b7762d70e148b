package account

import (
	"errors"
	"net/http"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/signin"
	"laurel/handlers/web"
)

// tokenFault is the sentence for a token of a mail that was refused; other
// errors come back for the error page.
func tokenFault(err error) (string, error) {
	var e *api.Error
	if !errors.As(err, &e) {
		return "", err
	}
	switch e.Kind {
	case api.Invalid, api.Unauthenticated, api.NotFound, api.Conflict, api.Forbidden:
		return e.Message, nil
	}
	return "", err
}

// ShowForgot asks for the address of a forgotten password.
func ShowForgot(v *web.Visit) error {
	auth, err := shell(v, "Forgot your password?")
	if err != nil {
		return err
	}
	return v.Page(page.Forgot(page.ForgotProps{AuthProps: auth, Sent: v.Query("sent") != ""}))
}

// Forgot sends a reset mail, if the address is known; nobody is told.
func Forgot(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	err = v.API.Auth().ForgotPassword(v.Ctx(), api.ForgotPassword{CommunityID: v.CommunityRef(), Email: f.Text("login")})
	if err == nil {
		return v.Go(link.Forgot + "?sent=1")
	}
	if !f.Take(err, web.Renamed{"email": "login"}) {
		return err
	}
	auth, err := shell(v, "Forgot your password?")
	if err != nil {
		return err
	}
	why := f.Fault
	if f.Errors["login"] != "" {
		why = "That is no email address."
	}
	return v.Render(http.StatusUnprocessableEntity, page.Forgot(page.ForgotProps{AuthProps: auth, Login: f.Text("login"), Error: why}))
}

// ShowReset is where a reset mail leads; see ShowVerify for its token.
func ShowReset(v *web.Visit) error {
	auth, err := shell(v, "Choose a new password")
	if err != nil {
		return err
	}
	return v.Page(page.Reset(page.ResetProps{AuthProps: auth, Token: v.Query("token")}))
}

// Reset sets the new password.
func Reset(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	err = v.API.Auth().ResetPassword(v.Ctx(), api.ResetPassword{Token: f.Text("token"), Password: f.Raw("password")})
	if err == nil {
		return v.Go(link.SignIn + "?notice=password")
	}
	p := page.ResetProps{Token: f.Text("token")}
	if f.Take(err, nil) && f.Errors["password"] != "" {
		p.PasswordError = f.Errors["password"]
	} else if p.Error, err = tokenFault(err); err != nil {
		return err
	}
	if p.AuthProps, err = shell(v, "Choose a new password"); err != nil {
		return err
	}
	return v.Render(http.StatusUnprocessableEntity, page.Reset(p))
}
