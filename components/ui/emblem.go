package ui

import "strings"

// EmblemSize is one of three fixed sizes; the zero value is the 20 px beside names.
type EmblemSize string

// The sizes, in CSS pixels: 20, 56 and 104.
const (
	EmblemTiny  EmblemSize = ""
	EmblemLarge EmblemSize = "lg"
	EmblemHuge  EmblemSize = "xl"
)

// EmblemProps is a badge that members earn, as a picture.
type EmblemProps struct {
	Title string
	Image string // a path of ours; others are not shown, and a medal stands in
	Dark  string // for dark surroundings, when it differs
	Size  EmblemSize
	Dim   bool // not earned yet
}

func (p EmblemProps) class() string {
	class := "emblem"
	if p.Size != EmblemTiny {
		class += " emblem-" + string(p.Size)
	}
	if p.Dim {
		class += " emblem-dim"
	}
	return class
}

// isOurs reports whether the policy of the pages lets a picture load.
func isOurs(address string) bool {
	return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
}

func titles(list []EmblemProps) string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = e.Title
	}
	return strings.Join(out, ", ")
}
