// Package member holds the portal's handlers of members: the list and its
// download, and one member's page with its acts.
package member

import (
	"net/url"
	"strings"

	"golang.org/x/sync/errgroup"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

// columns are the names of sortable columns in the address and in the API.
var columns = map[string]string{"displayname": "displayName", "xp": "xp", "coins": "coins", "username": "username", "joined": "createdAt"}

// userQuery is what the address asks of the list; what it does not know is left
// out.
func userQuery(v *web.Visit) apiclient.UserQuery {
	q := apiclient.UserQuery{Paging: v.Paging(), Search: v.Query("search"), Role: v.Query("role"), Status: v.Query("status")}
	column, direction, _ := strings.Cut(v.Query("sort"), ":")
	if known := columns[column]; known != "" && (direction == "asc" || direction == "desc") {
		q.Sort = known + ":" + direction
	}
	return q
}

// List is the page of all members.
func List(v *web.Visit) error {
	users, err := v.API.Users().List(v.Ctx(), v.Community.ID, userQuery(v))
	if err != nil {
		return err
	}
	rows, err := listRows(v, users.Items)
	if err != nil {
		return err
	}
	filters := v.Filters("search", "role", "status", "sort", "limit")
	return v.Page(page.List(page.ListProps{
		PortalProps: v.Portal("Members", layout.PlaceMembers), Search: v.Query("search"), Sort: v.Query("sort"), Rows: rows, CanEdit: true,
		Roles:      web.Choices(append([]ui.Pair{{Value: "Every role"}}, label.Roles()...), v.Query("role")),
		Statuses:   web.Choices(statuses(), v.Query("status")),
		SortHref:   func(field string) (string, ui.SortDir) { return sortHref(filters, field) },
		Pagination: web.Pages(users, link.Members, "members", filters),
	}))
}

func statuses() []ui.Pair {
	return []ui.Pair{{Value: "Everybody"}, {Name: "active", Value: "Active"}, {Name: "dummy", Value: "Dummies"}, {Name: "deleted", Value: "Deleted"}}
}

// sortHref is where a column's head leads: points from the top first, names
// from the first letter, and the other way round when it is chosen already.
func sortHref(filters url.Values, field string) (string, ui.SortDir) {
	q := url.Values{}
	for name, values := range filters {
		q[name] = values
	}
	next, dir := field+":desc", ui.Unsorted
	if field == "displayname" {
		next = field + ":asc"
	}
	switch filters.Get("sort") {
	case field + ":asc":
		next, dir = field+":desc", ui.Ascending
	case field + ":desc":
		next, dir = field+":asc", ui.Descending
	}
	q.Set("sort", next)
	return link.Members + "?" + q.Encode(), dir
}

// listRows adds to each member the rank on the community's first board.
func listRows(v *web.Visit, users []api.User) ([]page.Row, error) {
	boards, err := place.Boards(v, 1)
	if err != nil {
		return nil, err
	}
	rows := make([]page.Row, len(users))
	group := errgroup.Group{}
	group.SetLimit(8)
	for i, u := range users {
		rows[i] = rowOf(v, u)
		if len(boards) == 0 || u.IsDeleted {
			continue
		}
		group.Go(func() error {
			at, err := place.On(v, boards, u.ID)
			if err == nil {
				rows[i].Rank = int64(at[0].Own.Rank)
			}
			return err
		})
	}
	return rows, group.Wait()
}

func rowOf(v *web.Visit, u api.User) page.Row {
	r := page.Row{
		ID: u.ID, Name: web.Name(u), Username: u.Username, Email: u.Email, Image: u.Avatar, Role: web.RoleName(u.Role),
		Seen: v.MomentOf(u.LastLogin), Deleted: u.IsDeleted, Dummy: u.IsDummy,
	}
	if w := u.Wallet; w != nil {
		r.Tier, r.Level, r.XP, r.Coins = place.TierName(w.Tier), w.Level, w.XP, w.Coins
	}
	return r
}
