package accesskey

import (
	"laurel/api"
	"laurel/components/link"
	"laurel/handlers/web"
)

// Update changes an access key.
func Update(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	key, err := v.API.Widgets().UpdateAccessKey(v.Ctx(), v.Param("id"), input(f))
	if err == nil {
		v.Done("“" + key.Name + "” is saved.")
		return v.Go(link.AccessKeys)
	}
	if !f.Take(err, nil) {
		return err
	}
	return again(v, f, v.Param("id"), f.Status(err))
}

// Rotate gives an access key a new secret, shown once; the old one works on for
// as long as was chosen.
func Rotate(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	hours := int(f.Whole("overlap", 0) / 3600) // the form counts in seconds
	key, err := v.API.Widgets().RotateAccessKey(v.Ctx(), v.Param("id"), api.RotateInput{OverlapHours: hours})
	if err != nil {
		return err
	}
	return reveal(v, key)
}

// Revoke ends an access key and the widget sessions made with it; its name must
// be typed.
func Revoke(v *web.Visit) error {
	key, err := v.API.Widgets().AccessKey(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed(key.Name); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.AccessKeys)
	}
	if err := v.API.Widgets().RevokeAccessKey(v.Ctx(), key.ID); err != nil {
		return err
	}
	v.Done("“" + key.Name + "” is revoked. Its open widgets close within seconds.")
	return v.Go(link.AccessKeys)
}
