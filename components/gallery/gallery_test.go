package gallery_test

import (
	"io"
	"regexp"
	"testing"

	"laurel/components/gallery"
	"laurel/components/layout"
)

func TestNames(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]+(-[a-z]+)*(/[a-z]+(-[a-z]+)*)?$`)
	seen := map[string]bool{}
	for _, s := range gallery.All() {
		name := s.Group + "/" + s.Name
		if !form.MatchString(s.Name) || !form.MatchString(s.Group) || seen[name] {
			t.Errorf("%q is not a good or not a new name", name)
		}
		seen[name] = true
	}
}

func TestShow(t *testing.T) {
	if err := gallery.Index(gallery.IndexProps{Base: "/_gallery"}).Render(t.Context(), io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, s := range gallery.All() {
		if err := gallery.Show(s, layout.Dark).Render(t.Context(), io.Discard); err != nil {
			t.Errorf("%s/%s: %v", s.Group, s.Name, err)
		}
	}
}
