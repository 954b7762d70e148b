package member

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// statuses of the list's filter, by their names in the address.
const (
	onlyActive  = "active"
	onlyDummies = "dummy"
	onlyDeleted = "deleted"
)

// filterOf is the API's filter of what a list shows. Conditions that are not
// finished are left out.
func filterOf(k known, search, status string, conditions []condition) map[string]any {
	out := map[string]any{}
	if search != "" {
		out["search"] = search
	}
	switch status {
	case onlyActive:
		out["is_dummy"] = false
	case onlyDummies:
		out["is_dummy"] = true
	case onlyDeleted:
		out["is_deleted"] = true
	}
	var more []any
	for _, c := range conditions {
		col, ok := k.column(c.column)
		if !ok || c.wrong(col) != "" {
			continue
		}
		if value := c.wire(col); !merge(out, col.name, value) {
			more = append(more, map[string]any{col.name: value})
		}
	}
	if len(more) > 0 {
		out["and"] = more
	}
	return out
}

// merge adds an entry; false when another one of that name says something else.
func merge(into map[string]any, name string, value any) bool {
	old, taken := into[name]
	if !taken {
		into[name] = value
		return true
	}
	have, ok := old.(map[string]any)
	add, both := value.(map[string]any)
	if !ok || !both {
		return false
	}
	for op := range add {
		if _, taken := have[op]; taken {
			return false
		}
	}
	maps.Copy(have, add)
	return true
}

// read takes a saved filter apart. ok is false when it says something that
// this page has no words for.
func read(k known, filter map[string]any) (search, status string, conditions []condition, ok bool) {
	names := slices.Sorted(maps.Keys(filter))
	slices.SortStableFunc(names, func(a, b string) int { return order(a) - order(b) })
	for _, name := range names {
		switch value := filter[name]; name {
		case "search":
			search, ok = value.(string)
		case "is_deleted":
			status, ok = onlyDeleted, value == any(true)
		case "is_dummy":
			status, ok = onlyActive, value == any(false)
			if value == any(true) {
				status, ok = onlyDummies, true
			}
		case "and":
			var more []condition
			more, ok = readAll(k, value)
			conditions = append(conditions, more...)
		default:
			var one []condition
			one, ok = readEntry(k, name, value)
			conditions = append(conditions, one...)
		}
		if !ok {
			return "", "", nil, false
		}
	}
	return search, status, conditions, !slices.ContainsFunc(conditions, func(c condition) bool {
		col, _ := k.column(c.column)
		return c.wrong(col) != ""
	})
}

// order puts the further conditions behind those that they follow.
func order(name string) int {
	if name == "and" {
		return 1
	}
	return 0
}

func readAll(k known, value any) (out []condition, ok bool) {
	list, _ := value.([]any)
	for _, one := range list {
		entries, _ := one.(map[string]any)
		for name, value := range entries {
			part, ok := readEntry(k, name, value)
			if !ok {
				return nil, false
			}
			out = append(out, part...)
		}
	}
	return out, true
}

// readEntry is one entry as conditions: a value, a list, or operators.
func readEntry(k known, name string, value any) (out []condition, ok bool) {
	col, found := k.column(name)
	if !found {
		return nil, false
	}
	switch value := value.(type) {
	case []any:
		return []condition{{col.name, opIn, joined(value)}}, true
	case map[string]any:
		for _, op := range slices.Sorted(maps.Keys(value)) {
			part, ok := readOperator(col, op, value[op])
			if !ok {
				return nil, false
			}
			out = append(out, part...)
		}
		return out, true
	}
	return []condition{{col.name, opIs, col.choose(plain(value))}}, value != nil
}

func readOperator(col column, op string, value any) (out []condition, ok bool) {
	name := col.name
	switch op {
	case opLeast, opMost, opMore, opLess, opLast, opOlder:
		return []condition{{name, op, plain(value)}}, true
	case "ne":
		return []condition{{name, opNot, col.choose(plain(value))}}, true
	case "exists":
		if value == any(true) {
			return []condition{{name, opSet, ""}}, true
		}
		return []condition{{name, opUnset, ""}}, value == any(false)
	case "in", "all", "none":
		list, _ := value.([]any)
		if op == "in" {
			return []condition{{name, opIn, joined(list)}}, true
		}
		for _, one := range list {
			out = append(out, condition{name, map[string]string{"all": opIs, "none": opNot}[op], col.choose(plain(one))})
		}
		return out, true
	}
	return nil, false
}

func joined(list []any) string {
	parts := make([]string, len(list))
	for i, one := range list {
		parts[i] = plain(one)
	}
	return strings.Join(parts, ", ")
}

// plain is a value of a filter as people type it.
func plain(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case bool:
		return strconv.FormatBool(value)
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	return ""
}
