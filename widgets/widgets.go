// Package widgets knows the widgets that partners embed: the registry of kinds,
// the headers of framed pages, the snippets that partners paste and run, and
// the oEmbed answer. The scripts that act on both sides of the frame are in
// static/src/js; frame.js there holds the contract between page and script.
package widgets

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"
)

// Refresh says how a shown widget gets newer figures.
type Refresh string

// The refresh policies; the zero value means that the page is never renewed.
const (
	RefreshNone Refresh = ""
	RefreshLive Refresh = "live" // server-sent events
	RefreshPoll Refresh = "poll" // fetched again when the tab is shown
)

// Kind is one sort of widget. Each is a file of its own in kinds, which the
// asset build reads too, so that the loader defines an element for every tag.
type Kind struct {
	Name          string   `json:"name"`          // "leaderboard", as in /embed/{name}/{id}
	Title         string   `json:"title"`         // for people, in English
	Tag           string   `json:"tag"`           // custom element, such as laurel-leaderboard
	RaiTag        string   `json:"raiTag"`        // the tag that Returning.AI's clients use; may be empty
	Path          string   `json:"path"`          // page path before the widget's id; ends in a slash
	Aliases       []string `json:"aliases"`       // other page paths, with {id} or {communityId}/{slug}
	Public        bool     `json:"public"`        // can be shown to everybody
	Authenticated bool     `json:"authenticated"` // can be shown to a known member
	Ready         bool     `json:"ready"`         // offered to partners
	DefaultWidth  string   `json:"defaultWidth"`  // CSS length
	DefaultHeight int      `json:"defaultHeight"` // CSS pixels that the loader reserves
	Refresh       Refresh  `json:"refresh"`
}

// PagePath is the address, without host, of the page of one widget.
func (k Kind) PagePath(id string) string { return k.Path + id }

//go:embed kinds/*.json
var kindFiles embed.FS

var registry = sync.OnceValue(readKinds)

// Kinds lists the registered kinds by name. The caller owns the slice.
func Kinds() []Kind { return append([]Kind(nil), registry()...) }

// ByName finds a kind by its name; ok is false for unknown names.
func ByName(name string) (k Kind, ok bool) {
	return find(func(k Kind) bool { return k.Name == name })
}

// ByTag finds a kind by its element's tag, ours or Returning.AI's, in any case.
func ByTag(tag string) (k Kind, ok bool) {
	tag = strings.ToLower(tag)
	return find(func(k Kind) bool { return tag != "" && (tag == k.Tag || tag == k.RaiTag) })
}

func find(is func(Kind) bool) (Kind, bool) {
	for _, k := range registry() {
		if is(k) {
			return k, true
		}
	}
	return Kind{}, false
}

// readKinds reads the embedded registry. The files are part of the program, so
// a bad one is a bug that the tests find, and stops the program.
func readKinds() []Kind {
	entries, err := kindFiles.ReadDir("kinds")
	if err != nil {
		panic(fmt.Sprintf("widgets: reading the registry: %v", err))
	}
	kinds := make([]Kind, 0, len(entries))
	for _, e := range entries {
		k, err := readKind(path.Join("kinds", e.Name()))
		if err != nil {
			panic(fmt.Sprintf("widgets: %s: %v", e.Name(), err))
		}
		kinds = append(kinds, k)
	}
	return kinds
}

func readKind(name string) (Kind, error) {
	data, err := kindFiles.ReadFile(name)
	if err != nil {
		return Kind{}, err
	}
	var k Kind
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err = d.Decode(&k)
	return k, err
}
