package api

import (
	"errors"
	"net/http"
	"time"
)

// Kind says what class of failure an Error is; each kind has one HTTP status.
type Kind int

// The kinds of failure. The zero value is Internal, so that an error nobody
// classified is never shown to a caller.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	RateLimited
	TooLarge
	Unsupported
	MethodNotAllowed
	Upstream
	Unavailable
	NotImplemented
)

var statuses = map[Kind]int{
	Internal:         http.StatusInternalServerError,
	Invalid:          http.StatusBadRequest,
	Unauthenticated:  http.StatusUnauthorized,
	Forbidden:        http.StatusForbidden,
	NotFound:         http.StatusNotFound,
	Conflict:         http.StatusConflict,
	RateLimited:      http.StatusTooManyRequests,
	TooLarge:         http.StatusRequestEntityTooLarge,
	Unsupported:      http.StatusUnsupportedMediaType,
	MethodNotAllowed: http.StatusMethodNotAllowed,
	Upstream:         http.StatusBadGateway,
	Unavailable:      http.StatusServiceUnavailable,
	NotImplemented:   http.StatusNotImplemented,
}

// Status is the HTTP status that a kind is answered with.
func (k Kind) Status() int { return statuses[k] }

// KindOf is the kind that an HTTP status stands for; unknown client errors
// are Invalid, everything else Internal.
func KindOf(status int) Kind {
	for k, s := range statuses {
		if s == status {
			return k
		}
	}
	if status >= 400 && status < 500 {
		return Invalid
	}
	return Internal
}

// FieldError names one field of a request and what is wrong with it.
type FieldError struct {
	Field   string `json:"field" doc:"Path of the field, such as name or widget.button.text"`
	Message string `json:"message" doc:"What is wrong, as a sentence fragment a person can act on"`
}

// Error is a failure that is safe to show to the caller. Code is stable and
// documented; Message is one sentence for people.
type Error struct {
	Kind       Kind
	Code       string
	Message    string
	Fields     []FieldError
	RetryAfter time.Duration // when to try again; 0 when not known
	RequestID  string        // filled in by the client side
}

// NewError makes a failure that may be shown to the caller.
func NewError(kind Kind, code, message string, fields ...FieldError) *Error {
	return &Error{Kind: kind, Code: code, Message: message, Fields: fields}
}

// InvalidField is the failure of a single bad field.
func InvalidField(field, message string) *Error {
	return NewError(Invalid, "invalid_"+snake(field), field+" "+message+".", FieldError{field, message})
}

// Error is the message, so that an Error prints as a sentence.
func (e *Error) Error() string { return e.Message }

// Is makes errors.Is match on the code, or on the kind when the target has no code.
func (e *Error) Is(target error) bool {
	var t *Error
	if !errors.As(target, &t) {
		return false
	}
	if t.Code != "" {
		return t.Code == e.Code
	}
	return t.Kind == e.Kind
}

// IsKind reports whether err is, or wraps, an Error of the kind.
func IsKind(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// Body is the wire form of a failure: one shape that every API family shares.
func (e *Error) Body(requestID string) ErrorBody {
	return ErrorBody{
		Status: "error", Code: e.Code, Message: e.Message, Errors: e.Fields, RequestID: requestID,
		Meta: ErrorMeta{Status: "error", StatusCode: e.Kind.Status(), Message: e.Message},
	}
}

// ErrorMeta repeats the outcome where System and Partner clients look for it.
type ErrorMeta struct {
	Status     string `json:"status" example:"error"`
	Success    bool   `json:"success"`
	StatusCode int    `json:"statusCode" example:"404"`
	Message    string `json:"message"`
}

// ErrorBody is the one error body of all API families.
type ErrorBody struct {
	Status    string       `json:"status" example:"error"`
	Code      string       `json:"code" example:"leaderboard_not_found" doc:"Stable machine-readable code"`
	Message   string       `json:"message" example:"No leaderboard has that id."`
	Errors    []FieldError `json:"errors,omitempty"`
	Meta      ErrorMeta    `json:"meta"`
	RequestID string       `json:"requestId,omitempty"`
	Failed    bool         `json:"error,omitempty" doc:"Only in Secure Auth, whose clients look for it"`
}

// Error lets the body travel as an error through the router.
func (b *ErrorBody) Error() string { return b.Message }

// GetStatus is the HTTP status that the body is sent with.
func (b *ErrorBody) GetStatus() int { return b.Meta.StatusCode }

func snake(s string) string {
	out := make([]rune, 0, len(s)+4)
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			if len(out) > 0 && out[len(out)-1] != '_' {
				out = append(out, '_')
			}
			out = append(out, r+'a'-'A')
		case r == '.' || r == '[' || r == ']' || r == '-' || r == ' ':
			out = append(out, '_')
		default:
			out = append(out, r)
		}
	}
	return string(out)
}
