package e2e_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"

	"laurel/api"
	"laurel/portaltest/browser"
)

// The budgets of what visitors of a partner's page download, in bytes.
const (
	loaderBudget = 2400
	pageBudget   = 40_000
	pageRequests = 4
)

func testBudgets(t *testing.T, s site) {
	t.Run("loader", func(t *testing.T) {
		body, header := fetch(t, s.URL+"/embed.js")
		if size := gzipped(t, body); size > loaderBudget {
			t.Errorf("embed.js is %d bytes by gzip -9, want %d at most", size, loaderBudget)
		}
		if header.Get("Set-Cookie") != "" {
			t.Error("embed.js sets a cookie")
		}
	})
	t.Run("public page", func(t *testing.T) {
		p := browser.New(t, browser.Options{}).NewPage()
		seen := watchTraffic(p)
		p.Open(s.URL + "/embed/leaderboard/" + s.PublicWidgetID)
		p.Find(".lb-table tbody tr").Nth(0).WantVisible()
		p.Eval(`document.fonts.ready.then(() => true)`)
		seen.judge(t, s)
	})
	t.Run("layout", func(t *testing.T) { testLayoutShift(t, s) })
}

func fetch(t *testing.T, url string) ([]byte, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d (%v)", url, res.StatusCode, err)
	}
	return body, res.Header
}

func gzipped(t *testing.T, body []byte) int {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(body)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

// traffic is what a page asks for. Playwright tells it on another goroutine.
type traffic struct {
	mu       sync.Mutex
	requests []playwright.Request
}

func watchTraffic(p *browser.Page) *traffic {
	seen := &traffic{}
	p.Raw.OnRequest(func(r playwright.Request) {
		seen.mu.Lock()
		defer seen.mu.Unlock()
		seen.requests = append(seen.requests, r)
	})
	return seen
}

// judge holds the requests so far against the budget. The live stream, which
// stays open, counts as a request without a size.
func (seen *traffic) judge(t *testing.T, s site) {
	t.Helper()
	seen.mu.Lock()
	requests := append([]playwright.Request(nil), seen.requests...)
	seen.mu.Unlock()
	total, list := 0, ""
	for _, r := range requests {
		list += "\n\t" + r.Method() + " " + r.URL()
		if !strings.HasPrefix(r.URL(), s.URL+"/") && !strings.HasPrefix(r.URL(), "data:") {
			t.Errorf("a request goes to somebody else: %s", r.URL())
		}
		if strings.Contains(r.URL(), "/live") {
			continue
		}
		total += transferred(t, r)
	}
	if total > pageBudget || len(requests) > pageRequests {
		t.Errorf("got %d bytes in %d requests, want %d in %d at most:%s", total, len(requests), pageBudget, pageRequests, list)
	}
	t.Logf("%d bytes in %d requests%s", total, len(requests), list)
}

func transferred(t *testing.T, r playwright.Request) int {
	t.Helper()
	response, err := r.Response()
	if err != nil {
		t.Fatal(err)
	}
	if headers, err := response.AllHeaders(); err != nil || headers["set-cookie"] != "" {
		t.Errorf("%s sets a cookie, or hides its headers (%v)", r.URL(), err)
	}
	sizes, err := r.Sizes()
	if err != nil {
		t.Fatal(err)
	}
	return sizes.ResponseBodySize + sizes.ResponseHeadersSize
}

// testLayoutShift wants nothing to move in the page or the frame, however the
// widget comes.
func testLayoutShift(t *testing.T, s site) {
	e := s.newWidget(t, true)
	rows := api.WidgetOptions{Rows: 7} // as many as the space that is kept free holds
	if _, err := s.api.Widgets().Update(t.Context(), e.ID, api.WidgetInput{Options: &rows}); err != nil {
		t.Fatal(err)
	}
	body := `<p>Above</p>` + e.element(`height="640" style="display:block;min-height:640px"`) + `<p id="below">Below</p>`
	for _, test := range []struct {
		name string
		slow time.Duration
	}{{"quick", 0}, {"slow", 400 * time.Millisecond}} {
		t.Run(test.name, func(t *testing.T) {
			b := browser.New(t, browser.Options{})
			if err := b.Context().AddInitScript(playwright.Script{Content: playwright.String(shifts)}); err != nil {
				t.Fatal(err)
			}
			p := b.NewPage()
			if test.slow > 0 {
				p.SlowNetwork(test.slow, 100_000)
			}
			p.Open(e.partner.shows(e.page(body)))
			e.wantShown(p)
			p.WantEval(`told.includes("ready")`)
			for _, frame := range p.Raw.Frames() {
				got, err := frame.Evaluate(`() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.shifted), 50)))`)
				if err != nil || got != "" {
					t.Errorf("%s: layout shifts %v (%v), want none", frame.URL(), got, err)
				}
			}
		})
	}
}

// shifts adds up what moves in each document.
const shifts = `window.shifted = ""; new PerformanceObserver((list) => list.getEntries().forEach((e) => {
	const box = (r) => [r.x, r.y, r.width, r.height].join(" ");
	shifted += e.value + ": " + e.sources.map((s) => (s.node?.id || s.node?.nodeName) + " from " + box(s.previousRect) + " to " + box(s.currentRect)).join(", ") + "\n";
})).observe({ type: "layout-shift", buffered: true });`

func testHeight(t *testing.T, s site) {
	e := s.newWidget(t, true)
	p := e.on(t, e.element(""), browser.Options{Width: browser.Phone})
	e.wantShown(p)
	p.WantEval(`told.includes("ready")`)
	frame := e.frame(p).Find("#laurel").Raw
	for _, height := range []string{"400px", "1200.4px", "300px", "0px"} {
		if _, err := frame.Evaluate(`(main, height) => { window.pad ??= main.appendChild(document.createElement("div")); pad.style.height = height; }`, height); err != nil {
			t.Fatal(err)
		}
		gap, err := frame.Evaluate(settled, nil)
		if err != nil || fmt.Sprint(gap) != "settled" {
			t.Errorf("%s more: frame and content differ by %v px (%v), want 1 at most", height, gap, err)
		}
	}
	before := p.Eval(`told.length`)
	if after := p.Eval(`new Promise((done) => setTimeout(() => done(told.length), 300))`); after != before {
		t.Errorf("at rest: %v messages, then %v", before, after)
	}
}

// settled waits until the frame is as tall as its content.
const settled = `(main) => new Promise((done) => {
	const end = performance.now() + 5000;
	const look = () => {
		const gap = innerHeight - main.getBoundingClientRect().height;
		if (gap >= 0 && gap <= 1) return done("settled");
		if (performance.now() > end) return done(gap);
		requestAnimationFrame(look);
	};
	look();
})`
