package e2e_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"laurel/api"
	"laurel/e2e/demo"
	"laurel/handlers"
	"laurel/handlers/web"
	"laurel/portaltest/browser"
)

// testEveryPage looks at every page of the route table: nothing on it breaks,
// it fits a phone, and axe finds nothing in light and dark. Pages whose address
// holds an id are found by following links, as people do; so a new page needs
// no entry here, and one that nothing leads to is found out.
func testEveryPage(t *testing.T, s site) {
	if err := s.api.Anonymous().Auth().ForgotPassword(t.Context(), api.ForgotPassword{CommunityID: s.CommunityID, Email: s.Member.Email}); err != nil { // so that there is a mail to look at
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		who  demo.Account
		may  web.Who
	}{{"nobody", demo.Account{}, web.Anyone}, {"owner", s.Owner, web.Team}, {"member", s.Member, web.Person}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := walk{t: t, s: s, seen: map[string]string{}}
			if test.may == web.Anyone {
				w.page = browser.New(t, browser.Options{}).NewPage()
			} else {
				w.page = s.as(t, test.who, "", browser.Options{})
			}
			w.visitAll(test.may)
		})
	}
}

// walk is one person's way through the pages.
type walk struct {
	t     *testing.T
	s     site
	page  *browser.Page
	seen  map[string]string // address visited, by pattern of the route
	queue []string          // paths that links lead to
}

// visitAll follows links from the addresses without parameters until every page
// for this audience has been seen once.
func (w *walk) visitAll(audience web.Who) {
	w.t.Helper()
	routes := pages(audience)
	for _, r := range routes {
		if !strings.Contains(r.Path, ":") {
			w.queue = append(w.queue, r.Path)
		} else if audience == web.Anyone {
			w.queue = append(w.queue, strings.NewReplacer(":uri", w.s.CommunitySlug, ":slug", w.s.LeaderboardSlug, ":token", "unknown").Replace(r.Path))
		}
	}
	for len(w.queue) > 0 {
		path := w.queue[0]
		w.queue = w.queue[1:]
		if r, ok := match(routes, path); ok && w.seen[r.Path] == "" && w.visit(r.Path, path) {
			w.seen[r.Path] = path
		}
	}
	for _, r := range routes {
		if w.seen[r.Path] == "" {
			w.t.Errorf("no link leads to a page of %s", r.Path)
		}
	}
}

// pages are the routes that answer with a page to be looked at.
func pages(audience web.Who) []handlers.Route {
	var out []handlers.Route
	for _, r := range handlers.Routes() {
		if r.Method == http.MethodGet && r.Who == audience && !notAPage.MatchString(r.Path) {
			out = append(out, r)
		}
	}
	return out
}

// notAPage are downloads, streams, fragments, and ways to somewhere else.
var notAPage = regexp.MustCompile(`\.(csv|json)$|/live$|/stream$|/search$|/test$|/proofs/|/preview$|^/$|^/docs/$`)

// match finds the route of a path; literal segments go before parameters.
func match(routes []handlers.Route, path string) (best handlers.Route, ok bool) {
	for _, r := range routes {
		if fits(r.Path, path) && (!ok || strings.Count(r.Path, ":") < strings.Count(best.Path, ":")) {
			best, ok = r, true
		}
	}
	return best, ok
}

func fits(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && !(strings.HasPrefix(want[i], ":") && got[i] != "") {
			return false
		}
	}
	return true
}

// visit opens one page, judges it in four shapes and notes its links. It is
// false for a page that a test beside this one has closed to the visitor: then
// another link must lead to such a page.
func (w *walk) visit(pattern, path string) bool {
	w.t.Helper()
	p := w.page
	status := p.Open(w.s.URL + path)
	if status == http.StatusForbidden && strings.Contains(pattern, ":") {
		return false
	}
	if status >= 500 || (status >= 400 && !strings.Contains(pattern, ":token")) {
		w.t.Errorf("%s answers with %d", path, status)
		return true
	}
	w.follow(p)
	if w.s.remote { // the documents are the same: they were judged in one process
		return true
	}
	name := "page" + strings.NewReplacer("/", "-", ":", "").Replace(pattern)
	for _, dark := range []bool{false, true} {
		scheme := playwright.ColorSchemeLight
		if dark {
			scheme = playwright.ColorSchemeDark
		}
		if err := p.Raw.EmulateMedia(playwright.PageEmulateMediaOptions{ColorScheme: scheme, ReducedMotion: playwright.ReducedMotionReduce}); err != nil {
			w.t.Fatal(err)
		}
		found := p.AxeContrast
		if !dark {
			found = p.Axe
		}
		for _, v := range found() {
			w.t.Errorf("%s, dark %t: %s", path, dark, v)
		}
		for _, width := range []int{browser.Desktop, browser.Phone} {
			w.fit(p, width, name, dark)
		}
		if err := p.Raw.SetViewportSize(browser.Desktop, 800); err != nil {
			w.t.Fatal(err)
		}
	}
	return true
}

// fit looks at the page at a width; pictures are taken where LAUREL_SCREENS
// says where to.
func (w *walk) fit(p *browser.Page, width int, name string, dark bool) {
	w.t.Helper()
	if err := p.Raw.SetViewportSize(width, 800); err != nil {
		w.t.Fatal(err)
	}
	if !dark {
		wantNoOverflow(w.t, p, name)
	}
	if os.Getenv("LAUREL_SCREENS") != "" {
		p.ScreenshotAs(name, width, dark)
	}
}

// follow queues the page's links that stay on our origin.
func (w *walk) follow(p *browser.Page) {
	w.t.Helper()
	links, err := p.Raw.Locator("a[href]").EvaluateAll(`(all) => all.map((a) => a.href)`)
	if err != nil {
		w.t.Fatal(err)
	}
	list, _ := links.([]any)
	for _, l := range list {
		text, _ := l.(string)
		if u, err := url.Parse(text); err == nil && strings.HasPrefix(text, w.s.URL+"/") {
			w.queue = append(w.queue, u.Path)
		}
	}
}
