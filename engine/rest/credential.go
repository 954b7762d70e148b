package rest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
)

// credentialLife is how long a resolved credential is believed without asking
// the database again: the bound on how late a revocation bites on other nodes.
const credentialLife = 2 * time.Second

// maxCredentials bounds the memory of resolved credentials.
const maxCredentials = 50_000

// Resolver turns a bearer secret that starts with Prefix into its caller:
// how nouns add kinds of tokens of their own.
type Resolver struct {
	Prefix  string
	Resolve func(ctx context.Context, secret string) (Caller, error)
}

// AddResolver registers a kind of bearer token.
func (k *Kit) AddResolver(r Resolver) { k.resolvers = append(k.resolvers, r) }

// Forget drops every remembered credential, so that a revocation bites at once here.
func (k *Kit) Forget() { k.creds.forget() }

type credentials struct {
	k     *Kit
	mu    sync.RWMutex
	known map[string]knownCaller
}

type knownCaller struct {
	caller Caller
	until  time.Time
}

func newCredentials(k *Kit) *credentials {
	return &credentials{k: k, known: map[string]knownCaller{}}
}

func (c *credentials) forget() {
	c.mu.Lock()
	c.known = map[string]knownCaller{}
	c.mu.Unlock()
}

var (
	errBadKey   = api.NewError(api.Unauthenticated, "credential_invalid", "The key or token is not valid: unknown, revoked or expired.")
	errTwoCreds = api.NewError(api.Invalid, "two_credentials", "Send either X-API-Key or Authorization, not both.")
)

// resolve finds the caller of a request; no credential gives the zero Caller.
func (c *credentials) resolve(ctx context.Context, r *http.Request) (Caller, error) {
	key, bearer := r.Header.Get("X-API-Key"), bearerOf(r)
	switch {
	case key != "" && bearer != "":
		return Caller{}, errTwoCreds
	case key != "":
		return c.remember(ctx, "s:"+key, func() (Caller, error) { return c.k.byKey(ctx, key, SystemKey) })
	case bearer != "":
		return c.remember(ctx, "b:"+bearer, func() (Caller, error) { return c.k.byBearer(ctx, bearer) })
	case r.Header.Get("Authorization") != "":
		return Caller{}, errBadKey
	}
	return Caller{}, nil
}

func bearerOf(r *http.Request) string {
	scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(secret)
}

func (c *credentials) remember(_ context.Context, secret string, find func() (Caller, error)) (Caller, error) {
	if len(secret) > 8192 {
		return Caller{}, errBadKey
	}
	id, now := auth.HashKey(secret), c.k.Now()
	c.mu.RLock()
	known, ok := c.known[id]
	c.mu.RUnlock()
	if ok && now.Before(known.until) && now.After(known.until.Add(-credentialLife-time.Second)) {
		return known.caller, nil
	}
	caller, err := find()
	if err != nil {
		return Caller{}, err
	}
	c.mu.Lock()
	if len(c.known) >= maxCredentials {
		c.known = map[string]knownCaller{}
	}
	c.known[id] = knownCaller{caller, now.Add(credentialLife)}
	c.mu.Unlock()
	return caller, nil
}

// byBearer tries the registered token kinds, then a user JWT, then a key.
func (k *Kit) byBearer(ctx context.Context, secret string) (Caller, error) {
	for _, r := range k.resolvers {
		if strings.HasPrefix(secret, r.Prefix) {
			return r.Resolve(ctx, secret)
		}
	}
	if strings.Count(secret, ".") == 2 {
		return k.byJWT(ctx, secret)
	}
	return k.byKey(ctx, secret, CommunityKey)
}

const selectLogin = `SELECT m.id, m.no, m.role, m.username FROM logins l
JOIN members m ON m.community_id = l.community_id AND m.id = l.member_id
WHERE l.jti = $1 AND l.community_id = $2 AND l.revoked_at = 0 AND l.expires_at > $3 AND m.deleted_at = 0`

// byJWT accepts a token whose sign-in still stands and whose member still exists.
func (k *Kit) byJWT(ctx context.Context, token string) (Caller, error) {
	claims, err := k.cfg.Tokens.Verify(token)
	if err != nil {
		return Caller{}, errBadKey
	}
	c := Caller{Kind: UserToken, CommunityID: claims.CommunityID, KeyID: claims.ID}
	err = k.cfg.DB.Read().QueryRow(ctx, selectLogin, claims.ID, claims.CommunityID, db.Micros(k.Now())).
		Scan(&c.MemberID, &c.MemberNo, &c.Role, &c.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return Caller{}, errBadKey
	}
	if err != nil {
		return Caller{}, fmt.Errorf("look up sign-in: %w", err)
	}
	if c.Role == api.RoleMember && k.RoleRights != nil {
		c.Permissions, err = k.RoleRights(ctx, c.CommunityID, c.MemberID)
	}
	return c, err
}

const selectKey = `SELECT k.community_id, k.id, k.kind, k.name, k.permissions, k.expires_at, k.member_id, k.channel_ids,
COALESCE(m.no, 0), COALESCE(m.role, ''), COALESCE(m.deleted_at, 0)
FROM api_keys k LEFT JOIN members m ON m.community_id = k.community_id AND m.id = k.member_id
WHERE (k.hash = $1 OR (k.old_hash = $1 AND k.old_until > $2)) AND k.is_active`

// byKey accepts a stored key: the system key by its header, others as bearer.
func (k *Kit) byKey(ctx context.Context, secret string, header CallerKind) (Caller, error) {
	var c Caller
	var kind, permissions, channels string
	var expires, deleted int64
	err := k.cfg.DB.Read().QueryRow(ctx, selectKey, auth.HashKey(secret), db.Micros(k.Now())).Scan(&c.CommunityID, &c.KeyID, &kind,
		&c.Name, &permissions, &expires, &c.MemberID, &channels, &c.MemberNo, &c.Role, &deleted)
	if errors.Is(err, sql.ErrNoRows) {
		return Caller{}, errBadKey
	}
	if err != nil {
		return Caller{}, fmt.Errorf("look up key: %w", err)
	}
	if (expires != 0 && expires <= db.Micros(k.Now())) || deleted != 0 {
		return Caller{}, errBadKey
	}
	if err := json.Unmarshal([]byte(permissions), &c.Permissions); err != nil {
		return Caller{}, fmt.Errorf("permissions of key %s: %w", c.KeyID, err)
	}
	if err := json.Unmarshal([]byte(channels), &c.ChannelIDs); err != nil {
		return Caller{}, fmt.Errorf("channels of key %s: %w", c.KeyID, err)
	}
	return asKind(c, kind, header)
}

// asKind makes sure that each kind of key comes in its own header.
func asKind(c Caller, kind string, header CallerKind) (Caller, error) {
	switch {
	case kind == "system" && header == SystemKey:
		c.Kind = SystemKey
	case kind == "community" && header == CommunityKey:
		c.Kind = CommunityKey
	case kind == "user" && header == CommunityKey:
		c.Kind = UserKey
	default:
		return Caller{}, errBadKey
	}
	return c, nil
}
