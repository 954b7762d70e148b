// Package reference holds the browsable reference of the API.
package reference

import (
	"strings"

	"laurel/components/layout"
	"laurel/components/ui"
)

// Props is the reference.
type Props struct {
	layout.PublicProps
	Name    string // of the API
	Version string
	Text    string
	Base    string // public address of the API
	Search  string
	Groups  []Group
}

// Group is what belongs to one noun.
type Group struct {
	Name string
	Ops  []Op
}

// Op is one operation.
type Op struct {
	ID         string // anchor: "list-leaderboards"
	Method     string
	Path       string
	Summary    string
	Text       string
	Permission string // empty when none is needed
	Open       bool   // no credential is needed
	Params     []Field
	Body       []Field
	Reply      []Field
}

// Field is a parameter or a member of a body; Depth is how deep it is nested.
type Field struct {
	Name     string
	Type     string
	In       string // "path", "query", "header"; empty in bodies
	Required bool
	Text     string
	Depth    int
}

func (o Op) tone() ui.Tone {
	switch o.Method {
	case "GET":
		return ui.Accent
	case "POST":
		return ui.Good
	case "DELETE":
		return ui.Bad
	}
	return ui.Warn
}

func (o Op) who() string {
	switch {
	case o.Open:
		return "No credential needed"
	case o.Permission != "":
		return "Permission " + o.Permission
	}
	return "Any valid credential of the kind"
}

func (p Props) curl(o Op) string {
	text := "curl " + p.Base + o.Path
	if o.Method != "GET" {
		text = "curl -X " + o.Method + " " + p.Base + o.Path
	}
	if !o.Open {
		text += " \\\n  -H 'Authorization: Bearer YOUR_KEY'"
	}
	if len(o.Body) > 0 {
		text += " \\\n  -H 'Content-Type: application/json' -d '{…}'"
	}
	return text
}

func indent(f Field) string { return strings.Repeat("  ", f.Depth) }

func anchor(name string) string {
	return "group-" + strings.ReplaceAll(strings.ToLower(name), " ", "-")
}
