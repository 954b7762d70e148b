package browser

import (
	"regexp"
	"time"

	"github.com/playwright-community/playwright-go"
)

// Page is one tab. Anything that cannot be done ends the test.
type Page struct {
	Scope
	Raw playwright.Page // Playwright's own page, for what this package does not offer
	b   *Browser

	devTools playwright.CDPSession // nil until the first command
}

// settle waits until every document has run the tasks it has queued, so that
// what went wrong in them has been told.
func (p *Page) settle() {
	for _, frame := range p.Raw.Frames() {
		// A frame that goes away meanwhile has nothing more to tell.
		_, _ = frame.Evaluate("() => new Promise(done => setTimeout(done))")
	}
}

// Open goes to an absolute address, waits until the page has loaded, and
// returns the HTTP status of the document.
func (p *Page) Open(url string) int {
	p.t.Helper()
	response, err := p.Raw.Goto(url)
	if err != nil {
		p.t.Fatalf("open %s: %v", url, err)
	}
	if response == nil { // only the part after # changed
		return 200
	}
	return response.Status()
}

// Reload loads the page again and returns the HTTP status of the document.
func (p *Page) Reload() int {
	p.t.Helper()
	response, err := p.Raw.Reload()
	if err != nil {
		p.t.Fatalf("reload %s: %v", p.Raw.URL(), err)
	}
	return response.Status()
}

// URL is the page's present address.
func (p *Page) URL() string { return p.Raw.URL() }

// Title is the document's title.
func (p *Page) Title() string {
	p.t.Helper()
	title, err := p.Raw.Title()
	if err != nil {
		p.t.Fatalf("title of %s: %v", p.Raw.URL(), err)
	}
	return title
}

// WantURL waits until the address fits a glob such as "**/leaderboards/*".
func (p *Page) WantURL(glob string) {
	p.t.Helper()
	if err := p.Raw.WaitForURL(glob); err != nil {
		p.t.Fatalf("got address %s, want %s: %v", p.Raw.URL(), glob, err)
	}
}

// WantURLPart waits until the address holds a part, such as "search=ada".
func (p *Page) WantURLPart(part string) {
	p.t.Helper()
	if err := p.Raw.WaitForURL(regexp.MustCompile(regexp.QuoteMeta(part))); err != nil {
		p.t.Fatalf("got address %s, want %s in it: %v", p.Raw.URL(), part, err)
	}
}

// Press presses a key or a chord, such as "Tab" or "Control+k", where the
// focus is.
func (p *Page) Press(keys string) {
	p.t.Helper()
	if err := p.Raw.Keyboard().Press(keys); err != nil {
		p.t.Fatalf("press %s: %v", keys, err)
	}
}

// Type types text where the focus is, key by key.
func (p *Page) Type(text string) {
	p.t.Helper()
	if err := p.Raw.Keyboard().Type(text); err != nil {
		p.t.Fatalf("type %q: %v", text, err)
	}
}

// Eval runs a JavaScript expression, or a function with one argument, in the
// page and returns its value as playwright-go decodes it.
func (p *Page) Eval(script string, arg ...any) any {
	p.t.Helper()
	value, err := p.Raw.Evaluate(script, arg...)
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", script, err)
	}
	return value
}

// WantEval waits until a JavaScript expression is true.
func (p *Page) WantEval(script string) {
	p.t.Helper()
	if _, err := p.Raw.WaitForFunction(script, nil); err != nil {
		p.t.Fatalf("never true: %s: %v", script, err)
	}
}

// Close closes the page before the test's end.
func (p *Page) Close() {
	p.t.Helper()
	if err := p.Raw.Close(); err != nil {
		p.t.Fatalf("close page: %v", err)
	}
}

// SlowCPU makes scripts run rate times slower; 1 is full speed.
func (p *Page) SlowCPU(rate float64) {
	p.t.Helper()
	p.send("Emulation.setCPUThrottlingRate", map[string]any{"rate": rate})
}

// SlowNetwork adds latency to every request and limits the speed of the
// connection to bytes per second in each direction.
func (p *Page) SlowNetwork(latency time.Duration, bytesPerSecond int) {
	p.t.Helper()
	p.send("Network.emulateNetworkConditions", map[string]any{
		"offline": false, "latency": float64(latency.Milliseconds()),
		"downloadThroughput": bytesPerSecond, "uploadThroughput": bytesPerSecond,
	})
}

func (p *Page) blockThirdPartyCookies() {
	p.t.Helper()
	p.send("Network.setCookieControls", map[string]any{
		"enableThirdPartyCookieRestriction": true,
		"disableThirdPartyCookieMetadata":   true,
		"disableThirdPartyCookieHeuristics": true,
	})
}

// send gives Chromium a command of its DevTools protocol for this page, in one
// session, since what a command set ends with its session.
func (p *Page) send(method string, params map[string]any) {
	p.t.Helper()
	if p.devTools == nil {
		session, err := p.b.context.NewCDPSession(p.Raw)
		if err != nil {
			p.t.Fatalf("DevTools session: %v", err)
		}
		p.devTools = session
		p.send("Network.enable", map[string]any{})
	}
	if _, err := p.devTools.Send(method, params); err != nil {
		p.t.Fatalf("DevTools %s: %v", method, err)
	}
}
