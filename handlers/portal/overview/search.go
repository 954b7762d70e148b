package overview

import (
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/handlers/web"
)

// found is how many members the palette offers.
const found = 6

// Search answers the palette with the members that match, as a part of a page.
func Search(v *web.Visit) error {
	words := v.Query("search")
	if words == "" {
		return v.Page(layout.PaletteResults(nil))
	}
	users, err := v.API.Users().List(v.Ctx(), v.Community.ID, apiclient.UserQuery{Paging: apiclient.Paging{Limit: found}, Search: words})
	if err != nil {
		return err
	}
	list := make([]layout.Found, 0, len(users.Items))
	for _, u := range users.Items {
		list = append(list, layout.Found{Name: web.Name(u), Note: "@" + u.Username, Href: link.Member(u.ID)})
	}
	return v.Page(layout.PaletteResults(list))
}
