package me

import (
	"net/http"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Profile is the member's own page.
func Profile(v *web.Visit) error { return show(v, http.StatusOK, nil) }

// show renders the page; change may put a refused form into it.
func show(v *web.Visit, status int, change func(p *page.ProfileProps)) error {
	u := v.Me
	p := page.ProfileProps{
		MemberProps: v.Member("Me", layout.PlaceMe), Username: u.Username, Badges: label.Badges(u.Badges), Email: u.Email, Display: u.DisplayName, First: u.FirstName,
		Last: u.LastName, Languages: web.Choices(label.Languages(), u.Language), Zone: u.Timezone, Zones: label.Zones(),
		Password: page.PasswordForm{Has: true},
	}
	sessions, err := v.API.Auth().Sessions(v.Ctx())
	if err != nil {
		return err
	}
	for _, s := range sessions {
		p.Sessions = append(p.Sessions, page.Session{ID: s.ID, Device: label.Device(s.UserAgent), From: s.IP, Seen: v.Moment(s.CreatedAt), Current: s.IsCurrent})
	}
	if p.Notices, err = notices(v); err != nil {
		return err
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Profile(p))
}

// noticeLife is how long a warning shows on the member's own page.
const noticeLife = 30 * 24 * time.Hour

// notices are the member's warnings of late, and what keeps him out now.
func notices(v *web.Visit) (out []page.Notice, err error) {
	list, err := v.API.Penalties().Mine(v.Ctx(), apiclient.Paging{Limit: 20})
	for _, p := range list.Items {
		title := ""
		switch {
		case p.Kind == api.PenaltyWarn && v.Now.Sub(p.CreatedAt.Time) < noticeLife:
			title = "You were warned."
		case p.IsActive && p.Kind == api.PenaltyBan:
			title = "You are banned from this community."
		case p.IsActive:
			title = "You are suspended until " + p.EndsAt.In(v.Zone()).Format("2 January, 15:04") + "."
		default:
			continue
		}
		out = append(out, page.Notice{Title: title, Reason: p.Reason, At: v.Moment(p.CreatedAt)})
	}
	return out, err
}

// SaveProfile changes the member's own record.
func SaveProfile(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	patch := api.UserPatch{
		DisplayName: f.Ptr("displayname"), FirstName: f.Ptr("firstname"), LastName: f.Ptr("lastname"),
		Language: f.Ptr("language"), Timezone: f.Ptr("timezone"),
	}
	_, err = v.API.Me().Update(v.Ctx(), patch)
	if err == nil {
		v.Done("Your profile is saved.")
		return v.Go(link.Me)
	}
	if !f.Take(err, web.Renamed{"displayName": "displayname", "firstName": "firstname", "lastName": "lastname"}) {
		return err
	}
	if f.Fault != "" {
		f.Refuse("displayname", f.Fault)
	}
	return show(v, f.Status(err), func(p *page.ProfileProps) {
		p.Display, p.First, p.Last, p.Zone = f.Text("displayname"), f.Text("firstname"), f.Text("lastname"), f.Text("timezone")
		p.Languages, p.Errors = web.Choices(label.Languages(), f.Text("language")), f.Errors
	})
}

// SavePassword changes the member's password and ends the other sessions.
func SavePassword(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	err = v.API.Me().ChangePassword(v.Ctx(), f.Raw("current"), f.Raw("password"))
	if err == nil {
		v.Done("Your password is changed. You are signed out everywhere else.")
		return v.Go(link.Me)
	}
	if !f.Take(err, nil) {
		return err
	}
	if f.Fault != "" {
		f.Refuse("current", f.Fault)
	}
	return show(v, f.Status(err), func(p *page.ProfileProps) { p.Password.Errors = f.Errors })
}

// EndSession signs the member out in one other place.
func EndSession(v *web.Visit) error {
	err := v.API.Auth().EndSession(v.Ctx(), v.Param("id"))
	if err != nil && !api.IsKind(err, api.NotFound) { // gone already is as good
		return err
	}
	v.Done("Signed out there.")
	return v.Go(link.Me)
}

// EndSessions signs the member out everywhere else.
func EndSessions(v *web.Visit) error {
	sessions, err := v.API.Auth().Sessions(v.Ctx())
	if err != nil {
		return err
	}
	for _, s := range sessions {
		if s.IsCurrent {
			continue
		}
		if err := v.API.Auth().EndSession(v.Ctx(), s.ID); err != nil && !api.IsKind(err, api.NotFound) {
			return err
		}
	}
	v.Done("You are signed out everywhere else.")
	return v.Go(link.Me)
}
