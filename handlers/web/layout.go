package web

import (
	"crypto/rand"
	"net/http"
	"strings"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/ui"
)

// Portal is what surrounds a page of the portal.
func (v *Visit) Portal(title string, place layout.Place, crumbs ...ui.Link) layout.PortalProps {
	return layout.PortalProps{
		Doc: v.doc(title), Active: place, Note: ui.Count(v.Community.Members, "member", "members"),
		Person: v.person(), Crumbs: crumbs, Once: rand.Text(), Applications: v.waiting(), Requests: v.requests(),
	}
}

// waiting counts the applications for badges that wait. A page does without
// the number when it cannot be had.
func (v *Visit) waiting() int64 {
	page, err := v.API.Badges().Applications(v.ctx, apiclient.ApplicationQuery{Paging: apiclient.Paging{Limit: 1}, Status: api.ApplicationWaiting})
	if err != nil {
		v.log(err)
	}
	return int64(page.Total)
}

// requests is how many members wait to be let into a channel. A page is shown
// without the number rather than not at all.
func (v *Visit) requests() int64 {
	list, err := v.API.Channels().Requests(v.ctx, apiclient.RequestQuery{Paging: apiclient.Paging{Limit: 1}, Status: "requested"})
	if err != nil {
		v.log(err)
	}
	return int64(list.Total)
}

// Member is what surrounds a page of the member area.
func (v *Visit) Member(title string, place layout.Place) layout.MemberProps {
	return layout.MemberProps{Doc: v.doc(title), Active: place, Person: v.person(), Admin: v.IsTeam(), News: v.news()}
}

// news is how many notifications the member has not read. A page is shown
// without the number rather than not at all.
func (v *Visit) news() int {
	page, err := v.API.Me().Notifications(v.ctx, apiclient.Paging{Limit: 1})
	if err != nil {
		v.log(err)
	}
	return page.Unread
}

// Public is what surrounds a page that anyone may see.
func (v *Visit) Public(title, about string) layout.PublicProps {
	p := layout.PublicProps{Doc: v.doc(title), URI: v.Community.URI, SignedIn: v.SignedIn()}
	p.Description = about
	return p
}

// Auth is what surrounds signing in and the like.
func (v *Visit) Auth(title string) layout.AuthProps { return layout.AuthProps{Doc: v.doc(title)} }

func (v *Visit) doc(title string) layout.Doc {
	return layout.Doc{Title: title, Community: v.Community.Name, Lang: "en", Theme: v.theme(), Path: v.here(), Flash: v.takeFlash()}
}

// here is the page to come back to: this one, or the one whose form was sent.
func (v *Visit) here() string {
	if r := v.c.Request(); r.Method == http.MethodGet {
		return r.URL.RequestURI()
	}
	if path := v.before(); path != "" {
		return path
	}
	return "/"
}

func (v *Visit) person() layout.Person {
	return layout.Person{Name: Name(v.Me), Role: RoleName(v.Me.Role), Image: v.Me.Avatar}
}

// Name is how a member is called: the display name, else the username.
func Name(u api.User) string {
	if u.DisplayName != "" {
		return u.DisplayName
	}
	return u.Username
}

// RoleName is a role in the words of a page: "Owner".
func RoleName(r api.Role) string {
	if r == "" {
		return ""
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
