package form

import (
	"strconv"

	"github.com/a-h/templ"
)

func (p Input) kind() string {
	if p.Type == "" {
		return "text"
	}
	return p.Type
}

func (p Input) extra() templ.Attributes {
	a := templ.Attributes(p.attrs())
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("placeholder", p.Sample)
	set("autocomplete", p.Autocomplete)
	set("pattern", p.Pattern)
	set("min", p.Min)
	set("max", p.Max)
	set("step", p.Step)
	set("accept", p.Accept)
	set("data-shows", p.Shows)
	if p.Multiple {
		a["multiple"] = true
	}
	if p.MaxLength > 0 {
		a["maxlength"] = strconv.Itoa(p.MaxLength)
	}
	if len(p.List) > 0 {
		a["list"] = p.id() + "-list"
	}
	if p.kind() == "number" {
		a["inputmode"] = "numeric"
	}
	a["autofocus"] = p.Autofocus
	a["readonly"] = p.ReadOnly
	return a
}

func (p TextArea) extra() templ.Attributes {
	a := templ.Attributes(p.attrs())
	rows := p.Rows
	if rows == 0 {
		rows = 3
	}
	a["rows"] = strconv.Itoa(rows)
	if p.MaxLength > 0 {
		a["maxlength"] = strconv.Itoa(p.MaxLength)
	}
	if p.Sample != "" {
		a["placeholder"] = p.Sample
	}
	if p.Code {
		a["spellcheck"] = "false"
	}
	return a
}

func (p Select) extra() templ.Attributes { return p.attrs() }

// Groups cuts the options where the group's name changes.
func (p Select) Groups() [][]Option {
	var list [][]Option
	for i, o := range p.Options {
		if i == 0 || o.Group != p.Options[i-1].Group {
			list = append(list, nil)
		}
		list[len(list)-1] = append(list[len(list)-1], o)
	}
	return list
}

func (p Check) extra(kind string) templ.Attributes {
	a := templ.Attributes(p.attrs())
	value := p.Value
	if value == "" {
		value = "on"
	}
	a["value"] = value
	a["checked"] = p.On
	if kind == "switch" {
		a["role"] = "switch"
	}
	return a
}

func (p Group) kind() string {
	if p.Radio {
		return "radio"
	}
	return "checkbox"
}

func (p Group) mark() string {
	if p.Radio {
		return "radio"
	}
	return "check"
}
