package browser

import (
	"strings"

	"github.com/playwright-community/playwright-go"
)

// Element stands for the elements that a Scope's finder names. What is done
// with it waits, up to 15 s, until there is exactly one and it is ready; after
// that the test ends.
type Element struct {
	Scope
	Raw  playwright.Locator // Playwright's own locator, for what this type does not offer
	name string
}

// Nth is the element at index i, from 0.
func (e *Element) Nth(i int) *Element { return e.element(e.name, e.Raw.Nth(i)) }

// With keeps the elements that hold a text, wherever in them.
func (e *Element) With(text string) *Element {
	return e.element(e.name+" with "+text, e.Raw.Filter(playwright.LocatorFilterOptions{HasText: text}))
}

// Click clicks in the middle of the element.
func (e *Element) Click() { e.t.Helper(); e.must("click", e.Raw.Click()) }

// Fill replaces what a form control holds.
func (e *Element) Fill(value string) { e.t.Helper(); e.must("fill", e.Raw.Fill(value)) }

// Press focuses the element and presses a key or a chord.
func (e *Element) Press(keys string) { e.t.Helper(); e.must("press "+keys, e.Raw.Press(keys)) }

// Focus moves the focus to the element.
func (e *Element) Focus() { e.t.Helper(); e.must("focus", e.Raw.Focus()) }

// Hover moves the pointer over the element.
func (e *Element) Hover() { e.t.Helper(); e.must("hover", e.Raw.Hover()) }

// SetChecked ticks or clears a box.
func (e *Element) SetChecked(checked bool) {
	e.t.Helper()
	e.must("set checked", e.Raw.SetChecked(checked))
}

// Select chooses the option of a select element by its value.
func (e *Element) Select(value string) {
	e.t.Helper()
	_, err := e.Raw.SelectOption(playwright.SelectOptionValues{Values: &[]string{value}})
	e.must("select "+value, err)
}

// Text is the visible text, without white space around it.
func (e *Element) Text() string {
	e.t.Helper()
	text, err := e.Raw.InnerText()
	e.must("read text", err)
	return strings.TrimSpace(text)
}

// Texts are the visible texts of all the elements there are now.
func (e *Element) Texts() []string {
	e.t.Helper()
	texts, err := e.Raw.AllInnerTexts()
	e.must("read texts", err)
	return texts
}

// Value is what a form control holds.
func (e *Element) Value() string {
	e.t.Helper()
	value, err := e.Raw.InputValue()
	e.must("read value", err)
	return value
}

// Attribute is an attribute's value; empty also when there is none.
func (e *Element) Attribute(name string) string {
	e.t.Helper()
	value, err := e.Raw.GetAttribute(name)
	e.must("read attribute "+name, err)
	return value
}

// Count is the number of elements there are now.
func (e *Element) Count() int {
	e.t.Helper()
	n, err := e.Raw.Count()
	e.must("count", err)
	return n
}

// Box is the element's place and size in its page, in CSS pixels.
func (e *Element) Box() playwright.Rect {
	e.t.Helper()
	box, err := e.Raw.BoundingBox()
	e.must("measure", err)
	if box == nil {
		e.t.Fatalf("%s: not visible, so without a size", e.name)
	}
	return *box
}

// WantVisible waits until the element is there and visible.
func (e *Element) WantVisible() { e.t.Helper(); e.must("want visible", e.expect().ToBeVisible()) }

// WantHidden waits until the element is invisible or gone.
func (e *Element) WantHidden() { e.t.Helper(); e.must("want hidden", e.expect().ToBeHidden()) }

// WantFocused waits until the element has the focus.
func (e *Element) WantFocused() { e.t.Helper(); e.must("want focus", e.expect().ToBeFocused()) }

// WantText waits until the element's text, white space collapsed, is want.
func (e *Element) WantText(want string) {
	e.t.Helper()
	e.must("want text", e.expect().ToHaveText(want))
}

// WantContains waits until the element's text holds part.
func (e *Element) WantContains(part string) {
	e.t.Helper()
	e.must("want text", e.expect().ToContainText(part))
}

// WantValue waits until a form control holds want.
func (e *Element) WantValue(want string) {
	e.t.Helper()
	e.must("want value", e.expect().ToHaveValue(want))
}

// WantAttribute waits until an attribute has the value want.
func (e *Element) WantAttribute(name, want string) {
	e.t.Helper()
	e.must("want attribute", e.expect().ToHaveAttribute(name, want))
}

// WantCount waits until there are exactly n elements.
func (e *Element) WantCount(n int) { e.t.Helper(); e.must("want count", e.expect().ToHaveCount(n)) }

func (e *Element) expect() playwright.LocatorAssertions {
	return playwright.NewPlaywrightAssertions(float64(patience.Milliseconds())).Locator(e.Raw)
}

func (e *Element) must(what string, err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatalf("%s: %s: %v", e.name, what, err)
	}
}
