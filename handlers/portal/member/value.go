package member

import (
	"maps"
	"slices"
	"strings"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// changesShown is how many changes of values a member's page shows.
const changesShown = 6

// fillKnown adds what the community keeps about the member.
func fillKnown(v *web.Visit, u api.User, p *page.PageProps) error {
	fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
	if err != nil {
		return err
	}
	history, err := v.API.Fields(v.Community.ID).UserHistories(v.Ctx(), u.ID, apiclient.Paging{Limit: 100})
	if err != nil {
		return err
	}
	k := &p.Known
	for _, f := range fields {
		k.Fields = append(k.Fields, fieldRow(v, f, u, history.Items))
	}
	for _, c := range history.Items[:min(len(history.Items), changesShown)] {
		k.Changes = append(k.Changes, changeOf(v, c, fields))
	}
	k.Tags = page.TagsForm{Tags: u.Tags, Typed: strings.Join(u.Tags, ", ")}
	k.Unclaimed = u.LastLogin == nil && !u.IsDeleted && !u.IsDummy && u.Email != ""
	tags, err := v.API.Users().Tags(v.Ctx(), v.Community.ID)
	for _, t := range tags {
		k.Tags.Known = append(k.Tags.Known, t.Name)
	}
	return err
}

// fieldRow is a field with the member's value and its last change.
func fieldRow(v *web.Visit, f api.UserField, u api.User, history []api.FieldHistory) page.FieldRow {
	value := u.CustomFields[f.Field]
	r := page.FieldRow{ID: f.ID, Name: f.Name, Value: label.FieldValue(f.Type, value), Private: f.Private, Input: inputOf(f, value)}
	i := slices.IndexFunc(history, func(h api.FieldHistory) bool { return h.FieldID == f.ID && h.NewValue == value })
	if i >= 0 {
		r.Who, r.Source, r.Changed = label.HistoryBy(history[i]), strings.ToLower(label.HistorySource(history[i].Source)), v.Moment(history[i].CreatedAt)
	}
	return r
}

func inputOf(f api.UserField, value string) page.FieldInput {
	in := page.FieldInput{Value: value, Hint: f.Description, Required: f.Required, IsLong: f.Type == "multi-line-text" || f.Type == "text"}
	switch f.Type {
	case "number", "numerical":
		in.Kind = page.ValueNumber
	case "date":
		if value == "" || len(value) == len(time.DateOnly) { // moments are typed as text
			in.Kind = page.ValueDay
		}
	case "boolean":
		in.Kind, in.Options = page.ValueChoice, append([]form.Option{{Label: "No value"}}, web.Choices([]ui.Pair{{Name: "true", Value: "Yes"}, {Name: "false", Value: "No"}}, value)...)
	case "select":
		in.Kind, in.Options = page.ValueChoice, append([]form.Option{{Label: "No value"}}, optionsOf(f, value)...)
	}
	return in
}

// optionsOf are the choices, with a value that is none of them any more.
func optionsOf(f api.UserField, value string) []form.Option {
	options := f.Options
	if value != "" && !slices.Contains(options, value) {
		options = append(slices.Clone(options), value)
	}
	out := make([]form.Option, len(options))
	for i, o := range options {
		out[i] = form.Option{Value: o, Label: o, Chosen: o == value}
	}
	return out
}

func changeOf(v *web.Visit, c api.FieldHistory, fields []api.UserField) page.Change {
	out := page.Change{
		Field: c.Name, Old: label.FieldValue(c.Type, c.OldValue), New: label.FieldValue(c.Type, c.NewValue),
		Who: label.HistoryBy(c), Source: label.HistorySource(c.Source), At: v.Moment(c.CreatedAt),
	}
	if slices.ContainsFunc(fields, func(f api.UserField) bool { return f.ID == c.FieldID && f.Private }) {
		out.Old, out.New = label.Covered(out.Old), label.Covered(out.New)
	}
	return out
}

// SetFields changes the values that differ from the present ones.
func SetFields(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return err
	}
	fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
	if err != nil {
		return err
	}
	patch, renamed := api.UserPatch{}, web.Renamed{}
	for _, field := range fields {
		name := "f-" + field.ID
		renamed["customFields."+field.Field] = name
		text := strings.ReplaceAll(f.Text(name), "\r\n", "\n")
		switch {
		case !f.Values.Has(name) || text == u.CustomFields[field.Field]:
		case text == "":
			patch.CustomFields = append(patch.CustomFields, api.FieldValue{Field: field.ID})
		default:
			patch.CustomFields = append(patch.CustomFields, api.FieldValue{Field: field.ID, Value: text})
		}
	}
	if len(patch.CustomFields) == 0 {
		v.Done("Nothing differed, so nothing was changed.")
		return v.Go(link.Member(u.ID))
	}
	if _, err = v.API.Users().Update(v.Ctx(), u.ID, patch); err == nil {
		v.Done(ui.Count(int64(len(patch.CustomFields)), "value is", "values are") + " saved.")
		return v.Go(link.Member(u.ID) + "#fields")
	}
	if !f.Take(err, renamed) {
		return err
	}
	return show(v, f.Status(err), u, func(p *page.PageProps) { typedFields(f, p) })
}

// typedFields puts what was typed into the dialog, with what is wrong.
func typedFields(f *web.Form, p *page.PageProps) {
	p.Known.Open, p.Known.Fault = true, f.Fault
	for i := range p.Known.Fields {
		r := &p.Known.Fields[i]
		name := "f-" + r.ID
		r.Input.Error = f.Errors[name]
		if !f.Values.Has(name) {
			continue
		}
		r.Input.Value = f.Text(name)
		for k := range r.Input.Options {
			r.Input.Options[k].Chosen = r.Input.Options[k].Value == r.Input.Value
		}
	}
}

// SetTags replaces the member's tags.
func SetTags(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	tags := f.Words("tags")
	u, err := v.API.Users().Update(v.Ctx(), v.Param("id"), api.UserPatch{Tags: &tags})
	if err == nil {
		v.Done("The tags of " + web.Name(u) + " are saved.")
		return v.Go(link.Member(u.ID))
	}
	if !f.Take(err, nil) {
		return err
	}
	if u, err = v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id")); err != nil {
		return err
	}
	why := f.Fault
	for _, name := range slices.Sorted(maps.Keys(f.Errors)) {
		why = f.Errors[name]
	}
	return show(v, f.Status(nil), u, func(p *page.PageProps) {
		p.Known.Tags.Open, p.Known.Tags.Typed, p.Known.Tags.Error = true, f.Text("tags"), why
	})
}
