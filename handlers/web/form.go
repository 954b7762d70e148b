package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"laurel/api"
	"laurel/apiclient"
)

// Form is what was typed, and what is wrong with it by field name.
type Form struct {
	Values url.Values
	Errors map[string]string
	Fault  string // one sentence above the form
}

// Form reads the request's form. Errors: Invalid, TooLarge.
func (v *Visit) Form() (*Form, error) {
	r := v.c.Request()
	err := r.ParseMultipartForm(maxForm)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, err
	case err != nil && !errors.Is(err, http.ErrNotMultipart):
		return nil, api.NewError(api.Invalid, "form_malformed", "That form could not be read.")
	}
	return &Form{Values: r.PostForm, Errors: map[string]string{}}, nil
}

// Text is a field without space around it.
func (f *Form) Text(name string) string { return strings.TrimSpace(f.Values.Get(name)) }

// Raw is a field as it was typed: passwords.
func (f *Form) Raw(name string) string { return f.Values.Get(name) }

// Ptr is Text for the wire's optional parts; a field that was not sent is nil.
func (f *Form) Ptr(name string) *string {
	if !f.Values.Has(name) {
		return nil
	}
	text := f.Text(name)
	return &text
}

// On reports whether a check box or switch is on.
func (f *Form) On(name string) bool { return f.Values.Get(name) != "" }

// All are the values of a group of check boxes.
func (f *Form) All(name string) []string {
	if list := f.Values[name]; list != nil {
		return list
	}
	return []string{}
}

// Lines are the lines of a text area that are not empty.
func (f *Form) Lines(name string) []string {
	return split(f.Text(name), func(r rune) bool { return r == '\n' || r == '\r' })
}

// Words are the parts of a comma-separated field.
func (f *Form) Words(name string) []string {
	return split(f.Text(name), func(r rune) bool { return r == ',' || r == '\n' })
}

func split(text string, at func(rune) bool) []string {
	out := []string{}
	for _, part := range strings.FieldsFunc(text, at) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// Whole is a whole number; an empty field is otherwise, and anything else is
// noted as an error of the field.
func (f *Form) Whole(name string, otherwise int64) int64 {
	text := f.Text(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(text, ",", ""), 10, 64)
	if err != nil {
		f.Refuse(name, "Must be a whole number.")
	}
	return n
}

// Refuse notes what is wrong with a field, unless something is noted already.
func (f *Form) Refuse(name, why string) {
	if f.Errors[name] == "" {
		f.Errors[name] = why
	}
}

// Why is what is wrong with a field, or else with the form.
func (f *Form) Why(name string) string {
	if f.Errors[name] != "" {
		return f.Errors[name]
	}
	return f.Fault
}

// Bad reports whether anything was refused.
func (f *Form) Bad() bool { return len(f.Errors) > 0 || f.Fault != "" }

// Renamed are fields whose name on the wire is not the form's.
type Renamed map[string]string

// Take sorts a refusal of the API into the form and reports whether it was
// one: then the same form is shown again. Other errors are left to the error
// page. Fields are matched by their name on the wire or its renaming.
func (f *Form) Take(err error, renamed Renamed) bool {
	var e *api.Error
	if !errors.As(err, &e) || (e.Kind != api.Invalid && e.Kind != api.Conflict && e.Kind != api.TooLarge) {
		return false
	}
	for _, field := range e.Fields {
		name := formName(field.Field, renamed)
		if name == "" {
			f.Fault = Sentence(field.Field + " " + field.Message)
			continue
		}
		f.Refuse(name, Sentence(field.Message))
	}
	if len(e.Fields) == 0 {
		f.Fault = e.Message
	}
	return true
}

// Status is what a refused form is answered with: 409 when the refusal was a
// conflict, else 422.
func (f *Form) Status(err error) int {
	if api.IsKind(err, api.Conflict) {
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// formName is the form's name of a wire field such as widget.button.text or
// displayedColumns[3].column.
func formName(field string, renamed Renamed) string {
	field = strings.TrimPrefix(field, "body.")
	for _, known := range slices.Backward(slices.Sorted(maps.Keys(renamed))) { // longer names first
		if field == known || strings.HasPrefix(field, known+".") || strings.HasPrefix(field, known+"[") {
			return renamed[known]
		}
	}
	if i := strings.IndexAny(field, ".["); i > 0 {
		return field[:i]
	}
	return field
}

// Sentence makes a fragment such as "must be lower case" one: a capital letter
// at its begin and a full stop.
func Sentence(text string) string {
	text = strings.TrimSpace(text)
	first, size := utf8.DecodeRuneInString(text)
	if text == "" {
		return ""
	}
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}

// Typed checks that a dangerous act was confirmed by typing a name.
func (f *Form) Typed(name string) error {
	if f.Text("confirm") == strings.TrimSpace(name) {
		return nil
	}
	return api.NewError(api.Invalid, "not_confirmed", fmt.Sprintf("Type %q to confirm. Nothing was changed.", name))
}

// Once is the context for the one call of a form that must act once, however
// often the browser sends it: creations and payments. The form carries the name
// of the page view it stood in.
func (v *Visit) Once(f *Form) context.Context {
	once := f.Text("once")
	if once == "" || len(once) > 64 {
		return v.ctx
	}
	return apiclient.WithIdempotencyKey(v.ctx, "portal-"+once)
}

// FieldsOf are the wire names of the fields that an error refuses.
func FieldsOf(err error) []string {
	var e *api.Error
	if !errors.As(err, &e) {
		return nil
	}
	out := make([]string, len(e.Fields))
	for i, field := range e.Fields {
		out[i] = field.Field
	}
	return out
}
