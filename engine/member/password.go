package member

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type forgotInput struct{ Body api.ForgotPassword }

// forgot answers the same, after one durable write, whether or not the
// address is known.
func (s *Service) forgot(ctx context.Context, in *forgotInput) (*api.Empty, error) {
	home, err := s.home(ctx, in.Body.CommunityID)
	if err != nil {
		return nil, err
	}
	r, err := selectBy(ctx, s.k.DB().Read(), home.ID, "email_key", emailKey(in.Body.Email))
	if err != nil && !isUnknownUser(err) {
		return nil, err
	}
	if r.Deleted || r.IsDummy {
		r = record{}
	}
	return nil, s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		token, err := s.newToken(ctx, tx, home.ID, oneUse{purpose: forReset, memberID: r.ID, life: resetLife})
		if err != nil || r.ID == "" {
			return err
		}
		return s.mailStranger(ctx, tx, home.ID, s.resetMail(r, home.Name, token))
	})
}

type resetInput struct{ Body api.ResetPassword }

// reset sets a new password with the token of a mail, which also confirms the
// address, and ends every session.
func (s *Service) reset(ctx context.Context, in *resetInput) (*api.Empty, error) {
	hash, err := s.resetHash(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	var r record
	var communityID string
	fresh := false
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err := useToken(ctx, tx, forReset, in.Body.Token, s.k.Now())
		if err != nil {
			return err
		}
		communityID = t.communityID
		if r, err = selectByID(ctx, tx, communityID, t.memberID); err != nil {
			return gone(err)
		}
		fresh, r.emailVerified = !r.emailVerified, true
		return s.replacePassword(ctx, tx, communityID, &r, hash, "")
	})
	s.k.Forget()
	if err == nil && fresh {
		s.changed(communityID, r.Ref)
		s.tellReferral(ctx, communityID, r)
	}
	return nil, err
}

func gone(err error) error {
	if isUnknownUser(err) {
		return errTokenInvalid
	}
	return err
}

// resetHash checks the new password before the token is burnt.
func (s *Service) resetHash(ctx context.Context, in api.ResetPassword) (string, error) {
	q := s.k.DB().Read()
	t, err := peekToken(ctx, q, forReset, in.Token)
	if err != nil {
		return "", err
	}
	r, err := selectByID(ctx, q, t.communityID, t.memberID)
	if err != nil || r.Deleted || t.status(s.k.Now()) != "pending" {
		return "", first(gone(err), errTokenInvalid)
	}
	if err := s.checkPassword("password", in.Password, r.Username, r.email); err != nil {
		return "", err
	}
	return s.hasher.Hash(ctx, in.Password)
}

// replacePassword stores a new password, ends the sessions but the one with
// the id keep, and tells the member by mail.
func (s *Service) replacePassword(ctx context.Context, tx *db.Tx, communityID string, r *record, hash, keep string) error {
	now := s.k.Now()
	r.passwordHash, r.updatedAt = hash, now
	name, err := nameOf(ctx, tx, communityID)
	if err != nil {
		return err
	}
	err = first(
		update(ctx, tx, communityID, *r),
		endSessions(ctx, tx, communityID, r.ID, keep, now),
		burnTokens(ctx, tx, communityID, r.ID, "", now),
		clearFailures(ctx, tx, communityID, accountKey("login", usernameKey(r.Username)), accountKey("login", emailKey(r.email)), accountKey("password", r.ID)),
	)
	if err != nil || r.email == "" {
		return err
	}
	return s.mailer.Write(ctx, tx, communityID, s.changedMail(*r, name))
}

type changePasswordInput struct{ Body api.PasswordChange }

var errNoPassword = api.NewError(api.Conflict, "no_password", "Your account has no password. Ask for a reset mail to choose one.")

// changePassword sets one's own password; guesses at the present one are
// slowed down like sign-ins.
func (s *Service) changePassword(ctx context.Context, in *changePasswordInput) (*api.Empty, error) {
	c := rest.CallerOf(ctx)
	r, err := selectByID(ctx, s.k.DB().Read(), c.CommunityID, c.MemberID)
	if err != nil {
		return nil, err
	}
	if err := s.checkCurrent(ctx, c.CommunityID, r, in.Body.Current); err != nil {
		return nil, err
	}
	if err := s.checkPassword("password", in.Body.Password, r.Username, r.email); err != nil {
		return nil, err
	}
	hash, err := s.hasher.Hash(ctx, in.Body.Password)
	if err != nil {
		return nil, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := selectByID(ctx, tx, c.CommunityID, c.MemberID)
		if err != nil {
			return err
		}
		return s.replacePassword(ctx, tx, c.CommunityID, &now, hash, c.KeyID)
	})
	s.k.Forget()
	return nil, err
}

func (s *Service) checkCurrent(ctx context.Context, communityID string, r record, current string) error {
	if r.passwordHash == "" {
		return errNoPassword
	}
	if err := s.countTry(ctx, communityID, accountKey("password", r.ID)); err != nil {
		return err
	}
	ok, _, err := s.verify(ctx, r, current)
	if err == nil && !ok {
		err = api.NewError(api.Invalid, "password_wrong", "That is not your current password.",
			api.FieldError{Field: "current", Message: "is not your current password"})
	}
	return err
}
