package account

import (
	"net/http"

	"laurel/api"
	page "laurel/components/page/signin"
	"laurel/handlers/web"
)

// handedOver are the sentences for a hand-over that signs nobody in any more.
var handedOver = map[string]string{
	"used":    "It has been used already. Go back to the site you came from and try again.",
	"expired": "It was made more than a minute ago. Go back to the site you came from and try again.",
}

// ShowHandover asks for the one press that finishes a login hand-over; looking
// at the page spends nothing.
func ShowHandover(v *web.Visit) error {
	p, status, err := handoverProps(v)
	if err != nil {
		return err
	}
	return v.Render(status, page.Continue(p))
}

func handoverProps(v *web.Visit) (p page.ContinueProps, status int, err error) {
	preview, err := v.API.Auth().HandoverPreview(v.Ctx(), v.Param("token"))
	if api.IsKind(err, api.NotFound) {
		preview.Status, err = "expired", nil
	}
	if err != nil {
		return p, 0, err
	}
	v.Community = preview.Community
	p = page.ContinueProps{
		AuthProps: v.Auth("Continue"), Session: v.Param("token"), Name: preview.User.DisplayName,
		Note: "@" + preview.User.Username, Image: preview.User.Avatar, Error: handedOver[preview.Status],
	}
	if p.Name == "" {
		p.Name = preview.User.Username
	}
	if p.Error != "" {
		return p, http.StatusGone, nil
	}
	return p, http.StatusOK, nil
}

// Handover spends the hand-over and signs its member in.
func Handover(v *web.Visit) error {
	p, status, err := handoverProps(v)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return v.Render(status, page.Continue(p))
	}
	community := v.Community.ID
	session, err := v.API.Auth().Handover(v.Ctx(), v.Param("token"))
	if err != nil {
		if p.Error, err = tokenFault(err); err != nil {
			return err
		}
		return v.Render(http.StatusGone, page.Continue(p))
	}
	if err := v.SignIn(session, community); err != nil {
		return err
	}
	return v.Go(home(v))
}
