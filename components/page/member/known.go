package member

import (
	"cmp"
	"net/url"

	"laurel/components/form"
	"laurel/components/link"
	"laurel/components/ui"
)

// Known is what the community keeps about the member: fields, tags, picture,
// days.
type Known struct {
	Fields    []FieldRow
	Open      bool // the dialog is shown again with what was typed
	Fault     string
	Changes   []Change
	Tags      TagsForm
	Picture   PictureForm
	Activity  Activity
	Unclaimed bool // made by an import or API, and never signed in
}

// FieldRow is one user field with the member's value.
type FieldRow struct {
	ID      string
	Name    string
	Value   string // in words; empty for none
	Private bool
	Changed ui.Moment // when it was last changed; never for values of the beginning
	Who     string    // who changed it
	Source  string    // whence
	Input   FieldInput
}

// FieldInput is the field in the dialog.
type FieldInput struct {
	Kind     ValueKind // ValueText, ValueNumber, ValueDay, ValueChoice
	IsLong   bool      // several lines
	Value    string
	Options  []form.Option
	Hint     string
	Error    string
	Required bool
}

// Change is one change of a value.
type Change struct {
	Field    string
	Old, New string
	Private  bool
	Who      string
	Source   string
	At       ui.Moment
}

// TagsForm is the dialog of the member's tags.
type TagsForm struct {
	Open  bool
	Tags  []string
	Typed string // as the field holds them
	Known []string
	Error string
}

// PictureForm is the dialog of the member's picture.
type PictureForm struct {
	Open  bool
	Error string
}

// Activity is what the member did lately.
type Activity struct {
	Days     []ui.Bar // XP a day, oldest first
	XP       int64    // in all of them
	Coins    int64
	Messages int64
	Replies  int64
	Reacted  int64
}

func (r FieldRow) field() form.Field {
	return form.Field{Name: "f-" + r.ID, Label: r.Name, Hint: r.Input.Hint, Error: r.Input.Error, Required: r.Input.Required}
}

func (p PageProps) changesHref() string {
	return link.FieldHistory + "?" + url.Values{"user": {p.Member.ID}}.Encode()
}

// giveHref opens the form that warns, suspends or bans the member.
func (p PageProps) giveHref() string {
	return link.Penalties + "?" + url.Values{"give": {cmp.Or(p.Member.Username, p.Member.ID)}}.Encode()
}

func (a Activity) label() string {
	return "XP earned on each of the last " + ui.Count(int64(len(a.Days)), "day", "days") + ": " + ui.Number(a.XP) + " in all"
}

// conditionOn is the list's address with one condition: a column is a value.
func conditionOn(column, value string) string {
	return url.Values{"c": {column}, "o": {"is"}, "v": {value}}.Encode()
}
