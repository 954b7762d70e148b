package e2e_test

import (
	"testing"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	"laurel/e2e/demo"
	"laurel/portaltest/browser"
)

// system acts with every right of the community.
func (s site) system() *apiclient.Client { return s.api.WithSystemKey(s.SystemKey) }

// token acts as somebody who signed in.
func (s site) token(t *testing.T, who demo.Account) *apiclient.Client {
	t.Helper()
	session, err := s.api.Anonymous().Auth().Login(t.Context(), api.Login{CommunityID: s.CommunityID, Login: who.Login, Password: who.Password})
	if err != nil {
		t.Fatal(err)
	}
	return s.api.WithToken(session.Token)
}

// testRooms makes a role, ticks what it allows, gives it to a member, and lets
// a member into a private channel who asked for it.
func testRooms(t *testing.T, s site) {
	p := s.as(t, s.Admin, link.Roles, browser.Options{})
	p.Role("button", "New role").Click()
	dialog := p.Find("dialog[open]")
	dialog.Label("Name").Fill("Mentor")
	dialog.Find(".swatches label").With("teal").Click()
	dialog.Role("button", "Create role").Click()
	p.Find("h1").WantContains("Mentor")
	p.Find("#role [value=teal]:checked").WantCount(1)
	p.Label("Give it to").Fill(s.Member.Login + ", nobody-at-all")
	p.Role("button", "Give role").Click()
	p.Find("#members").WantContains("Priya Banerjee")
	p.Label("Give it to").WantValue("nobody-at-all")
	t.Run("order by keyboard", func(t *testing.T) {
		p.Open(s.URL + link.Roles)
		p.Role("button", "Move Mentor up").Focus()
		p.Press("Enter")
		p.WantURLPart("moved=")
		p.Role("button", "Move Mentor up").WantFocused()
	})
	t.Run("matrix", func(t *testing.T) {
		p.Open(s.URL + link.RoleMatrix)
		p.Label("Mentor: Warn members").SetChecked(true)
		p.Role("button", "Save").Click()
		p.Find(".toast").With("saved").WantVisible()
		p.Label("Mentor: Warn members").WantAttribute("checked", "")
		held, err := s.system().Roles().Of(t.Context(), s.Member.ID)
		if err != nil || len(held) < 2 {
			t.Fatalf("got %d roles (%v), want Mentor and @all", len(held), err)
		}
		if mentor := named(held, "Mentor"); !mentor.ServerPermissions.Warn || mentor.ServerPermissions.Ban {
			t.Errorf("got the rights %+v, want the ticked one only", mentor.ServerPermissions)
		}
	})
	t.Run("channel and access request", func(t *testing.T) { testAccess(t, s, p) })
}

func named(roles []api.CommunityRole, title string) api.CommunityRole {
	for _, r := range roles {
		if r.Title == title {
			return r
		}
	}
	return api.CommunityRole{}
}

func testAccess(t *testing.T, s site, p *browser.Page) {
	guest, err := s.system().Roles().Create(t.Context(), api.RoleInput{Title: ptr("Study guest")})
	if err != nil {
		t.Fatal(err)
	}
	p.Open(s.URL + link.ChannelNew)
	p.Label("Name").Fill("study-room")
	p.Find("[name=url]").WantHidden()
	p.Find("[name=isPrivate]").SetChecked(true)
	p.Find("[name=access-" + guest.ID + "]").Select("here")
	p.Find("[name=rights-" + guest.ID + "][value=post_messages]").SetChecked(true)
	p.Find("[name=requestRoles][value=\"" + s.CommunityID + "\"]").SetChecked(true) // @all
	p.Find(".head").Role("button", "Create channel").Click()
	p.Find("main").WantContains("study-room")
	channels, err := s.system().Channels().List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	member := s.token(t, s.Member)
	for _, c := range channels {
		if c.Topic == "study-room" {
			if _, err := member.MyChannels().Ask(t.Context(), c.ID, "To learn"); err != nil {
				t.Fatal(err)
			}
		}
	}
	p.Open(s.URL + link.Requests)
	row := p.Find("main tbody tr").With("study-room")
	row.WantContains("To learn")
	row.Role("button", "Approve").Click()
	p.Find("dialog[open]").Label("Role to give").WantValue(guest.ID)
	p.Find("dialog[open]").Role("button", "Approve").Click()
	p.Find(".toast").With("is in").WantVisible()
	mine, err := member.MyChannels().List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range mine {
		if c.Topic == "study-room" {
			return
		}
	}
	t.Error("the member was let in, and does not see the channel")
}
