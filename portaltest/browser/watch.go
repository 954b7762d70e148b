package browser

import (
	"fmt"
	"strings"
	"sync"

	"github.com/playwright-community/playwright-go"
)

// reportBinding is the function through which pages tell of violations.
const reportBinding = "__reportViolation"

// violationScript runs in every document before its own scripts.
const violationScript = `document.addEventListener("securitypolicyviolation", e => {
	if (e.disposition === "enforce" || e.disposition === "report")
		` + reportBinding + `(e.violatedDirective + " blocked " + (e.blockedURI || "inline") +
			" at " + e.sourceFile + ":" + e.lineNumber + " in " + e.documentURI + " (" + e.disposition + ")");
});`

// watch collects what goes wrong in all pages and frames of a context. Its
// methods may be called from several goroutines.
type watch struct {
	mu       sync.Mutex
	problems []string
	console  []string
	expected []string
}

func (w *watch) attach(context playwright.BrowserContext) error {
	context.OnWebError(func(e playwright.WebError) {
		w.problem(fmt.Sprintf("uncaught error: %v", e.Error()))
	})
	context.OnConsole(w.onConsole)
	context.OnRequest(w.onRequest)
	report := func(_ *playwright.BindingSource, args ...any) any {
		w.problem(fmt.Sprint("content security policy: ", fmt.Sprint(args...)))
		return nil
	}
	if err := context.ExposeBinding(reportBinding, report); err != nil {
		return err
	}
	return context.AddInitScript(playwright.Script{Content: playwright.String(violationScript)})
}

func (w *watch) onConsole(message playwright.ConsoleMessage) {
	if message.Type() != "error" {
		return
	}
	text := message.Text()
	w.mu.Lock()
	w.console = append(w.console, text)
	w.mu.Unlock()
	if strings.Contains(text, "Content Security Policy") || strings.Contains(text, "Permissions policy violation") {
		w.problem("console: " + text)
	}
}

// onRequest sees the reports that a policy with report-uri or report-to sends.
func (w *watch) onRequest(request playwright.Request) {
	kind := request.Headers()["content-type"]
	if kind == "application/csp-report" || kind == "application/reports+json" {
		body, _ := request.PostData()
		w.problem(fmt.Sprintf("policy report to %s: %s", request.URL(), body))
	}
}

func (w *watch) problem(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.problems = append(w.problems, text)
}

func (w *watch) expect(part string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.expected = append(w.expected, part)
}

// unexpected are the problems that hold none of the expected parts.
func (w *watch) unexpected() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for _, problem := range w.problems {
		if !holdsAny(problem, w.expected) {
			out = append(out, problem)
		}
	}
	return out
}

// missing are the expected parts that no problem holds.
func (w *watch) missing() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := strings.Join(w.problems, "\n")
	var out []string
	for _, part := range w.expected {
		if !strings.Contains(all, part) {
			out = append(out, part)
		}
	}
	return out
}

func (w *watch) consoleErrors() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.console...)
}

func holdsAny(text string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}
