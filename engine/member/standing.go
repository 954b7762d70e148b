package member

import "laurel/api"

// Standing is what a member is allowed by the roles given to him: what nouns
// decide by that know members but not roles.
type Standing struct {
	Ref
	Roles []HeldRole // highest first; the last is @all
}

// HeldRole is a role that a member has.
type HeldRole struct {
	ID     string
	Title  string
	Class  string
	Order  int
	Rights api.Right
}

// Rights is the union of the rights of all roles; the team has every right.
func (s Standing) Rights() api.Right {
	if s.IsTeam() {
		return api.AllRights
	}
	var sum api.Right
	for _, r := range s.Roles {
		sum |= r.Rights
	}
	return sum
}

// IsTeam reports whether the member is an owner or admin of the community.
func (s Standing) IsTeam() bool { return s.Role == api.RoleOwner || s.Role == api.RoleAdmin }
