package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/page/role"
	"laurel/components/ui"
)

func roleStates() []State {
	const g = "page/role"
	list := role.ListProps{PortalProps: portal("Roles", layout.PlaceRoles), Create: role.Form{Tint: "blue"}, Moved: id(2), Up: true, Rows: []role.Row{
		{ID: id(1), Title: "Moderator", About: "Keeps the rooms calm", Tint: "purple", Members: 4, Rights: "14 of 21 rights"},
		{ID: id(2), Title: hostile, About: hostile, Tint: hostile, Members: 1204, Rights: "Everything"},
		{ID: id(3), Title: arabic, Tint: "teal", Rights: "Nothing yet"},
		{ID: id(0), Title: "@all", All: true, Rights: "7 of 21 rights"},
	}}
	refused := list
	refused.Create = role.Form{Open: true, Title: "@all", Tint: "red", Errors: map[string]string{"title": "Must be a name that does not begin with @."}}
	return []State{
		whole(g, "list", role.List(list)),
		whole(g, "list-refused", role.List(refused)),
		whole(g, "list-first", role.List(role.ListProps{PortalProps: portal("Roles", layout.PlaceRoles), Rows: list.Rows[3:]})),
		whole(g, "page", role.Page(rolePage())),
		whole(g, "page-all", role.Page(role.PageProps{PortalProps: portal("@all", layout.PlaceRoles), ID: id(0), All: true, Server: rightOptions(), Channel: rightOptions()})),
		whole(g, "page-nobody", role.Page(role.PageProps{PortalProps: portal(hostile, layout.PlaceRoles), ID: id(2), Fault: "It was not saved.", Form: role.Form{Title: hostile, Errors: map[string]string{"title": "Is required."}}, Give: role.GiveForm{Users: hostile, Error: "Nobody here is known by what is left above."}})),
		whole(g, "matrix", role.Matrix(matrix())),
		whole(g, "matrix-changed", role.Matrix(role.MatrixProps{PortalProps: portal("Permissions", layout.PlaceRoles), Fault: "“Moderator” was changed meanwhile, so nothing was saved."})),
	}
}

func rightOptions() []form.Option {
	return []form.Option{{Value: "post_messages", Label: "Post messages", Chosen: true}, {Value: "manage_roles", Label: "Manage roles", Hint: "Change and give the roles below the own highest one."}}
}

func rolePage() role.PageProps {
	p := role.PageProps{
		PortalProps: portal("Moderator", layout.PlaceRoles), ID: id(1), Form: role.Form{Title: "Moderator", About: "Keeps the rooms calm", Tint: "purple"},
		Server: rightOptions(), Channel: rightOptions()[:1], Pagination: ui.PaginationProps{Page: 1, Size: 2, Total: 5, Path: link.RoleAt(id(1)), Noun: "members"},
		Members: []role.Member{{ID: id(1), Name: "Sofía Reyes", Note: "@sofia", Source: "by hand", At: ago("3 min ago")}, {ID: id(2), Name: hostile, Note: arabic, Source: "by request", At: ago("2 days ago")}},
	}
	p.Crumbs = []ui.Link{{Label: "Roles", Href: link.Roles}, {Label: "Moderator"}}
	return p
}

func matrix() role.MatrixProps {
	return role.MatrixProps{
		PortalProps: portal("Permissions", layout.PlaceRoles),
		Columns:     []role.Column{{ID: id(1), Title: "Moderator", Tint: "purple", Seen: "1"}, {ID: id(2), Title: hostile, Seen: hostile, Admin: true}, {ID: id(0), Title: "@all"}},
		Groups: []role.Group{
			{Title: "In the whole community", Rights: []role.Right{{Key: "manage_roles", Label: "Manage roles", Hint: "Change and give the roles below the own highest one.", On: []bool{true, true, false}}}},
			{Title: "In channels", Rights: []role.Right{{Key: "post_messages", Label: "Post messages", On: []bool{true, false, true}}, {Key: "pinable", Label: longest(), On: []bool{true, false, false}}}},
		},
	}
}
