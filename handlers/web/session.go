package web

import (
	"encoding/json"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/auth"
)

// Names of what a session holds besides the member and the community. The
// token never leaves the server: the cookie holds a random id only.
const (
	sessionToken = "token"
	sessionFlash = "flash"
	sessionKept  = "kept:"
)

func (v *Visit) loadSession() error {
	session, err := v.base.Sessions.Session(v.c.Request())
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	v.session = session
	return nil
}

// SignedIn reports whether the session holds somebody's token; whether the
// token still works only the API knows.
func (v *Visit) SignedIn() bool { return v.token() != "" }

func (v *Visit) token() string { return v.held(sessionToken) }

func (v *Visit) communityID() string { return v.held(auth.SessionCommunity) }

func (v *Visit) held(name string) string {
	if v.session == nil {
		return ""
	}
	text, _ := v.session.Values[name].(string)
	return text
}

// SignIn starts a session for whom the API signed in, under a new id: what the
// browser sent before cannot be taken over.
func (v *Visit) SignIn(s api.Session, communityID string) error {
	clear(v.session.Values)
	v.session.Values[sessionToken] = s.Token
	v.session.Values[auth.SessionMember] = s.User.ID
	v.session.Values[auth.SessionCommunity] = communityID
	v.changed = false
	if err := v.base.Sessions.Rotate(v.c.Request(), v.c.Response(), v.session); err != nil {
		return fmt.Errorf("start session: %w", err)
	}
	v.Me = s.User
	return nil
}

// SignOut ends the session here and, when it is reachable, the sign-in there.
func (v *Visit) SignOut() error {
	if v.SignedIn() {
		if err := v.base.Client.WithToken(v.token()).Auth().Logout(v.ctx); err != nil && !api.IsKind(err, api.Unauthenticated) {
			v.log(err)
		}
	}
	return v.dropSession()
}

func (v *Visit) dropSession() error {
	if v.session == nil || v.session.ID == "" {
		return nil
	}
	v.changed = false
	clear(v.session.Values)
	v.session.Options.MaxAge = -1
	if err := v.base.Sessions.Save(v.c.Request(), v.c.Response(), v.session); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// saveSession stores what changed, before the first byte of the answer.
func (v *Visit) saveSession() error {
	if !v.changed || v.session == nil {
		return nil
	}
	v.changed = false
	err := v.base.Sessions.Save(v.c.Request(), v.c.Response(), v.session)
	if errors.Is(err, auth.ErrNoSession) {
		return api.NewError(api.Unauthenticated, "signed_out", "The session has ended.")
	}
	if err != nil {
		return fmt.Errorf("save session: %w", err)
	}
	return nil
}

// Keep holds a value for the page that comes next: a secret that is shown once.
func (v *Visit) Keep(name string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	v.session.Values[sessionKept+name] = string(raw)
	v.changed = true
	return nil
}

// Take reads what Keep held, once; it reports whether there was anything.
func (v *Visit) Take(name string, into any) bool {
	raw := v.held(sessionKept + name)
	if raw == "" {
		return false
	}
	delete(v.session.Values, sessionKept+name)
	v.changed = true
	return json.Unmarshal([]byte(raw), into) == nil
}
