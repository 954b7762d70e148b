package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laurel/portaltest/browser"
)

// strict is the policy our own pages live under.
const strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; require-trusted-types-for 'script'"

// site serves one page under the strict policy, and its script.
func site(t *testing.T, body, script string) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", strict)
		fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>Site</title>`+
			`<link rel="icon" href="data:,"></head><body><main><h1>Site</h1>%s</main>`+
			`<script src="/page.js"></script></body></html>`, body)
	})
	mux.HandleFunc("/page.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, script)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestFormUnderStrictPolicy(t *testing.T) {
	t.Parallel()
	url := site(t, `<label>Name <input id="name"></label><button>Greet</button><p role="status"></p>`,
		`document.querySelector("button").onclick = () =>
			document.querySelector("p").textContent = "Hello " + document.querySelector("input").value;`)
	p := browser.New(t, browser.Options{}).Open(url)
	p.Label("Name").Fill("Ada")
	p.Role("button", "Greet").Click()
	p.Role("status", "").WantText("Hello Ada")
	if got, want := p.Label("Name").Value(), "Ada"; got != want {
		t.Errorf("value: got %q, want %q", got, want)
	}
	p.WantEval(`document.querySelector("p").textContent !== ""`)
	p.WantAccessible()
}

func TestOptionsReachThePage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		options browser.Options
		want    string
	}{
		{"plain", browser.Options{}, "1280 false false en-GB UTC"},
		{"phone", browser.Options{Width: browser.Phone}, "390 false false en-GB UTC"},
		{"dark", browser.Options{Dark: true}, "1280 true false en-GB UTC"},
		{"reduced motion", browser.Options{ReducedMotion: true}, "1280 false true en-GB UTC"},
		{"locale", browser.Options{Locale: "ar", TimeZone: "Asia/Tokyo"}, "1280 false false ar Asia/Tokyo"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := browser.New(t, test.options).Open(browser.ForeignPage(t, "", ""))
			got := p.Eval(`[innerWidth, matchMedia("(prefers-color-scheme: dark)").matches,
				matchMedia("(prefers-reduced-motion: reduce)").matches, navigator.language,
				Intl.DateTimeFormat().resolvedOptions().timeZone].join(" ")`)
			if got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestProblemsAreSeen(t *testing.T) {
	t.Parallel()
	frame := site(t, "", `setTimeout(() => { throw new Error("broken frame") })`)
	tests := []struct{ name, url, want string }{
		{"uncaught error", site(t, "", `throw new Error("broken page")`), "broken page"},
		{"rejected promise", site(t, "", `Promise.reject(new Error("broken promise"))`), "broken promise"},
		{"error in a frame of another site", browser.ForeignPage(t, `<iframe title="w" src="`+frame+`"></iframe>`, ""), "broken frame"},
		{"inline script", site(t, `<button onclick="alert(1)">x</button>`, ""), "script-src"},
		{"inline style", site(t, `<p style="color: red">x</p>`, ""), "style-src"},
		{"trusted types", site(t, "", `try { document.body.innerHTML = "<b>x</b>" } catch {}`), "require-trusted-types-for"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := browser.New(t, browser.Options{})
			b.Open(test.url)
			b.ExpectProblem(test.want)
		})
	}
}

func TestUnexpectedProblemFailsTheTest(t *testing.T) {
	t.Parallel()
	url := site(t, "", `throw new Error("broken page")`)
	probe := &probe{TB: t}
	browser.New(probe, browser.Options{}).Open(url)
	probe.runCleanups()
	if got := strings.Join(probe.errors, "\n"); !strings.Contains(got, "broken page") {
		t.Errorf("got failures %q, want one about the broken page", got)
	}
}

func TestMissingProblemFailsTheTest(t *testing.T) {
	t.Parallel()
	probe := &probe{TB: t}
	b := browser.New(probe, browser.Options{})
	b.Open(site(t, "", ""))
	b.ExpectProblem("no such thing")
	probe.runCleanups()
	if got := strings.Join(probe.errors, "\n"); !strings.Contains(got, "no such thing") {
		t.Errorf("got failures %q, want one about the missing problem", got)
	}
}

func TestForeignFrame(t *testing.T) {
	t.Parallel()
	widget := site(t, `<button>Spin</button>`, `document.querySelector("button").onclick = e => e.target.textContent = "Won";`)
	p := browser.New(t, browser.Options{}).Open(browser.ForeignPage(t, `<iframe title="Wheel" src="`+widget+`"></iframe>`, ""))
	if strings.HasPrefix(p.URL(), "http://127.0.0.1") {
		t.Fatalf("host page %s is on the widget's site", p.URL())
	}
	wheel := p.Frame("iframe[title=Wheel]")
	wheel.Role("button", "Spin").Click()
	wheel.Role("button", "Won").WantVisible()
}

func TestFrameInClosedShadowRoot(t *testing.T) {
	t.Parallel()
	widget := site(t, `<button>Spin</button>`, "")
	body := `<my-widget></my-widget><script>customElements.define("my-widget", class extends HTMLElement {
		connectedCallback() {
			const frame = document.createElement("iframe");
			frame.src = "` + widget + `/";
			this.attachShadow({mode: "closed"}).append(frame);
		}
	})</script>`
	p := browser.New(t, browser.Options{}).Open(browser.ForeignPage(t, body, ""))
	p.FrameAt(widget).Role("button", "Spin").WantVisible()
	p.WantNoFrameAt("/elsewhere")
}

func TestAxeLooksIntoForeignFrames(t *testing.T) {
	t.Parallel()
	widget := site(t, `<img src="data:,">`, "")
	p := browser.New(t, browser.Options{}).Open(browser.ForeignPage(t, `<iframe title="w" src="`+widget+`"></iframe>`, strictHost))
	found := p.Axe()
	if len(found) != 1 || found[0].Rule != "image-alt" || !strings.HasPrefix(found[0].Frame, widget) {
		t.Errorf("got %v, want image-alt in %s", found, widget)
	}
}

const strictHost = "default-src 'none'; img-src data:; frame-src *; require-trusted-types-for 'script'"

func TestThirdPartyCookies(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/set", func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{
			Name: "__Host-id", Value: "1", Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteNoneMode,
		})
		fmt.Fprint(w, "set")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "<p>%d cookies</p>", len(r.Cookies()))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	for allowed, want := range map[bool]string{true: "1 cookies", false: "0 cookies"} {
		t.Run(fmt.Sprintf("allowed=%t", allowed), func(t *testing.T) {
			p := browser.New(t, browser.Options{ThirdPartyCookies: allowed}).Open(server.URL + "/set")
			p.Open(server.URL + "/")
			p.Find("p").WantText("1 cookies")
			p.Open(browser.ForeignPage(t, `<iframe src="`+server.URL+`/"></iframe>`, ""))
			p.Frame("iframe").Find("p").WantText(want)
		})
	}
}

func TestScreenshot(t *testing.T) {
	t.Setenv("LAUREL_SCREENS", t.TempDir())
	p := browser.New(t, browser.Options{Dark: true, Width: browser.Phone}).Open(site(t, "", ""))
	file := p.Screenshot("site")
	if got, want := filepath.Base(file), "site-390-dark.png"; got != want {
		t.Errorf("got name %s, want %s", got, want)
	}
	if info, err := os.Stat(file); err != nil || info.Size() == 0 {
		t.Errorf("screenshot %s: %v, want a picture", file, err)
	}
}

func TestSlowNetwork(t *testing.T) {
	t.Parallel()
	p := browser.New(t, browser.Options{}).NewPage()
	p.Open(site(t, "", ""))
	p.SlowCPU(4)
	p.SlowNetwork(300*time.Millisecond, 1<<20)
	const timed = `async () => { const start = performance.now(); await fetch("/page.js?again"); return performance.now() - start < 300 }`
	if p.Eval(timed) != false {
		t.Error("a request took less than 300 ms, want at least that")
	}
}

func TestNoScript(t *testing.T) {
	t.Parallel()
	p := browser.New(t, browser.Options{NoScript: true}).Open(site(t, `<p>Still here</p>`, `document.body.remove()`))
	p.Text("Still here").WantVisible()
}

// probe is a test whose failures and clean-up the real test looks at.
type probe struct {
	testing.TB
	errors   []string
	cleanups []func()
}

func (p *probe) Errorf(format string, args ...any) {
	p.errors = append(p.errors, fmt.Sprintf(format, args...))
}

func (p *probe) Cleanup(f func()) { p.cleanups = append(p.cleanups, f) }

func (p *probe) runCleanups() {
	for _, f := range p.cleanups {
		f()
	}
}
