package role

import (
	"net/http"
	"time"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/role"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Matrix is the table of what every role allows.
func Matrix(v *web.Visit) error {
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return err
	}
	return v.Page(page.Matrix(matrixProps(v, roles, func(r api.CommunityRole, i api.RightInfo) bool { return r.Rights()&i.Right != 0 })))
}

// matrixProps is the table with the boxes for which on says yes.
func matrixProps(v *web.Visit, roles []api.CommunityRole, on func(api.CommunityRole, api.RightInfo) bool) page.MatrixProps {
	p := page.MatrixProps{
		PortalProps: v.Portal("Permissions", layout.PlaceRoles, ui.Link{Label: "Roles", Href: link.Roles}, ui.Link{Label: "Permissions"}),
		Groups:      []page.Group{{Title: "In the whole community"}, {Title: "In channels"}},
	}
	for _, r := range roles {
		p.Columns = append(p.Columns, page.Column{ID: r.ID, Title: r.Title, Tint: r.Class, Seen: stamp(r), Admin: r.ServerPermissions.Administrator})
	}
	for _, i := range api.Rights() {
		line := page.Right{Key: i.Key, Label: label.Right(i.Right), Hint: label.RightHint(i.Right)}
		for _, r := range roles {
			line.On = append(line.On, on(r, i))
		}
		group := &p.Groups[1]
		if i.InServer {
			group = &p.Groups[0]
		}
		group.Rights = append(group.Rights, line)
	}
	return p
}

// stamp tells one state of a role from the next.
func stamp(r api.CommunityRole) string { return r.UpdatedAt.UTC().Format(time.RFC3339Nano) }

func box(r api.CommunityRole, i api.RightInfo) string { return r.ID + "-" + i.Key }

// SetMatrix stores the rights of the roles whose boxes changed. A role that the
// form did not show is left alone, and one that changed meanwhile stops it all.
func SetMatrix(v *web.Visit) error {
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	changed := map[string]api.RoleInput{}
	for _, r := range roles {
		in, differs := changes(f, r)
		if !differs {
			continue
		}
		if f.Text("seen-"+r.ID) != stamp(r) {
			return matrixAgain(v, roles, f, "“"+r.Title+"” was changed meanwhile, so nothing was saved. Your ticks are still here: look at them and save again.")
		}
		changed[r.ID] = in
	}
	for id, in := range changed {
		if _, err := v.API.Roles().Update(v.Ctx(), id, in); err != nil {
			return err
		}
	}
	if len(changed) == 0 {
		v.Done("Nothing was changed.")
	} else {
		v.Done("The rights of " + ui.Count(int64(len(changed)), "role", "roles") + " are saved. They hold from now on.")
	}
	return v.Go(link.RoleMatrix)
}

// changes are the rights of a role whose boxes differ from what it has.
func changes(f *web.Form, r api.CommunityRole) (in api.RoleInput, differs bool) {
	in = api.RoleInput{Server: map[string]bool{}, Channel: map[string]bool{}}
	if !f.Values.Has("seen-" + r.ID) {
		return in, false
	}
	for _, i := range api.Rights() {
		on := f.On(box(r, i))
		if on == (r.Rights()&i.Right != 0) {
			continue
		}
		differs = true
		if i.InServer {
			in.Server[i.Key] = on
		} else {
			in.Channel[i.Key] = on
		}
	}
	return in, differs
}

// matrixAgain shows the ticks as they were sent, over the present state.
func matrixAgain(v *web.Visit, roles []api.CommunityRole, f *web.Form, fault string) error {
	p := matrixProps(v, roles, func(r api.CommunityRole, i api.RightInfo) bool {
		if !f.Values.Has("seen-" + r.ID) {
			return r.Rights()&i.Right != 0
		}
		return f.On(box(r, i))
	})
	p.Fault = fault
	return v.Render(http.StatusConflict, page.Matrix(p))
}
