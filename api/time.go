package api

import (
	"fmt"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// timeLayout is RFC 3339 in UTC with milliseconds, as the reference prints it.
const timeLayout = "2006-01-02T15:04:05.000Z07:00"

// Time is a moment on the wire: RFC 3339, UTC, milliseconds. The zero value
// is written as null.
type Time struct{ time.Time }

// At wraps a moment for the wire.
func At(t time.Time) Time { return Time{t.UTC()} }

// AtPtr wraps a moment that may be missing: nil for the zero time.
func AtPtr(t time.Time) *Time {
	if t.IsZero() {
		return nil
	}
	w := At(t)
	return &w
}

// MarshalJSON writes RFC 3339 with milliseconds, or null for the zero time.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + t.UTC().Format(timeLayout) + `"`), nil
}

// UnmarshalJSON reads RFC 3339 or a plain date, which means midnight UTC.
func (t *Time) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	if s == "null" || s == "" {
		t.Time = time.Time{}
		return nil
	}
	got, err := ParseTime(s)
	if err != nil {
		return err
	}
	t.Time = got
	return nil
}

// ParseTime reads RFC 3339 or YYYY-MM-DD (midnight UTC).
func ParseTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if got, err := time.Parse(layout, s); err == nil {
			return got.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no RFC 3339 time", s)
}

// Schema describes the type in the OpenAPI document.
func (Time) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Description: "RFC 3339, UTC, milliseconds; or a date", Nullable: true}
}

var _ huma.SchemaProvider = Time{}
