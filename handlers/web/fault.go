package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/components/page/fault"
)

// Fault answers errors of the router: no such page, no such method.
func (b *Base) Fault(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	v := b.visit(c)
	v.setHeaders()
	if err := v.fail(err); err != nil {
		b.Log.ErrorContext(v.ctx, "error page failed", slog.String("requestId", v.id), slog.Any("cause", err))
	}
}

// fail turns an error into a page: the one place where kinds become statuses.
func (v *Visit) fail(err error) error {
	if v.c.Response().Committed {
		v.log(err)
		return nil
	}
	e := classify(err)
	if e.Kind == api.Unauthenticated {
		return v.toSignIn()
	}
	v.logAs(e, err)
	v.RetryAfter(e)
	return v.Render(e.Kind.Status(), fault.Page(v.faultProps(e)))
}

// RetryAfter tells when to try again, if the error knows.
func (v *Visit) RetryAfter(e *api.Error) {
	if e.RetryAfter > 0 {
		v.c.Response().Header().Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds()+0.999)))
	}
}

func (v *Visit) faultProps(e *api.Error) fault.Props {
	p := fault.Props{AuthProps: v.Auth(""), Status: e.Kind.Status(), Message: e.Message, RequestID: v.id, Back: v.back()}
	if e.Kind == api.Forbidden && e.Code != "cross_site" {
		p.Grants = "an owner or admin"
		if v.Community.Name != "" {
			p.Grants += " of " + v.Community.Name
		}
	}
	return p
}

// classify turns any error into one that is safe to show; what nobody
// classified becomes one fixed sentence, and its cause goes to the log.
func classify(err error) *api.Error {
	var e *api.Error
	var he *echo.HTTPError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &e):
		if e.Kind == api.Internal {
			return api.NewError(api.Internal, e.Code, "")
		}
		return e
	case errors.As(err, &large):
		return api.NewError(api.TooLarge, "body_too_large", "That form is larger than we take.")
	case errors.As(err, &he):
		return api.NewError(api.KindOf(he.Code), "request_refused", "")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return api.NewError(api.Unavailable, "timeout", "")
	}
	return api.NewError(api.Internal, "internal", "")
}

func (v *Visit) log(err error) { v.logAs(classify(err), err) }

func (v *Visit) logAs(e *api.Error, cause error) {
	level := slog.LevelDebug
	switch e.Kind {
	case api.Internal:
		level = slog.LevelError
	case api.Upstream, api.Unavailable:
		level = slog.LevelWarn
	case api.Unauthenticated, api.Forbidden, api.RateLimited:
		level = slog.LevelInfo
	}
	v.base.Log.LogAttrs(v.ctx, level, "page refused", slog.String("code", e.Code), slog.String("path", v.c.Path()),
		slog.String("requestId", v.id), slog.Any("cause", cause))
}

// back is where the way back from an error leads: the page before, when it is
// another page of ours.
func (v *Visit) back() string {
	if path := v.before(); path != "" && path != v.c.Request().URL.Path {
		return path
	}
	return "/"
}

// before is the path, with query, of the page of ours that led here.
func (v *Visit) before() string {
	r := v.c.Request()
	_, rest, found := strings.Cut(r.Referer(), "://"+r.Host)
	if !found {
		return ""
	}
	return LocalPath(rest)
}
