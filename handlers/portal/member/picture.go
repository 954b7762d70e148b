package member

import (
	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/handlers/web"
)

// maxPicture is how large the form may be, in bytes: larger than what the API
// takes, so that the API says what is wrong.
const maxPicture = 10 << 20

// SetPicture uploads the member's picture.
func SetPicture(v *web.Visit) error {
	f, err := v.Upload(maxPicture)
	if err != nil {
		return err
	}
	raw, err := v.File("avatar")
	if err != nil {
		return err
	}
	u, err := v.API.Users().UploadAvatar(v.Ctx(), v.Param("id"), raw)
	if err == nil {
		v.Done("The picture of " + web.Name(u) + " is changed.")
		return v.Go(link.Member(u.ID))
	}
	if !f.Take(err, nil) {
		return err
	}
	if u, err = v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id")); err != nil {
		return err
	}
	return show(v, f.Status(nil), u, func(p *page.PageProps) {
		p.Known.Picture = page.PictureForm{Open: true, Error: f.Why("avatar")}
	})
}

// RemovePicture takes the member's picture away.
func RemovePicture(v *web.Visit) error {
	u, err := v.API.Users().DeleteAvatar(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	v.Done("The picture of " + web.Name(u) + " is gone.")
	return v.Go(link.Member(u.ID))
}

// Claim mails a one-use link with which the reader chooses a password for an
// account that was made for him.
func Claim(v *web.Visit) error {
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return err
	}
	if u.Email == "" || u.IsDeleted || u.IsDummy {
		v.Sorry("There is no address to send the link to.")
		return v.Go(link.Member(u.ID))
	}
	if err := v.API.Auth().ForgotPassword(v.Ctx(), api.ForgotPassword{CommunityID: v.Community.ID, Email: u.Email}); err != nil {
		return err
	}
	v.Done("A mail with the link is on its way to " + u.Email + ".")
	return v.Go(link.Member(u.ID))
}
