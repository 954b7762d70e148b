// Package embed holds the portal's pages about widgets: the list, the
// configurator with preview and snippets, and the content of the test page that
// is served from another origin.
package embed

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// ListProps is the page of widgets.
type ListProps struct {
	layout.PortalProps
	Rows    []Row
	Kinds   []Kind // what can be made
	CanEdit bool
}

// Kind is one kind of widget on offer.
type Kind struct {
	Name  string // "leaderboard"
	Label string
	Text  string
	Icon  string
}

// Row is one widget.
type Row struct {
	ID      string
	Name    string
	Kind    string // "Leaderboard"
	Target  string // the board's name
	Public  bool
	Enabled bool
	Origins []string
	Opened  ui.Moment // last time a frame opened
	Preview string    // address of its frame, for the small picture
}

// ConfigProps is the configurator of one widget, new or known.
type ConfigProps struct {
	layout.PortalProps
	ID      string // empty for a new widget
	Kind    string
	Name    string        // name
	Targets []form.Option // targetId: boards
	Themes  []form.Option // theme: auto, light, dark
	Sizes   []form.Option // size: compact, full
	Locales []form.Option // locale: auto or a language
	Width   string        // width, as typed: 100% or px
	Height  string        // height; empty grows with content
	Origins string        // allowedOrigins, one a line
	Public  bool          // isPublic
	Enabled bool          // isEnabled
	Errors  map[string]string
	Fault   string
	Preview string // address of the frame; empty until saved
	Test    string // address of the foreign page; empty until saved
	Element string // snippet: custom element
	Frame   string // snippet: plain iframe
	Tokens  []Snippet
	OEmbed  string // address to paste, for public widgets
	CanEdit bool
}

// Snippet is the token code in one language.
type Snippet struct {
	Lang string // "Go", "Node", "Python", "PHP", "Ruby", "C#", "Java"
	Text string
}

// HostProps is what the foreign page shows around a widget.
type HostProps struct {
	layout.HostProps
	Tag    string        // "laurel-leaderboard"
	Attrs  []layout.Attr // of the element, in order
	Frame  string        // address of a plain iframe, when Scripts is off
	Label  string        // title of the iframe
	Events bool          // a list that shows laurel:* events
	Notes  []ui.AlertProps
}

func (p ConfigProps) action() string {
	if p.ID == "" {
		return link.Widgets
	}
	return link.Widget(p.ID)
}

func (p ConfigProps) title() string {
	if p.ID == "" {
		return "New widget"
	}
	return p.Name
}

func (p ConfigProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p ConfigProps) must(name, label, hint string) form.Field {
	f := p.field(name, label, hint)
	f.Required = true
	return f
}

func (r Row) state() ui.BadgeProps {
	if !r.Enabled {
		return ui.BadgeProps{Text: "Off"}
	}
	if r.Public {
		return ui.BadgeProps{Text: "Public", Tone: ui.Good, Dot: true}
	}
	return ui.BadgeProps{Text: "Members", Tone: ui.Accent, Dot: true}
}

func (p HostProps) attrs() templAttrs { return ordered(p.Attrs) }

// previewNote says what the preview shows: a public widget moves by itself, one
// for members needs somebody's token for that.
func (p ConfigProps) previewNote() string {
	if p.Public {
		return "live"
	}
	return "as it stands now"
}
