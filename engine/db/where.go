package db

import (
	"strconv"
	"strings"
)

// Where collects the conditions of a query with their numbered parameters.
type Where struct {
	conditions []string
	Args       []any
}

// And adds a condition in which every ? stands for the one value.
func (w *Where) And(condition string, value any) {
	w.Args = append(w.Args, value)
	w.conditions = append(w.conditions, strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(w.Args))))
}

// SQL is the clause, with a space before it; there is at least one condition.
func (w *Where) SQL() string { return " WHERE " + strings.Join(w.conditions, " AND ") }

// Plain takes the special meaning from what somebody typed, for LIKE … ESCAPE
// '!'.
func Plain(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text)
}

// Containing is the pattern of texts in lower case with a part: lower(column)
// LIKE ? ESCAPE '!'.
func Containing(part string) string { return "%" + Plain(strings.ToLower(part)) + "%" }
