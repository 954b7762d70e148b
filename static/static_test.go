package static_test

import (
	"crypto/sha256"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"laurel/static"
)

// names lists what pages ask for by name.
var names = []string{
	"portal.css", "member.css", "widget.css", "portal.js", "member.js", "chat.js", "frame.js",
	"embed.js", "widget-loader.js", "inter-latin.woff2", "inter-latin-ext.woff2", "icon.svg",
}

func TestEveryFileIsBuilt(t *testing.T) {
	for _, name := range names {
		if len(static.Bytes(name)) == 0 {
			t.Errorf("%s: got nothing", name)
		}
		if got := static.URL(name); !strings.HasPrefix(got, static.Prefix) || got == static.Prefix+name {
			t.Errorf("%s: got address %s, want one with a hash", name, got)
		}
	}
}

func TestHashFitsContent(t *testing.T) {
	for _, name := range names {
		sum := sha256.Sum256(static.Bytes(name))
		want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
		if got := static.Hash(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestUnknownFile(t *testing.T) {
	if got := static.Bytes("none.js"); got != nil {
		t.Errorf("bytes: got %d of them, want none", len(got))
	}
	if got := static.Hash("none.js"); got != "" {
		t.Errorf("hash: got %s, want none", got)
	}
	if got, want := static.URL("none.js"), "/static/none.js"; got != want {
		t.Errorf("address: got %s, want %s", got, want)
	}
}

// The budgets are bytes at gzip -9; see "Budgets" in the widgets' documentation.
func TestBudgets(t *testing.T) {
	budgets := map[string]int{
		"embed.js": 2400, "widget-loader.js": 3000, "frame.js": 4000, "widget.css": 6000,
		"member.js": 4000, "portal.js": 8000, "chat.js": 6000,
	}
	for name, budget := range budgets {
		if _, got, _ := static.Size(name); got == 0 || got > budget {
			t.Errorf("%s: got %d bytes, want 1 to %d", name, got, budget)
		}
	}
}

// banned is what our scripts never do: they have no right to make code or markup
// out of text, nor to speak to whoever happens to listen.
var banned = map[string]*regexp.Regexp{
	"a message to any origin":   regexp.MustCompile(`postMessage\([^;]*["'\x60]\*["'\x60]`),
	"a target of any origin":    regexp.MustCompile(`targetOrigin\s*:\s*["'\x60]\*`),
	"innerHTML":                 regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write`),
	"eval":                      regexp.MustCompile(`\beval\(|new Function|setTimeout\(["'\x60]`),
	"storage or cookies":        regexp.MustCompile(`localStorage|sessionStorage|indexedDB|document\.cookie`),
	"an inline style":           regexp.MustCompile(`setAttribute\(["'\x60]style`),
	"a string of an unsafe URL": regexp.MustCompile(`javascript:`),
}

func TestScriptsKeepTheRules(t *testing.T) {
	for _, name := range names {
		if !strings.HasSuffix(name, ".js") {
			continue
		}
		for what, pattern := range banned {
			if found := pattern.Find(static.Bytes(name)); found != nil {
				t.Errorf("%s holds %s: %s", name, what, found)
			}
		}
	}
}

func TestIcons(t *testing.T) {
	all := static.Icons()
	if len(all) < 40 {
		t.Fatalf("got %d icons, want 40 or more", len(all))
	}
	for _, name := range all {
		svg, ok := static.Icon(name)
		if !ok || !strings.HasPrefix(svg, "<svg ") || !strings.Contains(svg, `aria-hidden="true"`) {
			t.Errorf("%s: got %.60q", name, svg)
		}
		if strings.Contains(svg, "<script") || strings.Contains(svg, "style=") {
			t.Errorf("%s holds more than a drawing", name)
		}
	}
	if _, ok := static.Icon("../static"); ok {
		t.Error("a path was taken for an icon")
	}
}

func TestLicencesAreKept(t *testing.T) {
	for path, want := range map[string]string{
		"icons/LICENSE":     "ISC License",
		"src/fonts/LICENSE": "SIL Open Font License, Version 1.1",
	} {
		got, err := os.ReadFile(filepath.FromSlash(path))
		if err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%s: want %q in it (%v)", path, want, err)
		}
	}
}
