package account

import (
	"net/http"

	"laurel/components/link"
	page "laurel/components/page/signin"
	"laurel/handlers/web"
)

// ShowVerify is where a verification mail leads. The token stands behind the #
// of the link, which no server sees; the page's script puts it into the form,
// and without scripts it is pasted.
func ShowVerify(v *web.Visit) error {
	auth, err := shell(v, "Confirm your address")
	if err != nil {
		return err
	}
	p := page.VerifyProps{AuthProps: auth, Token: v.Query("token"), Done: v.Query("done") != "", Sent: v.Query("sent") != ""}
	if p.Sent {
		v.Take("mail", &p.Email)
	}
	return v.Page(page.Verify(p))
}

// Verify spends the token.
func Verify(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	err = v.API.Auth().VerifyEmail(v.Ctx(), f.Text("token"))
	if err == nil {
		return v.Go(link.Verify + "?done=1")
	}
	why, err := tokenFault(err)
	if err != nil {
		return err
	}
	auth, err := shell(v, "Confirm your address")
	if err != nil {
		return err
	}
	return v.Render(http.StatusUnprocessableEntity, page.Verify(page.VerifyProps{AuthProps: auth, Error: why}))
}
