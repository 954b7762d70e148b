package channel

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/member"
)

var update = flag.Bool("update", false, "write the golden files")

const (
	allRole    = "000000000000000000000001"
	mutedRole  = "000000000000000000000002"
	modRole    = "000000000000000000000003"
	adminRole  = "000000000000000000000004"
	voiceRole  = "000000000000000000000005"
	innerRole  = "000000000000000000000006"
	traderRole = "000000000000000000000007"
)

func person(base api.Role, roles ...member.HeldRole) member.Standing {
	return member.Standing{Ref: member.Ref{ID: "00000000000000000000000f", Role: base}, Roles: roles}
}

func held(id string, rights api.Right) member.HeldRole {
	return member.HeldRole{ID: id, Rights: rights}
}

// people are the kinds of members that the table walks through.
func people() map[string]member.Standing {
	all := held(allRole, api.DefaultRights)
	return map[string]member.Standing{
		"member":        person(api.RoleMember, all),
		"silent":        person(api.RoleMember, held(allRole, api.RightViewHistory)),
		"blind":         person(api.RoleMember, held(allRole, 0)),
		"speaker":       person(api.RoleMember, held(voiceRole, 0), all),
		"moderator":     person(api.RoleMember, held(modRole, api.RightManageMessages|api.RightPin|api.RightShareAttachments), all),
		"analyst":       person(api.RoleMember, held(traderRole, api.RightPostAnalysis), all),
		"administrator": person(api.RoleMember, held(adminRole, api.RightAdministrator), all),
		"admin":         person(api.RoleAdmin, all),
	}
}

// TestEveryActOfEveryRoleInEveryChannel holds the whole table against a file.
func TestEveryActOfEveryRoleInEveryChannel(t *testing.T) {
	var out strings.Builder
	names := []string{"member", "silent", "blind", "speaker", "moderator", "analyst", "administrator", "admin"}
	for _, kind := range append(api.ChannelTypes(), "archived", "private") {
		c := api.Channel{Type: kind, Speakers: []string{voiceRole}}
		switch kind {
		case "archived":
			c.Type, c.IsArchived = api.ChannelOpen, true
		case "private":
			c.Type, c.IsPrivate = api.ChannelOpen, true
			c.Permissions = []api.ChannelAccess{{RoleID: voiceRole, Rights: map[string]bool{"view_message_history": true}}, {RoleID: modRole}}
		}
		p := newPlace(c, nil)
		for _, act := range Acts() {
			fmt.Fprintf(&out, "%s | %s", kind, act)
			for _, name := range names {
				fmt.Fprintf(&out, " | %s: %s", name, outcome(p.may(people()[name], act)))
			}
			out.WriteString("\n")
		}
	}
	golden(t, "testdata/acts.txt", out.String())
}

func outcome(err error) string {
	var e *api.Error
	if !errors.As(err, &e) {
		return "yes"
	}
	if len(e.Fields) > 0 {
		return e.Fields[0].Field
	}
	return e.Code
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the table changed (go test -update writes it):\n%s", got)
	}
}

// TestPrivateCategoryNeverOpensAChannel holds that a member passes both lists.
func TestPrivateCategoryNeverOpensAChannel(t *testing.T) {
	inner, all := held(innerRole, 0), held(allRole, api.DefaultRights)
	voice := held(voiceRole, 0)
	category := &api.Category{IsPrivate: true, Roles: []string{innerRole}}
	listed := api.Channel{Type: api.ChannelOpen, IsPrivate: true, Permissions: []api.ChannelAccess{{RoleID: voiceRole}}}
	for _, c := range []struct {
		name     string
		channel  api.Channel
		category *api.Category
		who      member.Standing
		sees     bool
	}{
		{"category only", listed, category, person(api.RoleMember, inner, all), false},
		{"channel only", listed, category, person(api.RoleMember, voice, all), false},
		{"both", listed, category, person(api.RoleMember, inner, voice, all), true},
		{"open channel in private category", api.Channel{}, category, person(api.RoleMember, inner, all), true},
		{"open channel in private category, stranger", api.Channel{}, category, person(api.RoleMember, all), false},
		{"private channel in open category", listed, &api.Category{}, person(api.RoleMember, voice, all), true},
		{"team", listed, category, person(api.RoleAdmin, all), true},
	} {
		if got := newPlace(c.channel, c.category).sees(c.who); got != c.sees {
			t.Errorf("%s: sees = %v, want %v", c.name, got, c.sees)
		}
	}
}

// TestRightsOfAPrivateChannelComeFromItsList holds that @all adds nothing where it is not listed.
func TestRightsOfAPrivateChannelComeFromItsList(t *testing.T) {
	p := newPlace(api.Channel{Type: api.ChannelOpen, IsPrivate: true,
		Permissions: []api.ChannelAccess{{RoleID: voiceRole, Rights: map[string]bool{"view_message_history": true}}}}, nil)
	who := person(api.RoleMember, held(voiceRole, api.RightPost), held(allRole, api.DefaultRights))
	if err := p.may(who, ActView); err != nil {
		t.Errorf("reading: %v", err)
	}
	if outcome(p.may(who, ActPost)) != "post_messages" {
		t.Errorf("posting: got %s, want post_messages missing", outcome(p.may(who, ActPost)))
	}
}
