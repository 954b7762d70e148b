package embed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/auth"
	"laurel/components/widget"
)

var (
	errGone     = api.NewError(api.NotFound, "widget_gone", "This widget is no longer here.")
	errOrigin   = api.NewError(api.Forbidden, "origin_not_allowed", "This widget may not be shown here.")
	errNoToken  = api.NewError(api.Unauthenticated, "bad_key", "This widget is for signed-in members.")
	errMethod   = api.NewError(api.MethodNotAllowed, "server_error", "This address can only be read.")
	errPrefetch = &api.Error{Kind: api.Unavailable, Code: "server_error", Message: "A ticket is for showing, not for loading ahead."}
)

// failure is an error with the widget that it happened to.
type failure struct {
	id     string
	q      request
	cause  error
	logged bool // the API wrote it into the partner's log
}

// Error is the cause's text.
func (f *failure) Error() string { return f.cause.Error() }

// Unwrap gives the cause.
func (f *failure) Unwrap() error { return f.cause }

func (e *Embed) failed(id string, q request, err error) error {
	return &failure{id: strings.Clone(id), q: q, cause: err}
}

// guard turns errors and panics into replies that carry the frame policy, and
// takes away what an outer layer must not add to a framed page.
func (e *Embed) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		h := c.Response().Header()
		delete(h, "X-Frame-Options")
		delete(h, "Set-Cookie")
		delete(h, "Cross-Origin-Opener-Policy")
		defer func() {
			if p := recover(); p != nil {
				if abort, ok := p.(error); ok && errors.Is(abort, http.ErrAbortHandler) {
					panic(p)
				}
				err = e.fail(c, fmt.Errorf("panic: %v", p))
			}
		}()
		if err := next(c); err != nil {
			return e.fail(c, err)
		}
		return nil
	}
}

// fail answers with a calm panel, or in JSON where a script asked.
func (e *Embed) fail(c echo.Context, err error) error {
	if c.Response().Committed || c.Request().Context().Err() != nil {
		return nil // the reader has gone, or has the beginning of a reply
	}
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{id: c.Param("id"), cause: err}
	}
	code, kind := publicCode(f.cause), kindOf(f.cause)
	id := requestID(c)
	e.note(c, f, code, kind, id)
	info := e.cache.lastSeen(f.id)
	h := c.Response().Header()
	apply(h, e.policy(info.Widget.AllowedOrigins, "", f.q.preview))
	h.Set("Cache-Control", "no-store")
	retryAfter(h, f.cause)
	v := view{info: info, variant: e.reader(f.q.variant, info.Widget, c.Request()), now: e.Clock()}
	if isForScript(c) {
		return c.JSON(kind.Status(), jsonFault(v.text(), code, id))
	}
	return e.panel(c, v, kind.Status(), code, id)
}

func (e *Embed) panel(c echo.Context, v view, status int, code, id string) error {
	p := e.frame(v, modePublic, v.info.Widget.AllowedOrigins)
	p.Title, p.Body, p.Live, p.Request = v.text().Fault(code), "", "", id
	panel := widget.Panel(widget.PanelProps{Text: v.text(), Code: code, RequestID: id, Retry: c.Request().URL.Path + v.variant.query(v.variant.period)})
	html, err := document(c.Request().Context(), p, panel)
	if err != nil {
		return nil //nolint:nilerr // the reader has gone
	}
	return c.HTMLBlob(status, html)
}

type codeOnly struct {
	Code string `json:"code"`
}

// scriptFault is a failure as the frame's script reads it.
type scriptFault struct {
	Error     codeOnly `json:"error"`
	Code      string   `json:"code"`
	Message   string   `json:"message"`
	RequestID string   `json:"requestId"`
}

func jsonFault(t widget.Text, code, id string) scriptFault {
	return scriptFault{Error: codeOnly{code}, Code: code, Message: t.Fault(code), RequestID: id}
}

// isForScript reports whether the address is one that only scripts ask.
func isForScript(c echo.Context) bool {
	return strings.HasSuffix(c.Path(), "/body") || strings.HasSuffix(c.Path(), "/live")
}

// note writes the failure into our log and, unless it is there already, into the
// partner's.
func (e *Embed) note(c echo.Context, f *failure, code string, kind api.Kind, id string) {
	level := slog.LevelInfo
	if kind == api.Internal {
		level = slog.LevelError
	}
	e.Log.Log(c.Request().Context(), level, "widget not shown", slog.String("widget", f.id), slog.String("code", code),
		slog.String("requestId", id), slog.Any("cause", f.cause))
	if !f.logged && f.id != "" {
		e.reports.tell(visitor(c), f.id, api.EmbedReport{Code: code, Detail: detail(kind, id), Origin: auth.OriginOf(c.Request().Referer())})
	}
}

func detail(kind api.Kind, id string) string {
	return "status " + strconv.Itoa(kind.Status()) + ", request " + id
}

func retryAfter(h http.Header, err error) {
	var e *api.Error
	if errors.As(err, &e) && e.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds()+0.999)))
	}
}

func kindOf(err error) api.Kind {
	var e *api.Error
	switch {
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.DeadlineExceeded):
		return api.Unavailable
	}
	return api.Internal
}

// publicCode is one of the codes that visitors and partners know.
func publicCode(err error) string {
	var e *api.Error
	if errors.As(err, &e) {
		if code := known(e.Code, widget.Codes()); code != "" {
			return code
		}
	}
	switch kind := kindOf(err); {
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case kind == api.NotFound:
		return "widget_gone"
	case kind == api.RateLimited:
		return "rate_limited"
	case kind == api.Unauthenticated, kind == api.Forbidden:
		return "bad_key"
	}
	return "server_error"
}

// noPage answers for addresses below /embed that are no widget's.
func (e *Embed) noPage(echo.Context) error { return &failure{cause: errGone, logged: true} }

func notAllowed(c echo.Context) error {
	c.Response().Header().Set("Allow", "GET, HEAD, OPTIONS")
	return &failure{cause: errMethod, logged: true}
}

// preflight lets the scripts of sandboxed frames, whose origin is opaque, read
// with a token.
func (e *Embed) preflight(c echo.Context) error {
	h := c.Response().Header()
	apply(h, e.policy(nil, "", false))
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
	h.Set("Access-Control-Allow-Methods", "GET, HEAD")
	h.Set("Access-Control-Max-Age", "7200")
	return c.NoContent(http.StatusNoContent)
}
