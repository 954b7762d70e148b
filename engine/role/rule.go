package role

import (
	"laurel/api"
	"laurel/engine/member"
)

// allOrder is the order of @all: below every other role.
const allOrder = 1_000_000

// May reports whether somebody of the standing holds the right in the whole
// community. The team has every right; the rights of roles add up.
func May(s member.Standing, right api.Right) bool { return s.Rights().Has(right) }

// Rank is a place in the community's order; smaller is higher: the owner, the
// admins, then everyone by the highest role that was given to him.
func Rank(s member.Standing) int {
	switch {
	case s.Role == api.RoleOwner:
		return -1
	case s.Role == api.RoleAdmin:
		return 0
	case len(s.Roles) == 0:
		return allOrder
	}
	return s.Roles[0].Order
}

// Outranks reports whether the actor may manage the target: give and take
// roles, warn, suspend and ban. Equals cannot manage each other.
func Outranks(actor, target member.Standing) bool { return Rank(actor) < Rank(target) }

// mayShape reports whether the actor may change, give or take a role: it lies
// below his highest one, and holds no right that he does not hold himself.
func mayShape(actor member.Standing, order int, rights api.Right) bool {
	return Rank(actor) < order && (actor.IsTeam() || actor.Rights().Has(rights))
}

// permissions are the API permissions that come with rights in the community.
func permissions(r api.Right) []api.Permission {
	var out []api.Permission
	add := func(want api.Right, p ...api.Permission) {
		if r&want != 0 || r&api.RightAdministrator != 0 {
			out = append(out, p...)
		}
	}
	add(api.RightManageRoles, api.PermManageRoles, api.PermGetUserData)
	add(api.RightManageChannels, api.PermManageChannels, api.PermGetChannels)
	add(api.RightWarn|api.RightSuspend|api.RightBan, api.PermModerate, api.PermGetUserData)
	add(api.RightCreateInvite, api.PermInvite)
	if r&api.RightAdministrator != 0 {
		out = append(append(out, api.PermAdminister), api.CommunityPermissions()...)
	}
	return out
}
