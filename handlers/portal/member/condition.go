package member

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/components/form"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// condition is one line of the filter: a column, how it is compared, and with
// what.
type condition struct{ column, op, value string }

// How columns are compared; the address and saved filters hold these names.
const (
	opIs    = "is"
	opNot   = "not"
	opIn    = "in"
	opLeast = "gte"
	opMost  = "lte"
	opMore  = "gt"
	opLess  = "lt"
	opLast  = "last"
	opOlder = "older"
	opSet   = "set"
	opUnset = "unset"
)

// ops are the comparisons that a column offers.
func (c column) ops() []ui.Pair {
	var out []ui.Pair
	switch c.kind {
	case asNumber:
		out = []ui.Pair{{Name: opLeast, Value: "at least"}, {Name: opMost, Value: "at most"}, {Name: opMore, Value: "more than"}, {Name: opLess, Value: "less than"}, {Name: opIs, Value: "is"}, {Name: opNot, Value: "is not"}}
	case asTime:
		out = []ui.Pair{{Name: opLeast, Value: "on or after"}, {Name: opMost, Value: "on or before"}, {Name: opIs, Value: "on"}, {Name: opLast, Value: "in the last … days"}, {Name: opOlder, Value: "longer ago than … days"}}
	case asTag:
		out = []ui.Pair{{Name: opIs, Value: "carries"}, {Name: opNot, Value: "does not carry"}, {Name: opIn, Value: "carries one of"}}
	case asChoice, asFlag:
		out = []ui.Pair{{Name: opIs, Value: "is"}, {Name: opNot, Value: "is not"}}
	default:
		out = []ui.Pair{{Name: opIs, Value: "is"}, {Name: opNot, Value: "is not"}, {Name: opIn, Value: "is one of"}}
	}
	if c.isOptional {
		out = append(out, ui.Pair{Name: opSet, Value: "has a value"}, ui.Pair{Name: opUnset, Value: "has no value"})
	}
	return out
}

func (c column) opOr(op string) string {
	known := c.ops()
	if op == opIn && c.kind == asChoice || slices.ContainsFunc(known, func(p ui.Pair) bool { return p.Name == op }) {
		return op
	}
	return known[0].Name
}

func (c condition) needsValue() bool { return c.op != opSet && c.op != opUnset }

func (c condition) isDays() bool { return c.op == opLast || c.op == opOlder }

// typed reads the conditions of the address; a line without a column is none.
func typed(v *web.Visit, k known) []condition {
	q := v.Request().URL.Query()
	var out []condition
	for i, name := range q["c"] {
		col, ok := k.column(name)
		if !ok || i >= len(q["o"]) || i >= len(q["v"]) || len(out) == maxConditions {
			continue
		}
		out = append(out, condition{column: col.name, op: col.opOr(q["o"][i]), value: strings.TrimSpace(q["v"][i])})
	}
	return out
}

// maxConditions is how many lines a filter has at most.
const maxConditions = 20

// wrong is what is wrong with a condition's value; empty for nothing.
func (c condition) wrong(col column) string {
	switch {
	case !c.needsValue():
		return ""
	case c.value == "" && c.isDays():
		return "How many days?"
	case c.value == "":
		return "Compare with what?"
	case c.isDays():
		if n, err := strconv.Atoi(c.value); err != nil || n < 0 || n > 36_600 {
			return "Must be a number of days."
		}
	case col.kind == asNumber:
		if _, err := strconv.ParseFloat(c.value, 64); err != nil {
			return "Must be a number."
		}
	case col.kind == asTime:
		if _, err := time.Parse(time.DateOnly, c.value); err != nil {
			return "Must be a day, such as 2026-05-31."
		}
	case (col.kind == asChoice || col.kind == asFlag) && c.op != opIn && !slices.ContainsFunc(col.choices, func(p ui.Pair) bool { return p.Name == c.value }):
		return "Choose one."
	}
	return ""
}

// wire is the condition as the API's filter has it, below the column's name.
func (c condition) wire(col column) any {
	switch c.op {
	case opSet, opUnset:
		return map[string]any{"exists": c.op == opSet}
	case opIs:
		return c.operand(col)
	case opNot:
		return map[string]any{"ne": c.operand(col)}
	case opIn:
		list := []any{}
		for part := range strings.SplitSeq(c.value, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list = append(list, part)
			}
		}
		return list
	}
	return map[string]any{c.op: c.operand(col)}
}

func (c condition) operand(col column) any {
	if col.kind == asNumber || c.isDays() {
		n, _ := strconv.ParseFloat(c.value, 64) // checked by wrong
		return n
	}
	if col.kind == asFlag {
		return c.value == "true"
	}
	return c.value
}

// row is the condition as the page shows it; at is its place.
func (c condition) row(k known, col column, at int) page.Condition {
	out := page.Condition{
		At: at, Columns: columnOptions(k, c.column), Ops: web.Choices(col.ops(), c.op), Label: col.label, Value: c.value, Options: nil,
		Suggested: col.suggested, Error: c.wrong(col),
	}
	switch {
	case !c.needsValue():
		out.Kind = page.ValueNone
	case c.isDays():
		out.Kind = page.ValueDays
	case c.op == opIn:
		out.Kind = page.ValueText
	case col.kind == asNumber:
		out.Kind = page.ValueNumber
	case col.kind == asTime:
		out.Kind = page.ValueDay
	case col.kind == asChoice || col.kind == asFlag:
		out.Kind, out.Options = page.ValueChoice, append([]form.Option{{Label: "Choose"}}, web.Choices(col.choices, c.value)...)
	}
	if c.op == opIn && col.kind == asChoice {
		out.Ops = append(out.Ops, form.Option{Value: opIn, Label: "is one of", Chosen: true})
	}
	return out
}

// columnOptions is the choice of a line's column.
func columnOptions(k known, chosen string) []form.Option {
	out := []form.Option{{Label: "Choose"}}
	for _, c := range k.columns() {
		out = append(out, form.Option{Value: c.name, Label: c.label, Group: c.group, Chosen: c.name == chosen})
	}
	return out
}
