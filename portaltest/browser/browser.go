// Package browser drives a real Chromium for tests.
//
// It brings what it needs by itself: the Playwright driver and axe-core come
// from npm into the user's cache folder, Chromium from the distribution's
// packages where the test runs as root. Each step it takes is written to
// standard error.
//
// One browser process serves a whole test binary; each test gets a context
// (cookies, cache, storage) of its own. A test fails by itself when a page
// throws an uncaught error or breaks its Content-Security-Policy:
//
//	b := browser.New(t, browser.Options{Dark: true, Width: browser.Phone})
//	p := b.Open(portal.URL + "/login")
//	p.Label("E-mail").Fill("ada@example.org")
//	p.Role("button", "Sign in").Click()
//	p.Role("heading", "Leaderboards").WantVisible()
package browser

import (
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"
)

// Widths, in CSS pixels, at which every page is looked at.
const (
	Phone   = 390
	Desktop = 1280
)

// patience is how long an action or an expectation waits before it fails.
const patience = 15 * time.Second

// Options shape one browser context. The zero value is a light desktop page,
// 1280 × 800 pixels, in British English and UTC, with scripts on.
type Options struct {
	Dark          bool   // the system asks for a dark colour scheme
	ReducedMotion bool   // the system asks for reduced motion
	Width, Height int    // CSS pixels; 0 means 1280 and 800, a phone is 390 × 844
	Locale        string // BCP 47, such as "ar"; empty means "en-GB"
	TimeZone      string // IANA name; empty means "UTC"
	NoScript      bool   // scripts are off
	// ThirdPartyCookies gives frames of another site their cookies; by default
	// they are blocked. The test then runs in a browser process of its own.
	ThirdPartyCookies bool
}

// Browser is one test's own browser context. It is closed when the test ends.
// Its methods may be used from the test's goroutine only.
type Browser struct {
	t       testing.TB
	options Options
	context playwright.BrowserContext
	watch   *watch
	pages   []*Page
}

// New gives a test its own browser context in the shared process, which it
// starts when it is the first. Without a browser the test is skipped, unless
// the variable CI is set: then it fails.
func New(t testing.TB, options Options) *Browser {
	t.Helper()
	options = options.withDefaults()
	context, err := engine(t).newContext(t, options)
	if err != nil {
		t.Fatalf("new browser context: %v", err)
	}
	context.SetDefaultTimeout(float64(patience.Milliseconds()))
	b := &Browser{t: t, options: options, context: context, watch: &watch{}}
	if err := b.watch.attach(context); err != nil {
		t.Fatalf("watch for page errors: %v", err)
	}
	t.Cleanup(b.close)
	return b
}

// Context is Playwright's own context, for what this package does not offer.
func (b *Browser) Context() playwright.BrowserContext { return b.context }

// NewPage opens an empty page.
func (b *Browser) NewPage() *Page {
	b.t.Helper()
	raw, err := b.context.NewPage()
	if err != nil {
		b.t.Fatalf("new page: %v", err)
	}
	p := &Page{Scope: Scope{t: b.t, in: inPage{raw}}, Raw: raw, b: b}
	b.pages = append(b.pages, p)
	if !b.options.ThirdPartyCookies {
		p.blockThirdPartyCookies()
	}
	return p
}

// Open opens a new page at an absolute address and waits until it has loaded.
func (b *Browser) Open(url string) *Page {
	b.t.Helper()
	p := b.NewPage()
	p.Open(url)
	return p
}

// ExpectProblem says that a page error or policy violation whose text holds
// part belongs to this test: it does not fail it, but its absence does.
func (b *Browser) ExpectProblem(part string) { b.watch.expect(part) }

// Problems are the uncaught page errors and policy violations so far that were
// not expected, in the order in which they happened.
func (b *Browser) Problems() []string {
	b.settle()
	return b.watch.unexpected()
}

// ConsoleErrors are the error messages on all consoles so far, such as failed
// requests; they do not fail a test.
func (b *Browser) ConsoleErrors() []string { return b.watch.consoleErrors() }

// Offline cuts the context off from the network, or lets it back.
func (b *Browser) Offline(offline bool) {
	b.t.Helper()
	if err := b.context.SetOffline(offline); err != nil {
		b.t.Fatalf("set offline %t: %v", offline, err)
	}
}

func (b *Browser) settle() {
	for _, p := range b.pages {
		if !b.options.NoScript && !p.Raw.IsClosed() {
			p.settle()
		}
	}
}

func (b *Browser) close() {
	b.settle()
	if b.t.Failed() {
		b.keepFailure()
	}
	if err := b.context.Close(); err != nil {
		b.t.Errorf("close browser context: %v", err)
	}
	for _, problem := range b.watch.unexpected() {
		b.t.Errorf("page problem: %s", problem)
	}
	for _, part := range b.watch.missing() {
		b.t.Errorf("no page problem holds %q, want one", part)
	}
}

func (o Options) withDefaults() Options {
	if o.Width == 0 {
		o.Width = Desktop
	}
	if o.Height == 0 {
		o.Height = 800
		if o.Width == Phone {
			o.Height = 844
		}
	}
	if o.Locale == "" {
		o.Locale = "en-GB"
	}
	if o.TimeZone == "" {
		o.TimeZone = "UTC"
	}
	return o
}
