package rest

import (
	"laurel/api"
	"laurel/engine/db"
)

// Span keeps what happened from one moment on and before another; empty texts
// are no bound. column holds microseconds. Errors: Invalid on "from" or "to".
func Span(w *db.Where, column, from, to string) error {
	for _, edge := range []struct{ field, value, condition string }{
		{"from", from, column + " >= ?"}, {"to", to, column + " < ?"},
	} {
		if edge.value == "" {
			continue
		}
		at, err := api.ParseTime(edge.value)
		if err != nil {
			return api.InvalidField(edge.field, "must be an RFC 3339 time or a date")
		}
		w.And(edge.condition, db.Micros(at))
	}
	return nil
}
