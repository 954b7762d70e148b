package me

import (
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/handlers/web"
)

// maxPicture is what a form with a picture may hold: the API takes 2 MB of it.
const maxPicture = 3 << 20

// SavePicture changes the member's own picture, or takes it away.
func SavePicture(v *web.Visit) error {
	f, err := v.Upload(maxPicture)
	if err != nil {
		return err
	}
	if f.On("remove") {
		if _, err := v.API.Users().DeleteAvatar(v.Ctx(), v.Me.ID); err != nil {
			return err
		}
		v.Done("Your picture is removed.")
		return v.Go(link.Me)
	}
	raw, err := v.File("avatar")
	if err != nil {
		return err
	}
	if _, err = v.API.Users().UploadAvatar(v.Ctx(), v.Me.ID, raw); err == nil {
		v.Done("Your picture is changed.")
		return v.Go(link.Me)
	}
	if !f.Take(err, nil) {
		return err
	}
	return show(v, f.Status(nil), func(p *page.ProfileProps) { p.Picture = page.PictureForm{Open: true, Error: f.Why("avatar")} })
}
