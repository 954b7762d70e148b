package rest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
)

func humaechoUnwrap(hc huma.Context) echo.Context { return humaecho.Unwrap(hc) }

var braces = regexp.MustCompile(`\{([^}]+)\}`)

// echoPath turns /v1/x/{id} into /v1/x/:id.
func echoPath(path string) string { return braces.ReplaceAllString(path, ":$1") }

// alias rewrites the other base paths of the reference to the canonical one,
// before routing: /apis/v1/… and the one referral path without a version.
func alias(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u := c.Request().URL
		switch {
		case strings.HasPrefix(u.Path, "/apis/v1/"):
			u.Path = strings.TrimPrefix(u.Path, "/apis")
		case u.Path == "/apis/referral/summary":
			u.Path = "/v1/referrals/summary"
		}
		return next(c)
	}
}

// crossOrigin lets scripts of any page, and frames in a sandbox, reach the
// widget access calls: they carry tokens, never cookies.
func crossOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !strings.HasPrefix(c.Request().URL.Path, "/v2/api/") && !strings.HasPrefix(c.Request().URL.Path, "/v1/public/") {
			return next(c)
		}
		h := c.Response().Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "X-Request-Id, Retry-After")
		if c.Request().Method != http.MethodOptions {
			return next(c)
		}
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
		h.Set("Access-Control-Allow-Methods", "GET, POST")
		h.Set("Access-Control-Max-Age", "7200")
		return c.NoContent(http.StatusNoContent)
	}
}

// identify gives the request its id, address and caller. A bad credential is
// kept as an error that the operation's admission returns.
func (k *Kit) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		s := &state{
			requestID: requestID(r), ip: c.RealIP(), userAgent: cut(r.UserAgent(), 200),
			host: hostOnly(r.Host), header: r.Header, secureAuth: strings.HasPrefix(r.URL.Path, "/api/secureAuth"),
		}
		c.Response().Header().Set("X-Request-Id", s.requestID)
		c.Response().Header().Set("X-Content-Type-Options", "nosniff")
		c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		ctx := context.WithValue(r.Context(), stateKey{}, s)
		s.caller, s.callerErr = k.creds.resolve(ctx, r)
		c.SetRequest(r.WithContext(ctx))
		return next(c)
	}
}

// requestID takes a well-formed id from the client, or makes one.
func requestID(r *http.Request) string {
	id := r.Header.Get("X-Request-Id")
	if len(id) >= 8 && len(id) <= 64 && plain(id) {
		return id
	}
	var b [10]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func plain(s string) bool {
	for _, r := range s {
		if r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return true
}

func cut(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}

func hostOnly(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		return h
	}
	return host
}

// extractor believes X-Forwarded-For only from the trusted networks.
func extractor(trusted []string) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, cidr := range trusted {
		if _, network, err := net.ParseCIDR(cidr); err == nil {
			options = append(options, echo.TrustIPRange(network))
		}
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
