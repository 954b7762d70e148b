package label

import (
	"laurel/api"
	"laurel/components/ui"
)

// FieldTypes names the types of user fields, in the order in which forms show
// them; the older names of two of them are left out.
func FieldTypes() []ui.Pair {
	return []ui.Pair{
		{Name: "single-line-text", Value: "Text, one line"}, {Name: "multi-line-text", Value: "Text, several lines"}, {Name: "number", Value: "Number"},
		{Name: "date", Value: "Date"}, {Name: "boolean", Value: "Yes or no"}, {Name: "select", Value: "Choice"}, {Name: "text", Value: "Text, any (older)"}, {Name: "numerical", Value: "Number (older)"},
	}
}

// FieldType is a type of user fields in words.
func FieldType(kind string) string {
	for _, p := range FieldTypes() {
		if p.Name == kind {
			return p.Value
		}
	}
	return kind
}

// FieldValue is a stored value in the words of a page.
func FieldValue(kind, value string) string {
	switch {
	case kind == "boolean" && value == "true":
		return "Yes"
	case kind == "boolean" && value == "false":
		return "No"
	}
	return value
}

// HistorySource is whence a value was changed.
func HistorySource(source string) string {
	known := map[string]string{"portal": "In the portal", "api": "By the API", "member": "By the member", "system": "By the platform", "demo": "Demo", "csv": "From a file", "webhook": "By a webhook"}
	if words, ok := known[source]; ok {
		return words
	}
	return source
}

// HistoryBy is who changed a value: a person, a key, or the platform.
func HistoryBy(h api.FieldHistory) string {
	switch {
	case h.Creator != nil:
		return h.Creator.DisplayName
	case h.Actor.Name != "":
		return h.Actor.Name
	case h.Actor.Type == "key":
		return "A key"
	case h.Actor.Type == "user":
		return "Somebody who is gone"
	}
	return "Laurel"
}

// Covered stands for a private value, which lists do not show.
func Covered(value string) string {
	if value == "" {
		return ""
	}
	return "•••"
}
