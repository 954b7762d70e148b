// Package ui holds the primitives that every page of the portal and the member
// area is made of: buttons, badges, tables, dialogs, figures. Each component
// takes one props struct whose zero value renders something sensible, gets
// finished values only, and never reads a clock, a request or a store.
//
// Nothing here writes an inline style or an inline handler: the pages run under
// a content security policy without 'unsafe-inline'. Lengths that are data are
// drawn with <progress>, <meter> or SVG attributes; hues are classes.
package ui

// Tone says what a colour means; the zero value is neutral.
type Tone string

// The tones, from neutral to destructive.
const (
	Neutral Tone = ""
	Accent  Tone = "accent"
	Good    Tone = "good"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
)

// Class names the CSS class of the tone, empty for Neutral.
func (t Tone) Class() string {
	if t == Neutral {
		return ""
	}
	return "is-" + string(t)
}

// Link is a place to go: what it says and where it leads.
type Link struct {
	Label string
	Href  string
	Icon  string // Lucide name, optional
}

// Pair is one hidden form value or one line of a definition list.
type Pair struct {
	Name  string
	Value string
}
