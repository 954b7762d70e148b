package browser

import (
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Scope finds elements in a page, in a frame of it or inside an element.
// Finding never fails: an element is looked up when something is done with it.
type Scope struct {
	t  testing.TB
	in locators
}

// Frame is the scope of the frame that a CSS selector such as
// "iframe[title='Leaderboard']" names. It reaches into open shadow roots.
func (s Scope) Frame(selector string) Scope {
	return Scope{t: s.t, in: inFrame{s.in.frame(selector)}}
}

// Find names elements by a CSS selector; it reaches into open shadow roots.
func (s Scope) Find(selector string) *Element { return s.element(selector, s.in.find(selector)) }

// Role names an element by its ARIA role and its whole accessible name, as
// assistive technology does. An empty name stands for any.
func (s Scope) Role(role, name string) *Element {
	return s.element(role+" "+name, s.in.role(playwright.AriaRole(role), name))
}

// Label names a form control by its whole label.
func (s Scope) Label(text string) *Element { return s.element("label "+text, s.in.label(text)) }

// Text names an element by its whole visible text.
func (s Scope) Text(text string) *Element { return s.element("text "+text, s.in.text(text)) }

func (s Scope) element(name string, raw playwright.Locator) *Element {
	return &Element{Scope: Scope{t: s.t, in: inElement{raw}}, Raw: raw, name: name}
}

// locators is what pages, frames and elements share; Playwright gives the same
// methods with three sets of option types.
type locators interface {
	frame(selector string) playwright.FrameLocator
	find(selector string) playwright.Locator
	role(role playwright.AriaRole, name string) playwright.Locator
	label(text string) playwright.Locator
	text(text string) playwright.Locator
}

type inPage struct{ raw playwright.Page }

func (p inPage) frame(selector string) playwright.FrameLocator { return p.raw.FrameLocator(selector) }

func (p inPage) find(selector string) playwright.Locator { return p.raw.Locator(selector) }

func (p inPage) role(role playwright.AriaRole, name string) playwright.Locator {
	if name == "" {
		return p.raw.GetByRole(role)
	}
	return p.raw.GetByRole(role, playwright.PageGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
}

func (p inPage) label(text string) playwright.Locator {
	return p.raw.GetByLabel(text, playwright.PageGetByLabelOptions{Exact: playwright.Bool(true)})
}

func (p inPage) text(text string) playwright.Locator {
	return p.raw.GetByText(text, playwright.PageGetByTextOptions{Exact: playwright.Bool(true)})
}

type inFrame struct{ raw playwright.FrameLocator }

func (f inFrame) frame(selector string) playwright.FrameLocator {
	return f.raw.FrameLocator(selector)
}

func (f inFrame) find(selector string) playwright.Locator { return f.raw.Locator(selector) }

func (f inFrame) role(role playwright.AriaRole, name string) playwright.Locator {
	if name == "" {
		return f.raw.GetByRole(role)
	}
	return f.raw.GetByRole(role, playwright.FrameLocatorGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
}

func (f inFrame) label(text string) playwright.Locator {
	return f.raw.GetByLabel(text, playwright.FrameLocatorGetByLabelOptions{Exact: playwright.Bool(true)})
}

func (f inFrame) text(text string) playwright.Locator {
	return f.raw.GetByText(text, playwright.FrameLocatorGetByTextOptions{Exact: playwright.Bool(true)})
}

type inElement struct{ raw playwright.Locator }

func (e inElement) frame(selector string) playwright.FrameLocator {
	return e.raw.FrameLocator(selector)
}

func (e inElement) find(selector string) playwright.Locator { return e.raw.Locator(selector) }

func (e inElement) role(role playwright.AriaRole, name string) playwright.Locator {
	if name == "" {
		return e.raw.GetByRole(role)
	}
	return e.raw.GetByRole(role, playwright.LocatorGetByRoleOptions{Name: name, Exact: playwright.Bool(true)})
}

func (e inElement) label(text string) playwright.Locator {
	return e.raw.GetByLabel(text, playwright.LocatorGetByLabelOptions{Exact: playwright.Bool(true)})
}

func (e inElement) text(text string) playwright.Locator {
	return e.raw.GetByText(text, playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)})
}
