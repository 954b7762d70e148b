package e2e_test

import (
	"testing"

	"laurel/portaltest/browser"
)

// testLooks shows a widget to people with different wishes.
func testLooks(t *testing.T, s site) {
	e := s.newWidget(t, true)
	for _, test := range []struct {
		name       string
		attributes string
		options    browser.Options
		want       string // true in the frame
	}{
		{"dark", "", browser.Options{Dark: true}, `getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches`},
		{"light asked for on a dark system", `theme="light"`, browser.Options{Dark: true}, `document.documentElement.dataset.theme === "light"`},
		{"dark asked for on a light system", `theme="dark"`, browser.Options{}, `document.documentElement.dataset.theme === "dark"`},
		{"phone", "", browser.Options{Width: browser.Phone}, `innerWidth <= 390`},
		{"narrow", `width="320"`, browser.Options{Width: browser.Phone}, `innerWidth === 320`},
		{"right to left", `locale="ar"`, browser.Options{Locale: "ar"}, `document.documentElement.dir === "rtl" && document.documentElement.lang === "ar" && getComputedStyle(document.querySelector(".lb-table")).direction === "rtl"`},
		{"Japanese", `locale="ja"`, browser.Options{}, `document.documentElement.lang === "ja" && document.documentElement.dir === "ltr"`},
		{"reduced motion", "", browser.Options{ReducedMotion: true}, `matchMedia("(prefers-reduced-motion: reduce)").matches`},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := e.on(t, e.element(test.attributes), test.options)
			e.wantShown(p)
			if got, err := e.frame(p).Find("#laurel").Raw.Evaluate("() => "+test.want, nil); err != nil || got != true {
				t.Errorf("got %v (%v), want %s", got, err, test.want)
			}
			p.WantAccessible()
			wantNoOverflow(t, p, test.name)
			s.picture(p, "widget-"+test.name)
		})
	}
	t.Run("no motion where none is wanted", func(t *testing.T) {
		for _, reduced := range []bool{true, false} {
			e := s.newWidget(t, true)
			p := e.on(t, e.element(""), browser.Options{ReducedMotion: reduced})
			e.wantShown(p)
			watch := `(main) => { window.moved = 0;
				new MutationObserver(() => { moved += main.getAnimations({ subtree: true }).length; requestAnimationFrame(() => { moved += main.getAnimations({ subtree: true }).length; }); })
					.observe(main, { subtree: true, childList: true, characterData: true, attributes: true }); }`
			main := e.frame(p).Find("#laurel").Raw
			if _, err := main.Evaluate(watch, nil); err != nil {
				t.Fatal(err)
			}
			e.add(t, 11, 42) // to rank 8
			e.frame(p).Find("#laurel [data-rank='8']").WantContains("Trader 12")
			moved, err := main.Evaluate(`() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(moved > 0))))`, nil)
			if err != nil || moved == reduced {
				t.Errorf("reduced motion %t: rows moved: %v (%v)", reduced, moved, err)
			}
		}
	})
}
