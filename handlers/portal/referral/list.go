// Package referral serves the portal's pages of referrals and programs.
package referral

import (
	"net/http"
	"net/url"
	"strings"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/referral"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// List is the programs and the newest referrals.
func List(v *web.Visit) error {
	known, err := v.API.Referrals().Link(v.Ctx())
	if err != nil {
		return err
	}
	return list(v, http.StatusOK, page.LinkForm{Param: known.Param}, known.Field)
}

// list is the page with the link's form as it was typed.
func list(v *web.Visit, status int, mapped page.LinkForm, field string) error {
	p := page.ListProps{PortalProps: v.Portal("Referrals", layout.PlaceReferrals), Link: mapped, Later: v.Query("cursor") != ""}
	fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
	if err != nil {
		return err
	}
	p.Link.Fields = fieldChoices(fields, field)
	programs, err := v.API.Referrals().Programs(v.Ctx(), "", apiclient.Paging{Limit: 100})
	if err != nil {
		return err
	}
	for _, g := range programs.Items {
		p.Programs = append(p.Programs, programOf(g))
	}
	if err := addReferees(v, &p); err != nil {
		return err
	}
	return v.Render(status, page.List(p))
}

func addReferees(v *web.Visit, p *page.ListProps) error {
	part, err := v.API.Referrals().List(v.Ctx(), v.Query("cursor"), 20)
	if err != nil {
		return err
	}
	for _, r := range part.Referees {
		row := page.Referee{Person: ui.PersonProps{Name: r.Username, Image: r.Avatar, Href: link.Member(r.UserID)}, By: r.Referrer, ByHref: link.Member(r.ReferrerID), Joined: v.Moment(r.JoinedAt)}
		for _, g := range r.Programs {
			row.Programs = append(row.Programs, label.Way(g))
		}
		p.Referees = append(p.Referees, row)
	}
	if part.NextCursor != "" {
		p.Next = link.Referrals + "?cursor=" + url.QueryEscape(part.NextCursor) + "#referees"
	}
	return nil
}

func fieldChoices(fields []api.UserField, chosen string) []form.Option {
	out := []form.Option{{Label: "None", Chosen: chosen == ""}}
	for _, f := range fields {
		out = append(out, form.Option{Value: f.Field, Label: f.Name, Chosen: f.Field == chosen})
	}
	return out
}

func programOf(g api.Program) page.Program {
	out := page.Program{Name: g.Name, Href: link.Program(g.ID), About: g.Description, State: ui.BadgeProps{Text: "On", Tone: ui.Good, Dot: true}, Kind: ui.BadgeProps{Text: "Referrals"}}
	if !g.IsEnabled {
		out.State = ui.BadgeProps{Text: "Off"}
	}
	if g.Kind == api.ProgramMilestone {
		out.Kind.Text = "Milestones"
	}
	for _, s := range g.Stages {
		out.Stages = append(out.Stages, page.Stage{Name: s.Name, Needs: label.Needs(s), Pays: label.Pays(s.Rewards)})
	}
	return out
}

// SetLink maps a value of links to a user field.
func SetLink(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.ReferralLink{Param: strings.TrimSpace(f.Text("param")), Field: f.Text("field")}
	if _, err = v.API.Referrals().SetLink(v.Ctx(), in); err == nil {
		v.Done("Links are read that way from now on.")
		return v.Go(link.Referrals + "#link")
	}
	if !f.Take(err, nil) {
		return err
	}
	return list(v, f.Status(err), page.LinkForm{Param: in.Param, Fault: f.Fault, Errors: f.Errors}, in.Field)
}
