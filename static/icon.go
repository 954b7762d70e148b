package static

import (
	"embed"
	"slices"
	"strings"
)

//go:embed icons/*.svg
var icons embed.FS

// Icon is the drawing of a Lucide icon by its name there ("trophy"): a whole
// svg element of 24 by 24 units that takes its colour from the text around it
// and is hidden from assistive technology. ok is false for icons that are not
// vendored. The markup is ours and safe to write into a page as it is.
func Icon(name string) (svg string, ok bool) {
	b, err := icons.ReadFile("icons/" + name + ".svg")
	return string(b), err == nil
}

// Icons lists the names that Icon knows, in order.
func Icons() []string {
	entries, _ := icons.ReadDir("icons") // an embedded folder can be read
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".svg"))
	}
	slices.Sort(names)
	return names
}
