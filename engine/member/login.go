package member

import (
	"context"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

var (
	errCredentials = api.NewError(api.Unauthenticated, "credentials_wrong", "The name or the password is wrong.")
	errUnverified  = api.NewError(api.Forbidden, "email_not_verified", "Confirm your email address first: the link is in your mailbox.")
)

type loginInput struct{ Body api.Login }

// login takes the same steps, and so the same time, for unknown accounts.
func (s *Service) login(ctx context.Context, in *loginInput) (api.Session, error) {
	home, err := s.home(ctx, in.Body.CommunityID)
	if err != nil {
		return api.Session{}, err
	}
	r, err := s.byLogin(ctx, home.ID, in.Body.Login)
	if err != nil {
		return api.Session{}, err
	}
	account, err := s.account(ctx, home.ID, r, in.Body.Login)
	if err != nil {
		return api.Session{}, err
	}
	if err := s.countTry(ctx, home.ID, account); err != nil {
		return api.Session{}, err
	}
	ok, rehash, err := s.verify(ctx, r, in.Body.Password)
	if err != nil || !ok {
		return api.Session{}, first(err, errCredentials)
	}
	if rehash {
		if r.passwordHash, err = s.hasher.Hash(ctx, in.Body.Password); err != nil {
			return api.Session{}, err
		}
	}
	return s.enter(ctx, home.ID, account, r, rehash)
}

// enter clears the count of failures and begins the session of a member whose
// password was right.
func (s *Service) enter(ctx context.Context, communityID, account string, r record, rehash bool) (api.Session, error) {
	var session api.Session
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if err := clearFailures(ctx, tx, communityID, account); err != nil || !r.emailVerified {
			return err
		}
		if rehash {
			if err := setPassword(ctx, tx, communityID, r.ID, r.passwordHash); err != nil {
				return err
			}
		}
		session, err = s.begin(ctx, tx, communityID, r)
		return err
	})
	if err != nil {
		return api.Session{}, err
	}
	if !r.emailVerified {
		return api.Session{}, errUnverified
	}
	return s.signedIn(ctx, communityID, r, session)
}

// home is the community that a sign-in names, or the host's.
func (s *Service) home(ctx context.Context, ref string) (api.Community, error) {
	c, err := s.communities.Find(ctx, clean(ref), rest.RequestHost(ctx))
	if api.IsKind(err, api.NotFound) {
		return c, api.NewError(api.NotFound, "community_not_found", "There is no such community; name it by communityId.",
			api.FieldError{Field: "communityId", Message: "names no community"})
	}
	return c, err
}

// byLogin finds the account that was typed; the zero record when nobody who
// can sign in has it.
func (s *Service) byLogin(ctx context.Context, communityID, typed string) (record, error) {
	column, key := "username_key", usernameKey(typed)
	if strings.ContainsRune(typed, '@') {
		column, key = "email_key", emailKey(typed)
	}
	r, err := selectBy(ctx, s.k.DB().Read(), communityID, column, key)
	if isUnknownUser(err) || (err == nil && (r.Deleted || r.IsDummy)) {
		return record{}, nil
	}
	return r, err
}

// account names the count of failures. Somebody who signed in from this
// address before has a count of his own: strangers cannot keep him out.
func (s *Service) account(ctx context.Context, communityID string, r record, typed string) (string, error) {
	ip := rest.ClientIP(ctx)
	known, err := isKnownDevice(ctx, s.k.DB().Read(), communityID, r.ID, ip, s.k.Now())
	if err != nil {
		return "", err
	}
	if known {
		return accountKey("device", r.ID+" "+ip), nil
	}
	return accountKey("login", loginKey(typed)), nil
}

func loginKey(typed string) string {
	if strings.ContainsRune(typed, '@') {
		return emailKey(typed)
	}
	return usernameKey(typed)
}

// verify checks a password; an account that does not exist or has none costs
// the same time.
func (s *Service) verify(ctx context.Context, r record, password string) (ok, rehash bool, err error) {
	if r.passwordHash == "" {
		return false, false, s.hasher.VerifyNobody(ctx, password)
	}
	ok, rehash, err = s.hasher.Verify(ctx, password, r.passwordHash)
	return ok, rehash, wrap(err, "password of member "+r.ID)
}

func setPassword(ctx context.Context, tx *db.Tx, communityID, id, hash string) error {
	_, err := tx.Exec(ctx, `UPDATE members SET password_hash = $3 WHERE community_id = $1 AND id = $2`, communityID, id, hash)
	return wrap(err, "store password")
}
