package account

import (
	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/signin"
	"laurel/handlers/web"
)

// ShowRegister is the registration page.
func ShowRegister(v *web.Visit) error {
	auth, err := shell(v, "Create your account")
	if err != nil {
		return err
	}
	asked, err := joining(v)
	if err != nil {
		return err
	}
	p := page.RegisterProps{AuthProps: auth, Referral: referral(v), Invite: v.Query("invite")}
	ask(&p, asked, nil)
	return v.Page(page.Register(p))
}

// Register asks for an account. The next page is the same whether or not the
// address is known.
func Register(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	asked, err := joining(v)
	if err != nil {
		return err
	}
	err = v.API.Auth().Register(v.Ctx(), api.Registration{
		CommunityID: v.CommunityRef(), Email: f.Text("email"), Username: f.Text("username"), Password: f.Raw("password"),
		DisplayName: f.Text("displayname"), Referral: f.Text("referral"),
		FirstName: f.Text("firstname"), LastName: f.Text("lastname"), Language: f.Text("language"), Invite: f.Text("invite"), Consents: consents(asked, f),
	})
	if err == nil {
		if err := v.Keep("mail", f.Text("email")); err != nil {
			return err
		}
		return v.Go(link.Verify + "?sent=1")
	}
	if !f.Take(err, web.Renamed{"communityId": ""}) {
		return err
	}
	status := f.Status(err)
	auth, err := shell(v, "Create your account")
	if err != nil {
		return err
	}
	p := page.RegisterProps{
		AuthProps: auth, Email: f.Text("email"), Username: f.Text("username"), DisplayName: f.Text("displayname"),
		Referral: f.Text("referral"), Error: f.Fault, Errors: f.Errors,
		Invite: f.Text("invite"),
	}
	for _, field := range []string{"consents", "invite"} { // they have no field of their own to show it at
		if p.Error == "" {
			p.Error = f.Errors[field]
		}
	}
	ask(&p, asked, f)
	return v.Render(status, page.Register(p))
}

// referral is who invited the visitor: by code or name; or by the one other
// value of the link, which the API knows what to make of.
func referral(v *web.Visit) string {
	for _, name := range []string{"ref", "referral"} {
		if value := v.Query(name); value != "" {
			return value
		}
	}
	for name, values := range v.Request().URL.Query() {
		if name != "next" && name != "invite" && len(values) == 1 && len(values[0]) <= 200 {
			return values[0]
		}
	}
	return ""
}
