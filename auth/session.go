package auth

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/sessions"
)

// How long a session lasts: without being used, and at most.
const (
	SessionIdle     = 12 * time.Hour
	SessionAbsolute = 7 * 24 * time.Hour
)

// Names of the session values that are kept as columns as well, so that a
// member's sessions can be listed and ended. Both hold strings.
const (
	SessionMember    = "member"
	SessionCommunity = "community"
)

// sessionTouch is how stale seen_at may get; it spares a write per request.
const sessionTouch = time.Minute

// ErrNoSession is returned when a session does not exist, has ended, or
// belongs to someone else.
var ErrNoSession = errors.New("no such session")

// SessionConfig says where sessions live.
type SessionConfig struct {
	Read     Querier
	Write    WriteFunc
	Keys     *Keyring
	Clock    Clock
	Insecure bool                         // plain http on loopback: another cookie name, no Secure
	ClientIP func(r *http.Request) string // nil: the address of the connection
}

// SessionStore keeps sessions in table portal_sessions and implements
// gorilla's sessions.Store. The cookie holds a random id and nothing else; the
// table holds the id's hash and the sealed values. It is safe for concurrent use.
type SessionStore struct{ c SessionConfig }

var _ sessions.Store = (*SessionStore)(nil)

// NewSessionStore makes a store; the table must exist.
func NewSessionStore(c SessionConfig) *SessionStore {
	if c.ClientIP == nil {
		c.ClientIP = connectionIP
	}
	return &SessionStore{c}
}

func connectionIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// CookieName is __Host-laurel, or laurel on plain http.
func (s *SessionStore) CookieName() string {
	if s.c.Insecure {
		return "laurel"
	}
	return "__Host-laurel"
}

// Session is the request's session under CookieName: the one it came with or
// a new, empty one. The error is the database's; the session is usable anyway.
func (s *SessionStore) Session(r *http.Request) (*sessions.Session, error) {
	return s.Get(r, s.CookieName())
}

// Get returns the session from the request's registry, loading it once.
func (s *SessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New loads the session that the cookie names. A cookie that names none, or
// one that has ended, gives a new session under a new id: an id chosen by the
// browser is never taken over. It never returns nil.
func (s *SessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	fresh := s.blank(name)
	cookie, err := r.Cookie(name)
	if err != nil || len(cookie.Value) != keyRandom || !isBase62(cookie.Value) {
		return fresh, nil
	}
	row, err := s.load(r.Context(), HashKey(cookie.Value))
	if errors.Is(err, ErrNoSession) {
		return fresh, nil
	}
	if err != nil {
		return fresh, err
	}
	ses := s.blank(name)
	if s.decode(row, ses) != nil {
		return fresh, nil // sealed under a key that is gone: the person signs in again
	}
	ses.ID, ses.IsNew = cookie.Value, false
	s.touch(r.Context(), row)
	return ses, nil
}

func (s *SessionStore) blank(name string) *sessions.Session {
	ses := sessions.NewSession(s, name)
	ses.IsNew = true
	ses.Options = &sessions.Options{
		Path: "/", MaxAge: int(SessionAbsolute / time.Second),
		Secure: !s.c.Insecure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	return ses
}

// Save stores the values and, for a new session, sets the cookie. An empty
// new session is not stored. Options.MaxAge below 0 ends the session. A
// session revoked meanwhile stays so: Save clears the cookie and returns
// ErrNoSession.
func (s *SessionStore) Save(r *http.Request, w http.ResponseWriter, ses *sessions.Session) error {
	ctx := r.Context()
	switch {
	case ses.Options.MaxAge < 0:
		return s.end(ctx, w, ses)
	case ses.ID != "":
		err := s.update(ctx, ses)
		if errors.Is(err, ErrNoSession) {
			s.clearCookie(w, ses)
		}
		return err
	case len(ses.Values) == 0:
		return nil
	}
	return s.Rotate(r, w, ses)
}

// Rotate gives the session a new id and a new absolute life and removes the
// old one: at sign-in and whenever rights grow. Set the member's values first.
func (s *SessionStore) Rotate(r *http.Request, w http.ResponseWriter, ses *sessions.Session) error {
	id := randomText(keyRandom)
	row, err := s.rowOf(r, ses, id)
	if err != nil {
		return err
	}
	if err := s.replace(r.Context(), ses.ID, row); err != nil {
		return err
	}
	ses.ID = id
	s.setCookie(w, ses, id, int(SessionAbsolute/time.Second))
	return nil
}

func (s *SessionStore) end(ctx context.Context, w http.ResponseWriter, ses *sessions.Session) error {
	s.clearCookie(w, ses)
	if ses.ID == "" {
		return nil
	}
	return s.remove(ctx, HashKey(ses.ID))
}

func (s *SessionStore) clearCookie(w http.ResponseWriter, ses *sessions.Session) {
	s.setCookie(w, ses, "", -1)
}

func (s *SessionStore) setCookie(w http.ResponseWriter, ses *sessions.Session, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{
		Name: ses.Name(), Value: value, Path: "/", MaxAge: maxAge,
		Secure: !s.c.Insecure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (s *SessionStore) rowOf(r *http.Request, ses *sessions.Session, id string) (sessionRow, error) {
	now := s.c.Clock()
	row := sessionRow{
		hash: HashKey(id), member: textValue(ses, SessionMember), community: textValue(ses, SessionCommunity),
		agent: shortText(r.UserAgent(), 256), ip: shortText(s.c.ClientIP(r), 64),
		created: now, seen: now, expires: now.Add(SessionAbsolute),
	}
	var err error
	row.data, err = s.encode(ses, row.hash)
	return row, err
}

func (s *SessionStore) encode(ses *sessions.Session, hash string) (string, error) {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(ses.Values); err != nil {
		return "", fmt.Errorf("encode session: %w", err)
	}
	return s.c.Keys.Seal(buf.Bytes(), "session:"+hash), nil
}

func (s *SessionStore) decode(row sessionRow, ses *sessions.Session) error {
	plain, err := s.c.Keys.Open(row.data, "session:"+row.hash)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(plain)).Decode(&ses.Values)
}

func textValue(ses *sessions.Session, name string) string {
	v, _ := ses.Values[name].(string)
	return v
}

// shortText is what the database accepts of a header: valid UTF-8, no NUL.
func shortText(s string, most int) string {
	if len(s) > most {
		s = s[:most]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}
