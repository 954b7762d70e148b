package me

import (
	"net/http"
	"strconv"

	"laurel/api"
	"laurel/components/link"
	"laurel/handlers/web"
)

// Export downloads everything that is held about the member.
func Export(v *web.Visit) error {
	raw, err := v.API.Me().Export(v.Ctx())
	if err != nil {
		return err
	}
	h := v.Response().Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Disposition", `attachment; filename="my-data.json"`)
	h.Set("Content-Length", strconv.Itoa(len(raw)))
	v.Response().WriteHeader(http.StatusOK)
	_, _ = v.Response().Write(raw) // a reader who has gone needs no answer
	return nil
}

// Delete closes the member's account; the username must be typed.
func Delete(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed(v.Me.Username); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.Me)
	}
	err = v.API.Me().Delete(v.Ctx())
	if api.IsKind(err, api.Conflict) {
		v.Sorry(err.Error())
		return v.Go(link.Me)
	}
	if err != nil {
		return err
	}
	if err := v.SignOut(); err != nil {
		return err
	}
	return v.Go(link.SignIn + "?notice=deleted")
}
