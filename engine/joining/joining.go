// Package joining keeps what a newcomer has to bring: agreement to the
// community's policies, profile fields, and invite links.
package joining

import (
	"context"
	"slices"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the joining noun. Make it with New and set the hooks; it is safe
// for concurrent use afterwards.
type Service struct {
	k       *rest.Kit
	members *member.Service
	base    string // public address of the deployment

	// MayHand returns Forbidden unless the caller may give the role.
	MayHand func(ctx context.Context, tx *db.Tx, communityID, roleID string) error
	// Award gives a role without asking.
	Award func(ctx context.Context, tx *db.Tx, communityID, memberID, roleID, source string) error
}

// New makes the service. Links begin with base.
func New(k *rest.Kit, members *member.Service, base string) *Service {
	return &Service{k: k, members: members, base: strings.TrimRight(base, "/")}
}

// Fields lists the profile fields that can be required.
func Fields() []string { return []string{"displayname", "firstname", "lastname", "language"} }

// Admit checks a registration against what the community asks for, and names
// the referrer of a plain invite. Errors: Invalid on consents, invite or the field.
func (s *Service) Admit(ctx context.Context, communityID string, in *api.Registration) error {
	asked, err := s.Joining(ctx, communityID)
	if err != nil {
		return err
	}
	for _, p := range asked.Policies {
		if !slices.Contains(in.Consents, api.Consent{PolicyID: p.ID, Version: p.Version}) {
			return api.InvalidField("consents", "lacks your agreement to “"+p.Title+"” in its present version")
		}
	}
	given := map[string]string{"displayname": in.DisplayName, "firstname": in.FirstName, "lastname": in.LastName, "language": in.Language}
	for _, f := range asked.Fields {
		if strings.TrimSpace(given[f]) == "" {
			return api.InvalidField(f, "is required to join")
		}
	}
	return s.invited(ctx, communityID, in)
}

func (s *Service) invited(ctx context.Context, communityID string, in *api.Registration) error {
	if in.Invite == "" {
		return nil
	}
	i, err := inviteBy(ctx, s.k.DB().Read(), communityID, "code", in.Invite)
	if api.IsKind(err, api.NotFound) || (err == nil && !isOpen(i, s.k.Now())) {
		return errInviteSpent
	}
	if err == nil && in.Referral == "" {
		in.Referral = i.CreatorID
	}
	return err
}

// Joined notes the consents of a newcomer with his address, uses the invite up
// and gives its role, in the transaction of the registration.
func (s *Service) Joined(ctx context.Context, tx *db.Tx, communityID string, who member.Ref, in api.Registration) error {
	policies, err := listPolicies(ctx, tx, communityID)
	if err != nil {
		return err
	}
	for _, p := range policies {
		if err := s.consent(ctx, tx, communityID, who, p); err != nil {
			return err
		}
	}
	if in.Invite != "" {
		if err := s.use(ctx, tx, communityID, who, in.Invite); err != nil {
			return err
		}
	}
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "user.join", TargetType: "user", TargetID: who.ID, TargetName: who.Username})
}

// consent is written for the present version, which Admit found agreed to.
func (s *Service) consent(ctx context.Context, tx *db.Tx, communityID string, who member.Ref, p api.Policy) error {
	_, err := tx.Exec(ctx, `INSERT INTO consents (community_id, member_id, policy_id, version, ip, created_at) VALUES ($1,$2,$3,$4,$5,$6)`,
		communityID, who.ID, p.ID, p.Version, rest.ClientIP(ctx), db.Micros(s.k.Now()))
	if err != nil {
		return wrap(err, "note consent")
	}
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "user.consent", TargetType: "user", TargetID: who.ID, TargetName: who.Username,
		After: map[string]any{"policy": p.ID, "title": p.Title, "version": p.Version, "ip": rest.ClientIP(ctx)}})
}

// Joining is what newcomers are asked for.
func (s *Service) Joining(ctx context.Context, communityID string) (api.Joining, error) {
	policies, err := listPolicies(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return api.Joining{}, err
	}
	fields, err := requiredFields(ctx, s.k.DB().Read(), communityID)
	return api.Joining{Policies: policies, Fields: fields}, err
}

// required is how the audit log keeps required fields.
type required struct {
	Fields []string `json:"fields"`
}

// SetFields sets which profile fields are required. Errors: Invalid.
func (s *Service) SetFields(ctx context.Context, communityID string, fields []string) (api.Joining, error) {
	for _, f := range fields {
		if !slices.Contains(Fields(), f) {
			return api.Joining{}, api.InvalidField("fields", "may hold "+strings.Join(Fields(), ", "))
		}
	}
	before, err := requiredFields(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return api.Joining{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := storeFields(ctx, tx, communityID, fields, s.k.Now()); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "joining.update", TargetType: "community", TargetID: communityID, Before: required{before}, After: required{fields}})
	})
	if err != nil {
		return api.Joining{}, err
	}
	return s.Joining(ctx, communityID)
}

var (
	errNoPolicy    = api.NewError(api.NotFound, "policy_not_found", "No policy has that id.")
	errNoInvite    = api.NewError(api.NotFound, "invite_not_found", "No invite has that id.")
	errInviteSpent = api.InvalidField("invite", "is unknown, used up, expired or revoked")
)
