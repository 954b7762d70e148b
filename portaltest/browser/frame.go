package browser

import (
	"strings"
	"testing"
	"time"

	"github.com/playwright-community/playwright-go"
)

// FrameAt is the scope of the frame whose address holds part, wherever it is:
// also inside a closed shadow root, which selectors cannot enter. It is looked
// up anew for each element, so it follows a frame that is replaced; a frame
// that does not come ends the test.
func (p *Page) FrameAt(part string) Scope {
	return Scope{t: p.t, in: inDocument{t: p.t, page: p.Raw, part: part}}
}

// WantNoFrameAt fails the test when a frame's address holds part.
func (p *Page) WantNoFrameAt(part string) {
	p.t.Helper()
	if frame := frameAt(p.Raw, part); frame != nil {
		p.t.Errorf("there is a frame at %s, want none", frame.URL())
	}
}

// inDocument finds in a frame that is named by its address.
type inDocument struct {
	t    testing.TB
	page playwright.Page
	part string
}

func (d inDocument) now() playwright.Frame {
	d.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(patience)
	for {
		if frame := frameAt(d.page, d.part); frame != nil {
			return frame
		}
		select {
		case <-tick.C:
		case <-limit:
			d.t.Fatalf("%s has no frame at %s", d.page.URL(), d.part)
		}
	}
}

func frameAt(page playwright.Page, part string) playwright.Frame {
	for _, frame := range page.Frames() {
		if frame != page.MainFrame() && !frame.IsDetached() && strings.Contains(frame.URL(), part) {
			return frame
		}
	}
	return nil
}

func (d inDocument) frame(selector string) playwright.FrameLocator {
	return d.now().FrameLocator(selector)
}

func (d inDocument) find(selector string) playwright.Locator { return d.now().Locator(selector) }

func (d inDocument) role(role playwright.AriaRole, name string) playwright.Locator {
	if name == "" {
		return d.now().GetByRole(role)
	}
	return d.now().GetByRole(role, playwright.FrameGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
}

func (d inDocument) label(text string) playwright.Locator {
	return d.now().GetByLabel(text, playwright.FrameGetByLabelOptions{Exact: playwright.Bool(true)})
}

func (d inDocument) text(text string) playwright.Locator {
	return d.now().GetByText(text, playwright.FrameGetByTextOptions{Exact: playwright.Bool(true)})
}
