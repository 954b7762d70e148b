package gamification

import (
	"net/http"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/gamification"
	"laurel/handlers/web"
)

// ShowXPRoles is the editor of roles that members get at an amount of XP.
func ShowXPRoles(v *web.Visit) error {
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return err
	}
	now, err := v.API.Roles().Thresholds(v.Ctx())
	if err != nil {
		return err
	}
	p := page.RolesProps{PortalProps: v.Portal("Roles by XP", layout.PlaceRules)}
	for _, r := range roles {
		if !r.IsDefault {
			p.Rows = append(p.Rows, xpRole(r, now))
		}
	}
	return v.Page(page.Roles(p))
}

func xpRole(r api.CommunityRole, now api.RoleThresholds) page.XPRole {
	row := page.XPRole{ID: r.ID, Name: r.Title, Members: int64(r.Members)}
	for _, t := range now.Thresholds {
		if t.RoleID == r.ID {
			row.XP, row.TakeBack, row.Settling = text(t.XP), t.TakeBack, !t.Settled
		}
	}
	return row
}

func xpField(roleID string) string { return "role-" + roleID + "-xp" }

func backField(roleID string) string { return "role-" + roleID + "-back" }

// SetXPRoles stores the thresholds; a role without XP is given by hand only.
func SetXPRoles(v *web.Visit) error {
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	in, renamed := thresholdsInput(roles, f)
	if !f.Bad() {
		_, err = v.API.Roles().SetThresholds(v.Ctx(), in)
	}
	switch {
	case err == nil && !f.Bad():
		v.Done("The roles are saved. Members who have the XP get theirs within moments.")
		return v.Go(link.XPRoles)
	case err != nil && !f.Take(err, renamed):
		return err
	}
	p := page.RolesProps{PortalProps: v.Portal("Roles by XP", layout.PlaceRules), Errors: f.Errors, Fault: f.Fault}
	if p.Fault == "" {
		p.Fault = "Nothing was saved yet. Please check what is marked below."
	}
	for _, r := range roles {
		if !r.IsDefault {
			p.Rows = append(p.Rows, page.XPRole{ID: r.ID, Name: r.Title, Members: int64(r.Members), XP: f.Text(xpField(r.ID)), TakeBack: f.On(backField(r.ID))})
		}
	}
	return v.Render(http.StatusUnprocessableEntity, page.Roles(p))
}

// thresholdsInput reads the rows, and where the fields of each are in the form.
func thresholdsInput(roles []api.CommunityRole, f *web.Form) (in api.RoleThresholds, renamed web.Renamed) {
	in, renamed = api.RoleThresholds{Thresholds: []api.RoleThreshold{}}, web.Renamed{}
	for _, r := range roles {
		if f.Text(xpField(r.ID)) == "" {
			continue
		}
		renamed["thresholds["+text(int64(len(in.Thresholds)))+"]"] = xpField(r.ID)
		in.Thresholds = append(in.Thresholds, api.RoleThreshold{RoleID: r.ID, XP: f.Whole(xpField(r.ID), 0), TakeBack: f.On(backField(r.ID))})
	}
	return in, renamed
}
