package member

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// SetPassword gives a member a new password and confirms its address, as the
// command line and the demo do; every session of the member ends, and no mail
// is sent. Errors: NotFound; Invalid when the rules refuse the password.
func (s *Service) SetPassword(ctx context.Context, communityID, ref, password string) error {
	found, err := s.resolveLive(ctx, communityID, ref)
	if err != nil {
		return err
	}
	r, err := selectByID(ctx, s.k.DB().Read(), communityID, found.ID)
	if err != nil {
		return err
	}
	if err := s.checkPassword("password", password, r.Username, r.email); err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	defer s.k.Forget()
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		r, err := selectByID(ctx, tx, communityID, found.ID)
		if err != nil {
			return err
		}
		r.passwordHash, r.emailVerified, r.updatedAt = hash, true, s.k.Now()
		return first(update(ctx, tx, communityID, r), endSessions(ctx, tx, communityID, r.ID, "", s.k.Now()),
			s.k.Audit(ctx, tx, communityID, rest.Change{Action: "user.password", TargetType: "user", TargetID: r.ID, TargetName: r.Username}))
	})
}

// CreateOwner makes a confirmed owner with a password: the first person of a
// new community. Errors as those of Create.
func (s *Service) CreateOwner(ctx context.Context, communityID, username, email, password string) (api.User, error) {
	return s.Create(ctx, communityID, api.NewUser{Username: username, Email: email, Password: password, Role: api.RoleOwner})
}
