package apiclient

import (
	"context"
	"net"
	"net/http"
)

// Origin is the person on whose behalf a server calls: passed on so that
// limits, sign-in lists and the audit log name him and not the server.
type Origin struct {
	IP        string
	UserAgent string
	Host      string // host name that his browser asked for
	RequestID string
}

type originKey struct{}

// WithOrigin is a context whose calls are made for the person. A remote API
// believes it only from a trusted proxy.
func WithOrigin(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// present puts the person behind the call into the request.
func (c *Client) present(ctx context.Context, req *http.Request) {
	o, ok := ctx.Value(originKey{}).(Origin)
	if !ok {
		return
	}
	req.Header.Set("User-Agent", o.UserAgent)
	if o.RequestID != "" {
		req.Header.Set("X-Request-Id", o.RequestID)
	}
	if c.inProcess {
		req.RemoteAddr = net.JoinHostPort(o.IP, "0")
		req.Host = o.Host
		return
	}
	req.Header.Set("X-Forwarded-For", o.IP)
	req.Header.Set("X-Forwarded-Host", o.Host)
}
