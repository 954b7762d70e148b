package member

import (
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

// exportPage is how many members a download asks for at a time.
const exportPage = 100

// Export downloads the members that the list's filters let through.
func Export(v *web.Visit) error {
	q := userQuery(v)
	if q.Sort == "" {
		q.Sort = "createdAt:asc" // newcomers do not shift the pages
	}
	q.Paging = apiclient.Paging{Page: 1, Limit: exportPage}
	users, err := v.API.Users().List(v.Ctx(), v.Community.ID, q)
	if err != nil {
		return err
	}
	head := []string{"Id", "Number", "Username", "Name", "Email", "Role", "Status", "XP", "Coins", "Premium", "Level", "Tier", "Last seen", "Joined"}
	return v.Export("members-"+v.Now.Format(time.DateOnly), head, func(out web.CSV) error {
		for {
			for _, u := range users.Items {
				exportRow(out, u)
			}
			if len(users.Items) < exportPage {
				return nil
			}
			q.Page++
			if users, err = v.API.Users().List(v.Ctx(), v.Community.ID, q); err != nil {
				return err
			}
		}
	})
}

func exportRow(out web.CSV, u api.User) {
	w := api.Wallet{}
	if u.Wallet != nil {
		w = *u.Wallet
	}
	out.Row(u.ID, u.Number, u.Username, web.Name(u), u.Email, string(u.Role), status(u), w.XP, w.Coins, w.Premium, w.Level,
		place.TierName(w.Tier), stamp(u.LastLogin), stamp(&u.CreatedAt))
}

func status(u api.User) string {
	switch {
	case u.IsDeleted:
		return "deleted"
	case u.IsDummy:
		return "dummy"
	case !u.EmailVerified:
		return "unverified"
	}
	return "active"
}

func stamp(t *api.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
