package badge

import (
	"net/http"
	"strconv"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/badge"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// Applications is the queue; ?status= shows what was decided.
func Applications(v *web.Visit) error { return showQueue(v, http.StatusOK, page.RefuseForm{}) }

func showQueue(v *web.Visit, status int, refused page.RefuseForm) error {
	state := v.Query("status")
	if state != api.ApplicationApproved && state != api.ApplicationRefused {
		state = api.ApplicationWaiting
	}
	found, err := v.API.Badges().Applications(v.Ctx(), apiclient.ApplicationQuery{Paging: v.Paging(), Status: state})
	if err != nil {
		return err
	}
	p := page.ApplicationsProps{
		PortalProps: v.Portal("Applications", layout.PlaceBadges, ui.Link{Label: "Badges", Href: link.Badges}, ui.Link{Label: "Applications"}),
		Waiting:     state == api.ApplicationWaiting, Refuse: refused, Pagination: web.Pages(found, link.Applications, "applications", v.Filters("status", "limit")),
	}
	p.Tabs = tabs(state, p.Applications)
	for _, a := range found.Items {
		p.Rows = append(p.Rows, row(v, a))
	}
	return v.Render(status, page.Applications(p))
}

func tabs(state string, waiting int64) []ui.Tab {
	out := []ui.Tab{
		{Label: "Waiting", Href: link.Applications}, {Label: "Approved", Href: link.Applications + "?status=" + api.ApplicationApproved},
		{Label: "Refused", Href: link.Applications + "?status=" + api.ApplicationRefused},
	}
	for i, s := range []string{api.ApplicationWaiting, api.ApplicationApproved, api.ApplicationRefused} {
		out[i].Current = s == state
	}
	if waiting > 0 {
		out[0].Count = ui.Number(waiting)
	}
	return out
}

func row(v *web.Visit, a api.BadgeApplication) page.Application {
	out := page.Application{
		ID: a.ID, Emblem: ui.EmblemProps{Title: a.Badge.Title, Image: a.Badge.Image, Dark: a.Badge.DarkImage, Size: ui.EmblemLarge}, BadgeID: a.Badge.ID,
		MemberID: a.User.ID, Name: a.User.DisplayName, Image: a.User.Avatar, Note: a.Note, Reason: a.Reason, By: a.DecidedBy,
		At: v.Moment(a.CreatedAt), Decided: v.MomentOf(a.DecidedAt), State: ui.BadgeProps{Text: "Approved", Tone: ui.Good},
	}
	if a.Status == api.ApplicationRefused {
		out.State = ui.BadgeProps{Text: "Refused", Tone: ui.Bad}
	}
	for _, p := range a.Proofs {
		out.Proofs = append(out.Proofs, page.Proof{Href: link.Proof(a.ID, p.Number), Name: p.Name})
	}
	return out
}

// Approve awards the badge to the applicant.
func Approve(v *web.Visit) error {
	a, err := v.API.Badges().Approve(v.Ctx(), v.Param("id"))
	switch {
	case api.IsKind(err, api.Conflict):
		v.Sorry(err.Error())
	case err != nil:
		return err
	default:
		v.Done(a.User.DisplayName + " holds “" + a.Badge.Title + "” now.")
	}
	return v.Go(link.Applications)
}

// Refuse ends an application with a reason.
func Refuse(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if f.Text("reason") == "" {
		f.Refuse("reason", "Say why: the member reads it.")
	}
	if !f.Bad() {
		a, err := v.API.Badges().Refuse(v.Ctx(), v.Param("id"), f.Text("reason"))
		switch {
		case err == nil:
			v.Done("The application of " + a.User.DisplayName + " is refused. They read the reason on their page of badges.")
			return v.Go(link.Applications)
		case api.IsKind(err, api.Conflict):
			v.Sorry(err.Error())
			return v.Go(link.Applications)
		case !f.Take(err, nil):
			return err
		}
	}
	return showQueue(v, http.StatusUnprocessableEntity, page.RefuseForm{ID: v.Param("id"), Reason: f.Text("reason"), Error: f.Errors["reason"]})
}

// Proof is a picture that came with an application.
func Proof(v *web.Visit) error {
	number, err := strconv.Atoi(v.Param("number"))
	if err != nil {
		return api.NewError(api.NotFound, "picture_not_found", "There is no such picture.")
	}
	content, err := v.API.Badges().Proof(v.Ctx(), v.Param("id"), number)
	if err != nil {
		return err
	}
	return v.Picture("image/jpeg", content)
}
