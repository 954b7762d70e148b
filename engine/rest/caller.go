package rest

import (
	"context"
	"net/http"
	"slices"

	"laurel/api"
)

// CallerKind says what kind of credential a request came with.
type CallerKind int

// The kinds of caller. The zero value is a request without any credential.
const (
	Anonymous CallerKind = iota
	SystemKey
	CommunityKey
	UserKey
	UserToken
	WidgetToken
)

// Caller is who a request acts as: resolved once from the credential, never
// from the body. The community of every query comes from here.
type Caller struct {
	Kind        CallerKind
	CommunityID string
	MemberID    string // the person behind a user key, user token or widget token
	MemberNo    int64
	Role        api.Role
	KeyID       string // key id, or the token's jti
	Name        string // key name or username, for the audit log
	WidgetID    string // the widget that a widget token belongs to
	Permissions []api.Permission
	ChannelIDs  []string // the channels that a user key is limited to; empty means all
}

// InChannel reports whether the credential reaches the channel: user keys may
// be limited to some. What the member may do there is another question.
func (c Caller) InChannel(id string) bool {
	return len(c.ChannelIDs) == 0 || slices.Contains(c.ChannelIDs, id)
}

// IsPerson reports whether the caller acts as a member of the community.
func (c Caller) IsPerson() bool { return c.MemberID != "" }

// IsTeam reports whether the caller is an owner or admin in person.
func (c Caller) IsTeam() bool {
	return c.Kind == UserToken && (c.Role == api.RoleOwner || c.Role == api.RoleAdmin)
}

// Can reports whether the caller holds the permission.
func (c Caller) Can(p api.Permission) bool {
	switch c.Kind {
	case SystemKey:
		return p != api.PermOwn
	case UserToken:
		return c.roleCan(p)
	case CommunityKey, UserKey:
		return slices.Contains(c.Permissions, p)
	default:
		return false
	}
}

func (c Caller) roleCan(p api.Permission) bool {
	if slices.Contains(api.UserPermissions(), p) || slices.Contains(c.Permissions, p) {
		return true
	}
	return c.Role == api.RoleOwner || (c.Role == api.RoleAdmin && p != api.PermOwn)
}

// state is what one request carries through the middleware.
type state struct {
	caller    Caller
	callerErr error
	requestID string
	ip        string
	userAgent string
	host      string
	header    http.Header
	private   bool         // the reply holds a secret and is never stored
	tooLarge  bool         // the body had more than the operation takes
	unhurry   func() error // lifts the time that the body had to arrive in; nil when there is none
	// secureAuth marks the one pair of operations whose errors carry "error": true.
	secureAuth bool
}

type stateKey struct{}

func stateOf(ctx context.Context) *state {
	if s, ok := ctx.Value(stateKey{}).(*state); ok {
		return s
	}
	return &state{}
}

// CallerOf is who the request acts as; the zero Caller when nobody.
func CallerOf(ctx context.Context) Caller { return stateOf(ctx).caller }

// RequestID is the id that the reply carries in X-Request-Id.
func RequestID(ctx context.Context) string { return stateOf(ctx).requestID }

// ClientIP is the address of the person or server that called.
func ClientIP(ctx context.Context) string { return stateOf(ctx).ip }

// UserAgent is the caller's User-Agent header, cut at 200 bytes.
func UserAgent(ctx context.Context) string { return stateOf(ctx).userAgent }

// RequestHost is the host name that the request named, without its port.
func RequestHost(ctx context.Context) string { return stateOf(ctx).host }

// Header is one header of the request, for the few operations whose wire
// form needs it.
func Header(ctx context.Context, name string) string { return stateOf(ctx).header.Get(name) }

// WithCaller is a context that acts as the caller: for background work and tests.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, stateKey{}, &state{caller: c, header: http.Header{}})
}
