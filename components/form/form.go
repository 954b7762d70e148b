// Package form holds the fields of forms: each has a label, an optional hint,
// the value that was typed and, after a refusal, the reason beside the field.
// Fields use the browser's own validation first; the server repeats it.
package form

import "laurel/components/ui"

// Field is what every field has.
type Field struct {
	Name     string
	ID       string // the name when empty
	Label    string
	Hint     string
	Error    string
	Required bool
	Disabled bool
	Form     string // id of a form elsewhere on the page
}

func (f Field) id() string {
	if f.ID == "" {
		return f.Name
	}
	return f.ID
}

func (f Field) describedBy() string {
	switch {
	case f.Error != "" && f.Hint != "":
		return f.id() + "-error " + f.id() + "-hint"
	case f.Error != "":
		return f.id() + "-error"
	case f.Hint != "":
		return f.id() + "-hint"
	}
	return ""
}

func (f Field) attrs() map[string]any {
	a := map[string]any{"id": f.id(), "name": f.Name}
	if f.Required {
		a["required"] = true
	}
	if f.Disabled {
		a["disabled"] = true
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if by := f.describedBy(); by != "" {
		a["aria-describedby"] = by
	}
	if f.Form != "" {
		a["form"] = f.Form
	}
	return a
}

// Input is a single line of text, a number, a date or a password.
type Input struct {
	Field
	Type         string // text when empty
	Value        string
	Sample       string // grey example inside the empty field
	Autocomplete string
	Pattern      string
	Min, Max     string
	Step         string
	MaxLength    int    // characters, 0 = no limit
	Suffix       string // unit after the field: "XP", "s"
	List         []string
	Accept       string // media types of a file, separated by commas
	Multiple     bool   // several files
	Shows        string // id of an img that shows the chosen picture
	Narrow       bool
	Autofocus    bool
	ReadOnly     bool
}

// TextArea is several lines of text.
type TextArea struct {
	Field
	Value     string
	Sample    string
	Rows      int // 3 when zero
	MaxLength int // characters, 0 = no limit
	Code      bool
}

// Option is one choice.
type Option struct {
	Value    string
	Label    string
	Hint     string
	Group    string // options with the same group stand together in a select
	Chosen   bool
	Disabled bool
}

// Select is one choice out of a list.
type Select struct {
	Field
	Options []Option
	Narrow  bool
}

// Check is a yes or no: a check box, or a switch for what acts at once on save.
type Check struct {
	Field
	Value string // sent when checked; "on" when empty
	On    bool
}

// Group is several check boxes or radio buttons under one name.
type Group struct {
	Field
	Radio   bool
	Columns bool // side by side where there is room
	Cards   bool // radio buttons as cards
	Options []Option
}

// Errors lists what was refused, above the form.
type Errors struct {
	Title string
	Items []string
}

func (e Errors) alert() ui.AlertProps {
	title := e.Title
	if title == "" {
		title = "Please check what is marked below."
	}
	return ui.AlertProps{Tone: ui.Bad, Title: title, Items: e.Items}
}
