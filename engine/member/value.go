package member

import (
	"context"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/api"
)

// maxNumber is the largest amount that a number field takes: JSON numbers are
// exact up to here.
const maxNumber = 9_000_000_000_000_000

// setValue is a custom value that was set: what boards follow when it is a number.
type setValue struct {
	field    string
	isNumber bool
	number   int64 // towards zero
}

// applyFields checks custom values against the community's fields and puts
// them into a copy of those of r; null removes one. Errors: Invalid with
// customFields.NAME.
func applyFields(r *record, fields []fieldRow, values []api.FieldValue) ([]setValue, error) {
	if len(values) == 0 {
		return nil, nil
	}
	next := make(map[string]string, len(r.fields)+len(values))
	maps.Copy(next, r.fields)
	var set []setValue
	for _, v := range values {
		one, err := applyField(next, fields, v)
		if err != nil {
			return nil, err
		}
		set = append(set, one)
	}
	r.fields = next
	return set, nil
}

func applyField(into map[string]string, fields []fieldRow, v api.FieldValue) (setValue, error) {
	f, ok := fieldNamed(fields, v.Field)
	if !ok {
		return setValue{}, api.InvalidField("customFields."+v.Field, "is no user field of this community")
	}
	set := setValue{field: f.Field, isNumber: isNumberType(f.Type)}
	if v.Value == nil {
		if f.Required {
			return set, api.InvalidField("customFields."+f.Field, "is required")
		}
		delete(into, f.Field)
		return set, nil
	}
	text, problem := f.canonical(v.Value)
	if problem != "" {
		return set, api.InvalidField("customFields."+f.Field, problem)
	}
	into[f.Field] = text
	if set.isNumber {
		n, _ := strconv.ParseFloat(text, 64) // canonical wrote it
		set.number = int64(n)
	}
	return set, nil
}

// defaults gives a newcomer the values of fields that it brings none for.
func (r *record) defaults(fields []fieldRow) {
	for _, f := range fields {
		if _, has := r.fields[f.Field]; has || f.Default == "" {
			continue
		}
		if r.fields == nil {
			r.fields = map[string]string{}
		}
		r.fields[f.Field] = f.Default
	}
}

// complete is Invalid for the first required field without a value.
func (r *record) complete(fields []fieldRow) error {
	for _, f := range fields {
		if f.Required && r.fields[f.Field] == "" && !r.IsDummy {
			return api.InvalidField("customFields."+f.Field, "is required")
		}
	}
	return nil
}

// mask hides the private values that a caller may not see.
func mask(values map[string]string, fields []fieldRow) {
	for _, f := range fields {
		if f.Private && values[f.Field] != "" {
			values[f.Field] = api.Masked
		}
	}
}

// fieldNamed finds a field by id, key or label.
func fieldNamed(fields []fieldRow, name string) (fieldRow, bool) {
	for _, same := range []func(fieldRow) bool{
		func(f fieldRow) bool { return f.ID == name },
		func(f fieldRow) bool { return f.Field == name },
		func(f fieldRow) bool { return strings.EqualFold(f.Name, name) },
	} {
		if i := slices.IndexFunc(fields, same); i >= 0 {
			return fields[i], true
		}
	}
	return fieldRow{}, false
}

func isNumberType(kind string) bool { return kind == "number" || kind == "numerical" }

// canonical gives the stored text of a value, or what is wrong with it.
func (f fieldRow) canonical(value any) (text, problem string) {
	switch f.Type {
	case "number", "numerical":
		return canonicalNumber(value)
	case "boolean":
		return canonicalBool(value)
	case "date":
		return canonicalDate(value)
	}
	text, ok := value.(string)
	switch {
	case !ok:
		return "", "must be text"
	case f.Type == "select" && !slices.Contains(f.Options, text):
		return "", "must be one of " + strings.Join(f.Options, ", ")
	case f.Type == "single-line-text" && strings.ContainsAny(text, "\r\n"):
		return "", "must be a single line"
	case utf8.RuneCountInString(text) > 5000:
		return "", "must have at most 5,000 characters"
	}
	return clean(text), ""
}

func canonicalNumber(value any) (text, problem string) {
	n, ok := value.(float64)
	if s, isText := value.(string); isText {
		got, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		n, ok = got, err == nil
	}
	switch {
	case !ok || math.IsNaN(n):
		return "", "must be a number"
	case math.Abs(n) > maxNumber:
		return "", "must be from -9,000,000,000,000,000 to 9,000,000,000,000,000"
	}
	return strconv.FormatFloat(n, 'f', -1, 64), ""
}

func canonicalBool(value any) (text, problem string) {
	switch v := value.(type) {
	case bool:
		return strconv.FormatBool(v), ""
	case string:
		if v == "true" || v == "false" {
			return v, ""
		}
	}
	return "", "must be true or false"
}

// canonicalDate keeps a day as a day and a moment as RFC 3339 in UTC.
func canonicalDate(value any) (text, problem string) {
	s, _ := value.(string)
	at, err := api.ParseTime(s)
	switch {
	case err != nil:
		return "", "must be a date such as 2026-05-31, or RFC 3339"
	case len(s) == len(time.DateOnly):
		return s, ""
	}
	return at.Format(time.RFC3339), ""
}

// tellFields reports numbers that were set to the boards that rank by them.
func (s *Service) tellFields(ctx context.Context, communityID string, ref Ref, set []setValue) {
	for _, v := range set {
		if v.isNumber && s.OnField != nil {
			s.OnField(ctx, communityID, ref, v.field, v.number)
		}
	}
}
