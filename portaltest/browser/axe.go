package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/playwright-community/playwright-go"
)

// Violation is one accessibility rule that a page or a frame of it breaks.
type Violation struct {
	Rule   string   `json:"rule"`   // axe's name, such as "color-contrast"
	Impact string   `json:"impact"` // minor, moderate, serious or critical
	Help   string   `json:"help"`   // one sentence
	Nodes  []string `json:"nodes"`  // the elements: selector and what is wrong
	Frame  string   `json:"-"`      // the address of the document
}

// String is the violation in a few lines, for a test's message.
// Of many elements, three stand for all.
func (v Violation) String() string {
	nodes := v.Nodes
	if n := len(nodes); n > 3 {
		nodes = append(slices.Clone(nodes[:3]), fmt.Sprintf("and %d more", n-3))
	}
	return fmt.Sprintf("%s (%s) in %s: %s\n\t%s", v.Rule, v.Impact, v.Frame, v.Help, strings.Join(nodes, "\n\t"))
}

// axeRun asks for WCAG 2.2 AA and best practices. Each document is checked by
// itself, since axe cannot look into frames of another origin.
const axeRun = `async ([top, contrast]) => {
	const runOnly = contrast ? { type: "rule", values: ["color-contrast"] } :
		["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"].concat(top ? ["best-practice"] : []);
	const result = await axe.run(document, { iframes: false, resultTypes: ["violations"], runOnly });
	return JSON.stringify(result.violations.map(v => ({
		rule: v.id, impact: v.impact, help: v.help,
		nodes: v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary.replace(/\s+/g, " ")),
	})));
}`

// Axe checks the page and all its frames with axe-core: WCAG 2.2 A and AA
// everywhere, best practices in the page itself. It waits for animations, whose
// half-way colours would be judged, and ignores frames without scripts.
func (p *Page) Axe() []Violation { p.t.Helper(); return p.axe(false) }

// AxeContrast is Axe with nothing but the contrast of texts: for a page that was
// checked already, in other colours.
func (p *Page) AxeContrast() []Violation { p.t.Helper(); return p.axe(true) }

func (p *Page) axe(contrast bool) []Violation {
	p.t.Helper()
	source, err := fetchAxe(p.t.Context())
	if err != nil {
		p.t.Fatalf("axe-core: %v", err)
	}
	var all []Violation
	for _, frame := range p.Raw.Frames() {
		found, err := axeIn(frame, source, frame == p.Raw.MainFrame(), contrast)
		if frame.IsDetached() {
			continue // the frame has gone while it was looked at
		}
		if err != nil {
			p.t.Fatalf("axe in %s: %v", frame.URL(), err)
		}
		all = append(all, found...)
	}
	return all
}

// WantAccessible fails the test for every violation that Axe finds.
func (p *Page) WantAccessible() {
	p.t.Helper()
	for _, violation := range p.Axe() {
		p.t.Errorf("accessibility: %s", violation)
	}
}

const animationsDone = `() => Promise.allSettled(document.getAnimations()
	.filter(a => a.effect && a.effect.getComputedTiming().endTime !== Infinity).map(a => a.finished)).then(() => true)`

func axeIn(frame playwright.Frame, source string, top, contrast bool) ([]Violation, error) {
	if _, err := frame.Evaluate(animationsDone); err != nil {
		return nil, err
	}
	if _, err := frame.Evaluate(source + "; true"); err != nil {
		return nil, err
	}
	result, err := frame.Evaluate(axeRun, []bool{top, contrast})
	if err != nil {
		return nil, err
	}
	text, _ := result.(string)
	var found []Violation
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		return nil, err
	}
	for i := range found {
		found[i].Frame = frame.URL()
	}
	return found, nil
}
