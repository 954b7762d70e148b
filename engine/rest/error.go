package rest

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/engine/db"
)

// classify turns any error into one that is safe to show. Unknown errors
// become one fixed sentence; their cause goes to the log only.
func classify(err error) *api.Error {
	var e *api.Error
	var he *echo.HTTPError
	var body *api.ErrorBody
	switch {
	case errors.As(err, &e):
		return e
	case errors.As(err, &body):
		return &api.Error{Kind: api.KindOf(body.GetStatus()), Code: body.Code, Message: body.Message, Fields: body.Errors}
	case db.IsUnavailable(err):
		return &api.Error{Kind: api.Unavailable, Code: "database_unavailable", RetryAfter: 5 * time.Second,
			Message: "The database cannot take this right now. Nothing was changed; try again shortly."}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &api.Error{Kind: api.Unavailable, Code: "timeout", RetryAfter: time.Second, Message: "The request took too long and was given up."}
	case errors.As(err, &he):
		return routerError(he)
	}
	return api.NewError(api.Internal, "internal", "Something went wrong on our side. The request id helps us find it.")
}

func routerError(he *echo.HTTPError) *api.Error {
	switch he.Code {
	case http.StatusNotFound:
		return api.NewError(api.NotFound, "route_not_found", "There is nothing at this address.")
	case http.StatusMethodNotAllowed:
		return api.NewError(api.MethodNotAllowed, "method_not_allowed", "This address does not take that method.")
	}
	return api.NewError(api.KindOf(he.Code), "request_refused", http.StatusText(he.Code)+".")
}

// fault logs an error by its kind and gives the wire form.
func (k *Kit) fault(ctx context.Context, err error) error {
	e := classify(err)
	k.logFault(ctx, e, err)
	body := bodyOf(ctx, e)
	if e.RetryAfter <= 0 {
		return &body
	}
	return huma.ErrorWithHeaders(&body, http.Header{"Retry-After": {retrySeconds(e.RetryAfter)}})
}

func (k *Kit) logFault(ctx context.Context, e *api.Error, cause error) {
	level := slog.LevelDebug
	switch e.Kind {
	case api.Internal:
		level = slog.LevelError
	case api.Upstream, api.Unavailable:
		level = slog.LevelWarn
	case api.Unauthenticated, api.Forbidden, api.RateLimited:
		level = slog.LevelInfo
	}
	k.cfg.Log.LogAttrs(ctx, level, "request failed", slog.String("code", e.Code),
		slog.String("requestId", RequestID(ctx)), slog.Any("cause", cause))
}

// writeError answers errors of the router and of middleware.
func (k *Kit) writeError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	ctx := c.Request().Context()
	e := classify(err)
	k.logFault(ctx, e, err)
	if e.RetryAfter > 0 {
		c.Response().Header().Set("Retry-After", retrySeconds(e.RetryAfter))
	}
	_ = c.JSON(e.Kind.Status(), bodyOf(ctx, e))
}

func (k *Kit) writeHuma(hc huma.Context, err error) {
	k.writeError(err, humaechoUnwrap(hc))
}

// humaError makes huma's own failures (binding, validation) ours: 422 does
// not exist here, and field paths lose their "body." prefix.
func humaError(hc huma.Context, status int, msg string, errs ...error) huma.StatusError {
	var own *api.ErrorBody
	for _, err := range errs {
		if errors.As(err, &own) {
			return own
		}
	}
	ctx := context.Background()
	if hc != nil {
		ctx = hc.Context()
	}
	if stateOf(ctx).tooLarge {
		status = http.StatusRequestEntityTooLarge
	}
	e := validationError(status, msg, errs)
	body := bodyOf(ctx, e)
	return &body
}

// bodyOf is the one body of every error; Secure Auth adds its own mark.
func bodyOf(ctx context.Context, e *api.Error) api.ErrorBody {
	body := e.Body(RequestID(ctx))
	body.Failed = stateOf(ctx).secureAuth
	return body
}

func validationError(status int, msg string, errs []error) *api.Error {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return api.NewError(api.TooLarge, "body_too_large", "The body is larger than this operation takes.")
	case http.StatusUnsupportedMediaType:
		return api.NewError(api.Unsupported, "media_type_unsupported", "Send JSON with Content-Type: application/json.")
	case http.StatusRequestTimeout, http.StatusInternalServerError:
		return errBodyCut
	case http.StatusNotAcceptable:
		return api.NewError(api.Invalid, "not_acceptable", "This operation answers in JSON.")
	}
	e := api.NewError(api.Invalid, "validation_failed", "The request is not valid: "+msg+".")
	for _, err := range errs {
		e.Fields = append(e.Fields, fieldError(err))
	}
	if len(e.Fields) > 0 {
		e.Message = strings.TrimSpace(e.Fields[0].Field + " " + e.Fields[0].Message + ".")
	}
	return e
}

func fieldError(err error) api.FieldError {
	var d huma.ErrorDetailer
	if !errors.As(err, &d) {
		return api.FieldError{Message: err.Error()}
	}
	detail := d.ErrorDetail()
	field := detail.Location
	for _, prefix := range []string{"body.", "query.", "path.", "header."} {
		field = strings.TrimPrefix(field, prefix)
	}
	message := detail.Message
	if name, ok := strings.CutPrefix(message, "expected required property "); ok {
		name = strings.TrimSuffix(name, " to be present")
		return api.FieldError{Field: strings.TrimPrefix(field+"."+name, "body."), Message: "is required"}
	}
	return api.FieldError{Field: field, Message: inWords(message)}
}

func retrySeconds(d time.Duration) string {
	return strconv.Itoa(int(math.Ceil(d.Seconds())))
}
