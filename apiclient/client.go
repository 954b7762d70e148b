// Package apiclient is the typed client of Laurel's API. It works over HTTP
// against any deployment, and inside one process against the engine's handler
// without a socket; the portal uses nothing else.
//
//	client := apiclient.New("https://laurel.example.com").WithKey("lrl_c_…")
//	boards, err := client.Leaderboards().List(ctx, apiclient.BoardQuery{})
//
// Errors of the server come back as *api.Error with their kind, code, message
// and fields.
package apiclient

import (
	"net/http"
	"strings"
	"time"
)

// Client calls the API as one caller. It is an immutable value: the With
// methods give copies, so that one transport serves many callers.
type Client struct {
	base      string
	http      *http.Client
	header    string // name of the credential header
	secret    string
	retries   int
	autoKeys  bool
	inProcess bool
}

// New makes a client that talks HTTP to the deployment at base, without a
// credential. Requests that fail for a passing reason are repeated twice;
// writes carry an Idempotency-Key, so that repeating is safe.
func New(base string) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return &Client{
		base: strings.TrimRight(base, "/"), retries: 2, autoKeys: true,
		http: &http.Client{Transport: transport, CheckRedirect: noRedirect},
	}
}

// InProcess makes a client whose calls are served by the handler directly.
func InProcess(h http.Handler) *Client {
	return &Client{base: "http://laurel.internal", inProcess: true, http: &http.Client{Transport: direct{h}, CheckRedirect: noRedirect}}
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// WithToken acts as the holder of a user token, user key or community key.
func (c *Client) WithToken(secret string) *Client { return c.with("Authorization", "Bearer "+secret) }

// WithKey acts with a community key or user key.
func (c *Client) WithKey(secret string) *Client { return c.WithToken(secret) }

// WithSystemKey acts with a community's system key.
func (c *Client) WithSystemKey(secret string) *Client { return c.with("X-API-Key", secret) }

// Anonymous acts without a credential.
func (c *Client) Anonymous() *Client { return c.with("", "") }

// WithTimeout gives up on a call after d; streams are not affected.
func (c *Client) WithTimeout(d time.Duration) *Client {
	out, plain := *c, *c.http
	plain.Timeout = d
	out.http = &plain
	return &out
}

func (c *Client) with(header, secret string) *Client {
	out := *c
	out.header, out.secret = header, secret
	return &out
}
