package role

import (
	"testing"

	"laurel/api"
	"laurel/engine/member"
)

func standing(base api.Role, orders ...int) member.Standing {
	s := member.Standing{Ref: member.Ref{Role: base}}
	for _, o := range append(orders, allOrder) {
		s.Roles = append(s.Roles, member.HeldRole{Order: o})
	}
	return s
}

func TestOrderDecidesWhoManagesWhom(t *testing.T) {
	owner, admin := standing(api.RoleOwner), standing(api.RoleAdmin)
	high, low, none := standing(api.RoleMember, 1, 5), standing(api.RoleMember, 3), standing(api.RoleMember)
	for _, c := range []struct {
		name          string
		actor, target member.Standing
		want          bool
	}{
		{"owner over admin", owner, admin, true}, {"owner over owner", owner, owner, false},
		{"admin over owner", admin, owner, false}, {"admin over admin", admin, admin, false}, {"admin over high", admin, high, true},
		{"high over admin", high, admin, false}, {"high over low", high, low, true}, {"low over high", low, high, false},
		{"equals", low, low, false}, {"low over none", low, none, true}, {"none over none", none, none, false},
	} {
		if got := Outranks(c.actor, c.target); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestRolesAreShapedFromAbove(t *testing.T) {
	chief := standing(api.RoleMember, 2)
	chief.Roles[0].Rights = api.RightManageRoles | api.RightPost
	for _, c := range []struct {
		name   string
		order  int
		rights api.Right
		want   bool
	}{
		{"below, own rights", 3, api.RightPost, true}, {"his own role", 2, 0, false}, {"above", 1, 0, false},
		{"a right he has not", 3, api.RightBan, false}, {"administrator", 3, api.RightAdministrator, false},
	} {
		if got := mayShape(chief, c.order, c.rights); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if !mayShape(standing(api.RoleAdmin), 1, api.AllRights) {
		t.Error("an admin may not shape the highest role")
	}
}

func TestRightsAddUp(t *testing.T) {
	s := standing(api.RoleMember, 1, 2)
	s.Roles[0].Rights, s.Roles[1].Rights = api.RightWarn, api.RightBan
	if !May(s, api.RightWarn) || !May(s, api.RightBan) || May(s, api.RightSuspend) {
		t.Errorf("got rights %b", s.Rights())
	}
}
