package apiclient

import (
	"context"
	"net/http"

	"laurel/api"
)

// Auth signs people in and out.
type Auth struct{ c *Client }

// Auth is the group of sign-in calls.
func (c *Client) Auth() Auth { return Auth{c} }

// Register asks for an account; the answer is the same for a known address.
func (a Auth) Register(ctx context.Context, in api.Registration) error {
	return a.c.call(ctx, request{method: "POST", path: "/v1/auth/register", body: in}, nil)
}

// VerifyEmail spends the token of a verification mail.
func (a Auth) VerifyEmail(ctx context.Context, token string) error {
	return a.c.call(ctx, request{method: "POST", path: "/v1/auth/verify-email", body: api.TokenInput{Token: token}}, nil)
}

// Login gives a session for email or username and password. Errors:
// Unauthenticated, Forbidden email_not_verified, RateLimited.
func (a Auth) Login(ctx context.Context, in api.Login) (api.Session, error) {
	return data[api.Session](ctx, a.c, request{method: "POST", path: "/v1/auth/login", body: in})
}

// Logout ends the session whose token the client carries.
func (a Auth) Logout(ctx context.Context) error {
	return a.c.call(ctx, request{method: "POST", path: "/v1/auth/logout"}, nil)
}

// Sessions lists the sign-ins of the caller, newest first.
func (a Auth) Sessions(ctx context.Context) ([]api.SignIn, error) {
	return data[[]api.SignIn](ctx, a.c, request{method: "GET", path: "/v1/auth/sessions"})
}

// EndSession ends one of the caller's sign-ins. Errors: NotFound.
func (a Auth) EndSession(ctx context.Context, id string) error {
	return a.c.call(ctx, request{method: "DELETE", path: "/v1/auth/sessions/" + seg(id)}, nil)
}

// ForgotPassword sends a reset mail, if the address is known.
func (a Auth) ForgotPassword(ctx context.Context, in api.ForgotPassword) error {
	return a.c.call(ctx, request{method: "POST", path: "/v1/auth/password/forgot", body: in}, nil)
}

// ResetPassword sets a password with the token of a reset mail.
func (a Auth) ResetPassword(ctx context.Context, in api.ResetPassword) error {
	return a.c.call(ctx, request{method: "POST", path: "/v1/auth/password/reset", body: in}, nil)
}

// HandoverPreview shows whom a login hand-over would sign in; it spends nothing.
func (a Auth) HandoverPreview(ctx context.Context, token string) (api.SecureAuthPreview, error) {
	return data[api.SecureAuthPreview](ctx, a.c, request{method: "GET", path: "/v1/auth/handover/" + seg(token)})
}

// Handover spends a login hand-over.
func (a Auth) Handover(ctx context.Context, token string) (api.Session, error) {
	return data[api.Session](ctx, a.c, request{method: "POST", path: "/v1/auth/handover", body: api.TokenInput{Token: token}})
}

// SecureAuthQuery names whom a partner's server hands over.
type SecureAuthQuery struct {
	UserID      string // username
	Email       string
	AccessLevel string
}

// SecureAuth starts a login hand-over from a partner's server.
func (a Auth) SecureAuth(ctx context.Context, secureAuthKey, hostname string, q SecureAuthQuery) (api.SecureAuth, error) {
	query := values{}.text("userId", q.UserID).text("email", q.Email).text("accessLevel", q.AccessLevel).text("action", "login").query()
	return plain[api.SecureAuth](ctx, a.c, request{method: "GET", path: "/api/secureAuth", query: query, header: secureHeader(secureAuthKey, hostname)})
}

// SecureAuthState asks what became of a hand-over.
func (a Auth) SecureAuthState(ctx context.Context, secureAuthKey, hostname, sessionID string) (api.SecureAuthState, error) {
	return plain[api.SecureAuthState](ctx, a.c, request{method: "GET", path: "/api/secureAuth/" + seg(sessionID), header: secureHeader(secureAuthKey, hostname)})
}

func secureHeader(key, hostname string) http.Header {
	h := http.Header{}
	h.Set("apiKey", key)
	h.Set("hostname", hostname)
	return h
}
