package channel

import (
	"slices"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/channel"
	"laurel/handlers/web"
)

// Requests is the queue of members who ask to be let into private channels.
func Requests(v *web.Visit) error {
	status := v.Query("status")
	if status != "approved" && status != "refused" {
		status = "requested"
	}
	list, err := v.API.Channels().Requests(v.Ctx(), apiclient.RequestQuery{Paging: v.Paging(), Status: status})
	if err != nil {
		return err
	}
	h, err := open(v)
	if err != nil {
		return err
	}
	p := page.RequestsProps{
		PortalProps: v.Portal("Access requests", layout.PlaceRequests), Status: status,
		Pagination: web.Pages(list, link.Requests, "requests", v.Filters("status", "limit")),
	}
	p.Waiting = p.PortalProps.Requests
	for _, r := range list.Items {
		p.Rows = append(p.Rows, page.Request{
			ID: r.ID, Member: r.Username, MemberID: r.UserID, Channel: r.ChannelName, ChannelID: r.ChannelID, Note: r.Note, At: v.Moment(r.CreatedAt),
			Role: h.title(r.RoleID), Reason: r.Reason, Decided: v.MomentOf(r.DecidedAt), Roles: h.opening(r.ChannelID),
		})
	}
	return v.Page(page.Requests(p))
}

func (h house) title(role string) string {
	for _, title := range h.titles([]string{role}) {
		return title
	}
	return ""
}

// opening are the roles that open a channel on their own: those that it lets
// in, unless its category is private and does not.
func (h house) opening(id string) []form.Option {
	c, err := h.find(id)
	if err != nil {
		return nil
	}
	var out []form.Option
	for _, r := range h.roles {
		listed := slices.ContainsFunc(c.Permissions, func(a api.ChannelAccess) bool { return a.RoleID == r.ID })
		for _, k := range h.categories {
			listed = listed && (k.ID != c.CategoryID || !k.IsPrivate || slices.Contains(k.Roles, r.ID))
		}
		if listed && !r.IsDefault {
			out = append(out, form.Option{Value: r.ID, Label: r.Title})
		}
	}
	return out
}

// Approve lets the member in by giving a role.
func Approve(v *web.Visit) error {
	return decide(v, func(f *web.Form) (api.AccessRequest, error) {
		return v.API.Channels().Approve(v.Ctx(), v.Param("id"), f.Text("role"))
	}, " is in.")
}

// Refuse turns the request down with a reason.
func Refuse(v *web.Visit) error {
	return decide(v, func(f *web.Form) (api.AccessRequest, error) {
		return v.API.Channels().Refuse(v.Ctx(), v.Param("id"), f.Text("reason"))
	}, " is told no.")
}

// decide acts; that somebody else decided first, or that the role does not open
// the channel any more, is told on the page.
func decide(v *web.Visit, act func(f *web.Form) (api.AccessRequest, error), done string) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	r, err := act(f)
	switch {
	case api.IsKind(err, api.Conflict), api.IsKind(err, api.Invalid), api.IsKind(err, api.Forbidden):
		v.Sorry(err.Error())
	case err != nil:
		return err
	default:
		v.Done(r.Username + done)
	}
	return v.Go(link.Requests)
}
