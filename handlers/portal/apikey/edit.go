package apikey

import (
	"strconv"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/apikey"
	"laurel/handlers/web"
)

// Update changes a key's name, rights, life or whether it works.
func Update(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	list, active := chosen(f), f.On("isActive")
	in := api.APIKeyPatch{Name: f.Ptr("name"), Permissions: &list, IsActive: &active}
	days := int(f.Whole("expirePeriod", 0))
	if changed, err := isNewLife(v, days); err != nil {
		return err
	} else if changed {
		in.ExpirePeriod = &days
	}
	if f.Bad() {
		return again(v, f, v.Param("id"), f.Status(nil))
	}
	key, err := v.API.Keys(v.Community.ID).Update(v.Ctx(), v.Param("id"), in)
	if err == nil {
		v.Done("“" + key.Name + "” is saved.")
		return v.Go(link.Keys)
	}
	if !f.Take(err, nil) {
		return err
	}
	return again(v, f, v.Param("id"), f.Status(err))
}

// isNewLife reports whether the days differ from the key's: sending the same
// again would begin its life anew.
func isNewLife(v *web.Visit, days int) (bool, error) {
	keys, err := v.API.Keys(v.Community.ID).List(v.Ctx())
	for _, k := range keys {
		if k.ID == v.Param("id") {
			return k.ExpirePeriod != days, nil
		}
	}
	return true, err
}

// Rotate gives a key a new secret, shown once on the next page.
func Rotate(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	key, err := v.API.Keys(v.Community.ID).Rotate(v.Ctx(), v.Param("id"), api.KeyRotation{OverlapHours: int(f.Whole("overlapHours", 0))})
	if err != nil {
		return err
	}
	return reveal(v, key)
}

// Revoke ends a key.
func Revoke(v *web.Visit) error {
	key, err := v.API.Keys(v.Community.ID).Delete(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	v.Done(strconv.Quote(key.Name) + " is revoked. Requests with it are refused from now on.")
	return v.Go(link.Keys)
}

// RotateSystem replaces the key with all rights; the word must be typed.
func RotateSystem(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed("rotate"); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.Keys)
	}
	key, err := v.API.Communities().RotateSystemKey(v.Ctx(), v.Community.ID, "system")
	if err != nil {
		return err
	}
	if err := v.Keep(kept, page.Secret{Name: "the system key", Value: key.Key}); err != nil {
		return err
	}
	return v.Go(link.Keys)
}
