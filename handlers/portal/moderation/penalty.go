package moderation

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/moderation"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// Penalties is the misconduct log; ?user= narrows it to one member, ?give= opens
// the form for one.
func Penalties(v *web.Visit) error {
	give := v.Query("give")
	return penalties(v, http.StatusOK, page.PenaltyForm{Open: give != "", User: give, Kinds: web.Choices(penaltyKinds(), "")})
}

func penalties(v *web.Visit, status int, form page.PenaltyForm) error {
	p := page.PenaltiesProps{PortalProps: v.Portal("Moderation", layout.PlaceModerate), User: v.Query("user"), Give: form}
	list, err := v.API.Penalties().List(v.Ctx(), apiclient.PenaltyQuery{Paging: v.Paging(), User: p.User})
	if p.User != "" && api.IsKind(err, api.NotFound) {
		p.Fault, err = "Nobody here is called that.", nil
	}
	if err != nil {
		return err
	}
	for _, one := range list.Items {
		p.Rows = append(p.Rows, penalty(v, one))
	}
	p.Pagination = web.Pages(list, link.Penalties, "penalties", v.Filters("user", "limit"))
	return v.Render(status, page.Penalties(p))
}

func penaltyKinds() []ui.Pair {
	return []ui.Pair{{Name: string(api.PenaltyWarn), Value: "Warning"}, {Name: string(api.PenaltySuspend), Value: "Suspension"}, {Name: string(api.PenaltyBan), Value: "Ban"}}
}

func penalty(v *web.Visit, p api.Penalty) page.Penalty {
	out := page.Penalty{
		ID: p.ID, Kind: ui.BadgeProps{Text: "Warning", Tone: ui.Warn}, Member: p.Username, Href: link.Member(p.UserID), Reason: p.Reason,
		By: p.GivenByName, At: v.Moment(p.CreatedAt), Ends: v.MomentOf(p.EndsAt), Lifted: v.MomentOf(p.RevokedAt), Why: p.RevokedReason,
		Standing: p.IsActive, CanMove: p.IsActive && p.Kind == api.PenaltySuspend,
	}
	if p.Kind == api.PenaltyWarn {
		return out
	}
	out.Kind = ui.BadgeProps{Text: "Suspension", Tone: ui.Bad}
	if p.Kind == api.PenaltyBan {
		out.Kind.Text = "Ban"
	}
	switch {
	case p.IsActive:
		out.State = ui.BadgeProps{Text: "In force", Tone: ui.Bad, Dot: true}
	case p.RevokedAt != nil:
		out.State = ui.BadgeProps{Text: "Lifted"}
	default:
		out.State = ui.BadgeProps{Text: "Ended"}
	}
	return out
}

// Punish gives a penalty; a refused form comes back open, with what was typed.
func Punish(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.NewPenalty{Kind: api.PenaltyKind(f.Text("kind")), Reason: f.Text("reason")}
	if in.Kind == api.PenaltySuspend {
		in.EndsAt = daysFromNow(v, f)
	}
	if f.Text("user") == "" {
		f.Refuse("user", "Say whom it is for.")
	}
	if !f.Bad() {
		var given api.Penalty
		if given, err = v.API.Penalties().Give(oneWarning(v, f, in), f.Text("user"), in); err == nil {
			v.Done("It is given: " + given.Username + " gets a mail with the reason.")
			return v.Go(link.Penalties)
		}
		if api.IsKind(err, api.NotFound) {
			f.Refuse("user", "Nobody here is called that.")
		} else if !f.Take(err, web.Renamed{"endsAt": "days"}) {
			return err
		}
	}
	return penalties(v, f.Status(err), page.PenaltyForm{
		Open: true, User: f.Text("user"), Kinds: web.Choices(penaltyKinds(), f.Text("kind")), Days: f.Text("days"), Reason: f.Text("reason"), Fault: f.Fault, Errors: f.Errors,
	})
}

// oneWarning lets a form that was sent twice warn once. Of suspensions and bans
// only one can stand anyway, and the end of one is counted from now.
func oneWarning(v *web.Visit, f *web.Form, in api.NewPenalty) context.Context {
	if in.Kind != api.PenaltyWarn {
		return v.Ctx()
	}
	return v.Once(f)
}

// daysFromNow is when the typed number of days will have passed; it refuses
// what is none.
func daysFromNow(v *web.Visit, f *web.Form) *api.Time {
	days, err := strconv.Atoi(f.Text("days"))
	if err != nil || days < 1 || days > 3650 {
		f.Refuse("days", "Type how many days, from 1 to 3650.")
		return nil
	}
	at := api.At(v.Now.Add(time.Duration(days) * 24 * time.Hour))
	return &at
}

// back leads to the list as it was narrowed before an act.
func back(f *web.Form) string {
	if user := f.Text("back"); user != "" {
		return link.Penalties + "?user=" + url.QueryEscape(user)
	}
	return link.Penalties
}

// Extend moves the end of a suspension.
func Extend(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	until := daysFromNow(v, f)
	if until == nil {
		v.Sorry(f.Why("days"))
		return v.Go(back(f))
	}
	p, err := v.API.Penalties().Extend(v.Ctx(), v.Param("id"), api.PenaltyPatch{EndsAt: *until, Reason: f.Text("reason")})
	if err != nil {
		return err
	}
	v.Done("The suspension of " + p.Username + " ends on " + p.EndsAt.In(v.Zone()).Format("2 January 2006, 15:04") + ".")
	return v.Go(back(f))
}

// Revoke lifts a suspension or ban.
func Revoke(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p, err := v.API.Penalties().Revoke(v.Ctx(), v.Param("id"), f.Text("reason"))
	if err != nil {
		return err
	}
	v.Done("It is lifted: " + p.Username + " can come back.")
	return v.Go(back(f))
}
