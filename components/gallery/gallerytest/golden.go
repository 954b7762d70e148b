// Package gallerytest holds components to their golden files.
package gallerytest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"laurel/components/gallery"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Golden renders every state of a group and compares it with
// testdata/NAME.golden.html; -update rewrites the files. It also holds
// what is true of all components: no inline handlers, styles or scripts without a nonce, no id
// twice, and no hostile text that became markup.
func Golden(t *testing.T, group string) {
	t.Helper()
	states := gallery.Group(group)
	if len(states) == 0 {
		t.Fatalf("no states in group %q", group)
	}
	for _, s := range states {
		t.Run(s.Name, func(t *testing.T) {
			got := render(t, s)
			check(t, got)
			compare(t, filepath.Join("testdata", filepath.FromSlash(s.Name)+".golden.html"), got)
		})
	}
}

func render(t *testing.T, s gallery.State) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Component.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	out := regexp.MustCompile(`(/static/[a-z-]+)\.[0-9a-zA-Z]+\.(css|js|svg)`).ReplaceAllString(b.String(), "$1.$2")
	return strings.ReplaceAll(out, "><", ">\n<") + "\n"
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); -update rewrites it:\n%s", path, diff)
	}
}

func check(t *testing.T, html string) {
	t.Helper()
	for name, re := range map[string]string{
		"inline handler":       `<[^>"]*(?:"[^"]*"[^>"]*)*\son[a-z]+=`,
		"inline style":         `<[^>"]*(?:"[^"]*"[^>"]*)*\sstyle=`,
		"script without nonce": `<script>|<script (?:[^>]*[^>ce])?>alert`,
		"hostile markup":       `<script>alert|<img src=x|href="javascript:`,
	} {
		if m := regexp.MustCompile(re).FindString(html); m != "" {
			t.Errorf("%s: %s", name, m)
		}
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`<[^>"]*(?:"[^"]*"[^>"]*)*?\sid="([^"]*)"`).FindAllStringSubmatch(html, -1) {
		if seen[m[1]] {
			t.Errorf("id %q is used twice", m[1])
		}
		seen[m[1]] = true
	}
}
