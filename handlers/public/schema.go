package public

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	page "laurel/components/page/reference"
)

// deepest is how far the reference follows nested objects.
const deepest = 3

// schema is a JSON schema, as far as the page tells of it.
type schema struct {
	Ref         string            `json:"$ref"`
	Type        kinds             `json:"type"`
	Format      string            `json:"format"`
	Description string            `json:"description"`
	Enum        []any             `json:"enum"`
	Required    []string          `json:"required"`
	Properties  map[string]schema `json:"properties"`
	Items       *schema           `json:"items"`
	OneOf       []schema          `json:"oneOf"`
}

// kinds is a schema's type: one word, or several in a list.
type kinds []string

// UnmarshalJSON reads both forms.
func (k *kinds) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*k = kinds{one}
		return nil
	}
	return json.Unmarshal(raw, (*[]string)(k))
}

// name is a schema's type in words: "string, one of a b", "list of User".
func (s schema) name() string {
	switch {
	case s.Ref != "":
		return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	case s.Items != nil:
		return "list of " + s.Items.name()
	case len(s.OneOf) > 0:
		return s.OneOf[0].name() + " or " + s.OneOf[len(s.OneOf)-1].name()
	case len(s.Enum) > 0:
		words := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			words[i] = fmt.Sprint(v)
		}
		return strings.Join(words, " | ")
	}
	text := strings.Join(s.Type, " or ")
	if s.Format != "" {
		text += " (" + s.Format + ")"
	}
	return text
}

// resolve follows references, lists and alternatives to the object behind them.
func (d document) resolve(s schema) schema {
	for range 8 {
		switch {
		case s.Ref != "":
			s = d.Components.Schemas[s.name()]
		case s.Items != nil:
			s = *s.Items
		case len(s.OneOf) > 0:
			s = s.OneOf[0]
		default:
			return s
		}
	}
	return s
}

// fields are the members of an object, each followed by its own.
func (d document) fields(s schema, depth int) []page.Field {
	object := d.resolve(s)
	var out []page.Field
	for _, name := range slices.Sorted(maps.Keys(object.Properties)) {
		member := object.Properties[name]
		if name == "$schema" {
			continue
		}
		out = append(out, page.Field{
			Name: name, Type: member.name(), Text: member.Description, Required: slices.Contains(object.Required, name), Depth: depth,
		})
		if depth < deepest-1 {
			out = append(out, d.fields(member, depth+1)...)
		}
	}
	return out
}
