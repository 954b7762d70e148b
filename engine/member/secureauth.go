package member

import (
	"context"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
)

// secureAuthInput begins with how a partner's server names itself.
type secureAuthInput struct {
	APIKey      string `header:"apiKey" doc:"The community's secure-auth key"`
	Hostname    string `header:"hostname" doc:"The community's domain, or the deployment's own host; a port is ignored"`
	UserID      string `query:"userId" maxLength:"254" doc:"Username; id and number are accepted too"`
	Email       string `query:"email" maxLength:"254"`
	AccessLevel string `query:"accessLevel" doc:"A whole number; kept for compatibility"`
	Action      string `query:"action" doc:"login, the default"`
}

var (
	errSecureKey  = api.NewError(api.Unauthenticated, "secure_auth_key_invalid", "The secure-auth key in the header apiKey is missing, unknown or revoked.")
	errHostname   = api.NewError(api.Forbidden, "secure_auth_hostname", "The header hostname names another site than the key's community.", api.FieldError{Field: "hostname", Message: "is not the community's domain"})
	errTeamByKey  = api.NewError(api.Forbidden, "secure_auth_team", "Owners and admins sign in themselves; a key cannot do it for them.")
	errNoHandover = api.NewError(api.NotFound, "handover_not_found", "There is no login hand-over with that id.")
)

// secureAuth starts a login hand-over: the partner's server vouches for one of
// its users, and gets an address at which that user signs in with one press.
func (s *Service) secureAuth(ctx context.Context, in *secureAuthInput) (api.SecureAuth, error) {
	home, err := s.partner(ctx, in.APIKey, in.Hostname)
	if err != nil {
		return api.SecureAuth{}, err
	}
	if err := in.check(); err != nil {
		return api.SecureAuth{}, err
	}
	ref, err := s.vouched(ctx, home.ID, in.UserID, in.Email)
	if err != nil {
		return api.SecureAuth{}, err
	}
	id, token := api.NewIDAt(s.k.Now()), ""
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		token, err = s.newToken(ctx, tx, home.ID, oneUse{id: id, purpose: forHandover, memberID: ref.ID, life: handoverLife})
		return err
	})
	return api.SecureAuth{LoginURL: s.cfg.BaseURL + "/login/handover/" + token, SessionID: id}, err
}

func (in *secureAuthInput) check() error {
	if in.Action != "" && in.Action != "login" {
		return api.InvalidField("action", "must be login")
	}
	if n, err := strconv.Atoi(in.AccessLevel); in.AccessLevel != "" && (err != nil || n < 0) {
		return api.InvalidField("accessLevel", "must be a whole number, 0 or more")
	}
	if in.UserID == "" && in.Email == "" {
		return api.InvalidField("userId", "or email is needed")
	}
	return nil
}

// partner finds the community of the key and checks the host name with it.
func (s *Service) partner(ctx context.Context, key, hostname string) (api.Community, error) {
	if key == "" {
		return api.Community{}, errSecureKey
	}
	id, err := s.communities.CheckSingleKey(ctx, community.KindSecureAuth, key)
	if api.IsKind(err, api.Unauthenticated) {
		return api.Community{}, errSecureKey
	}
	if err != nil {
		return api.Community{}, err
	}
	home, err := s.communities.ByID(ctx, id)
	if err != nil {
		return home, err
	}
	host := hostName(hostname)
	if host == "" || (host != strings.ToLower(home.Domain) && host != s.ownHost()) {
		return home, errHostname
	}
	return home, nil
}

// vouched finds the one member that userId and email name together.
func (s *Service) vouched(ctx context.Context, communityID, userID, email string) (Ref, error) {
	var found Ref
	for _, named := range []struct{ field, value string }{{"userId", userID}, {"email", email}} {
		if named.value == "" {
			continue
		}
		ref, err := s.resolveLive(ctx, communityID, named.value)
		switch {
		case err != nil:
			return found, err
		case ref.IsDummy:
			return found, errUserNotFound
		case found.ID != "" && found.ID != ref.ID:
			return found, api.InvalidField(named.field, "belongs to another user than userId")
		}
		found = ref
	}
	if found.Role != api.RoleMember {
		return found, errTeamByKey
	}
	return found, nil
}

type handoverStateInput struct {
	APIKey    string `header:"apiKey" doc:"The community's secure-auth key"`
	Hostname  string `header:"hostname" doc:"The community's domain, or the deployment's own host; a port is ignored"`
	SessionID string `path:"sessionId" maxLength:"100"`
}

// secureAuthState tells the partner's server what became of a hand-over.
func (s *Service) secureAuthState(ctx context.Context, in *handoverStateInput) (api.SecureAuthState, error) {
	home, err := s.partner(ctx, in.APIKey, in.Hostname)
	if err != nil {
		return api.SecureAuthState{}, err
	}
	t, err := tokenByID(ctx, s.k.DB().Read(), home.ID, forHandover, in.SessionID)
	if api.IsKind(err, api.Invalid) {
		return api.SecureAuthState{}, errNoHandover
	}
	if err != nil {
		return api.SecureAuthState{}, err
	}
	r, err := selectByID(ctx, s.k.DB().Read(), home.ID, t.memberID)
	return api.SecureAuthState{SessionID: t.id, Status: t.status(s.k.Now()), UserID: r.Username, ExpiresAt: api.At(t.expiresAt)}, err
}

type previewInput struct {
	Token string `path:"token" maxLength:"200"`
}

// preview shows who would sign in, without burning the token: what looks at
// links before people do must not use them up. A spent token names nobody.
func (s *Service) preview(ctx context.Context, in *previewInput) (api.SecureAuthPreview, error) {
	t, err := peekToken(ctx, s.k.DB().Read(), forHandover, in.Token)
	if api.IsKind(err, api.Invalid) {
		return api.SecureAuthPreview{}, errNoHandover
	}
	if err != nil {
		return api.SecureAuthPreview{}, err
	}
	out := api.SecureAuthPreview{Status: t.status(s.k.Now())}
	if out.Community, err = s.communities.ByID(ctx, t.communityID); err != nil || out.Status != "pending" {
		return out, err
	}
	r, err := selectByID(ctx, s.k.DB().Read(), t.communityID, t.memberID)
	out.User = r.digest()
	return out, err
}

// handover burns the token and signs its member in.
func (s *Service) handover(ctx context.Context, in *tokenInput) (api.Session, error) {
	var r record
	var session api.Session
	var communityID string
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err := useToken(ctx, tx, forHandover, in.Body.Token, s.k.Now())
		if err != nil {
			return err
		}
		communityID = t.communityID
		if r, err = selectByID(ctx, tx, communityID, t.memberID); err != nil || r.Deleted || r.Role != api.RoleMember {
			return first(gone(err), errTokenInvalid)
		}
		session, err = s.begin(ctx, tx, communityID, r)
		return err
	})
	if err != nil {
		return api.Session{}, err
	}
	return s.signedIn(ctx, communityID, r, session)
}
