package rest

import (
	"net/http"
	"time"

	"github.com/go-chi/httprate"
	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/auth"
)

// limiters count requests by credential and by address (IPv6 by /64).
type limiters struct {
	key, ip, entry *httprate.RateLimiter
	rates          Limits
}

func newLimiters(l Limits) *limiters {
	return &limiters{
		key: limiter(l.PerKey), ip: limiter(l.PerIP), entry: limiter(l.PerSignIn), rates: l,
	}
}

func limiter(perMinute int) *httprate.RateLimiter {
	if perMinute <= 0 {
		return nil
	}
	return httprate.NewRateLimiter(perMinute, time.Minute)
}

var errRate = &api.Error{Kind: api.RateLimited, Code: "rate_limited", RetryAfter: time.Minute,
	Message: "Too many requests. Wait a moment and try again."}

func over(l *httprate.RateLimiter, key string) error {
	if l == nil {
		return nil
	}
	allowed := !l.OnLimit(discard{}, new(http.Request), key)
	if allowed {
		return nil
	}
	return errRate
}

func (l *limiters) signIn(ip string) error { return over(l.entry, httprate.CanonicalizeIP(ip)) }

// limit refuses a request whose credential, or address without one, is over its rate.
func (k *Kit) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		s := stateOf(c.Request().Context())
		var err error
		if s.caller.Kind == Anonymous {
			err = over(k.limits.ip, httprate.CanonicalizeIP(s.ip))
		} else {
			err = over(k.limits.key, auth.HashKey(s.caller.CommunityID+s.caller.KeyID+s.caller.MemberID))
		}
		if err != nil {
			return err
		}
		return next(c)
	}
}

// discard takes the headers that httprate writes about its counters.
type discard struct{}

// Header is a throw-away header map.
func (discard) Header() http.Header { return http.Header{} }

// Write drops the bytes.
func (discard) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader drops the status.
func (discard) WriteHeader(int) {}
