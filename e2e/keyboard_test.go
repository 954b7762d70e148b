package e2e_test

import (
	"testing"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// tabTo presses Tab until the focus is on what a selector names.
func tabTo(t *testing.T, p *browser.Page, selector string) {
	t.Helper()
	for range 120 {
		if p.Eval(`(s) => document.activeElement.matches(s)`, selector) == true {
			return
		}
		p.Press("Tab")
	}
	t.Fatalf("Tab never reaches %s", selector)
}

// testKeyboard goes from sign-in to a changed board, and through a widget's
// tabs, without a pointer.
func testKeyboard(t *testing.T, s site) {
	board := s.newBoard(t, "Keyboard board")
	p := s.signInPage(t, browser.Options{}).Page
	p.Label("Email or username").WantFocused()
	p.Type(s.Admin.Login)
	p.Press("Tab")
	p.Type(s.Admin.Password)
	p.Press("Enter")
	p.WantURL("**" + link.Portal)
	p.Press("Control+k")
	p.Find("[data-palette-input]").WantFocused()
	p.Type("leaderb")
	p.Press("Enter")
	p.WantURL("**" + link.Leaderboards)
	p.Press("/")
	p.Type(board.Name)
	p.Press("Enter")
	p.WantURLPart("search=Keyboard")
	tabTo(t, p, `main table a[href="`+link.Board(board.ID)+`"]`)
	p.Press("Enter")
	p.WantURL("**" + link.Board(board.ID))
	tabTo(t, p, `main a[href="`+link.BoardDo(board.ID, "edit")+`"]`)
	p.Press("Enter")
	p.WantURL("**/edit")
	tabTo(t, p, `#board [name=name]`)
	p.Press("Control+a")
	p.Type("Keyboard board, renamed")
	p.Press("Enter")
	p.WantURL("**" + link.Board(board.ID))
	p.Find("h1").WantContains("Keyboard board, renamed")
	t.Run("widget's tabs", func(t *testing.T) { testWidgetKeyboard(t, s) })
}

func testWidgetKeyboard(t *testing.T, s site) {
	w := s.newWidget(t, true)
	p := w.on(t, `<a href="#x" id="before">Before</a>`+w.element(""), browser.Options{})
	tabs := w.frame(p).Find(".lb-tabs a")
	tabs.WantCount(2)
	p.Find("#before").Focus()
	p.Press("Tab")
	tabs.Nth(0).WantFocused()
	p.Press("Tab")
	tabs.Nth(1).WantFocused()
	p.Press("Enter")
	tabs.Nth(1).WantAttribute("aria-current", "page")
	tabs.Nth(1).WantFocused()
}
