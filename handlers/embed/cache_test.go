package embed

import (
	"net/http"
	"testing"
	"testing/synctest"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/widget"
)

// everyVariant lists more looks than are held at once.
func everyVariant() []variant {
	var list []variant
	for _, locale := range append(widget.Locales(), "") {
		for _, lang := range widget.Locales() {
			for _, period := range api.Periods() {
				for _, theme := range append(themes(), "") {
					for _, compact := range []string{"", "0", "1"} {
						list = append(list, variant{period: period, locale: locale, lang: lang, theme: theme, compact: compact})
					}
				}
			}
		}
	}
	return list
}

func TestOldestVariantsGoFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(Config{Client: apiclient.InProcess(http.NotFoundHandler()), BaseURL: "https://laurel.example"})
		e.Drain()
		s := newSource(e, api.PublicWidget{Widget: api.Widget{ID: "w", IsPublic: true}})
		s.stop = func() {}
		e.cache.sources["w"] = s
		list := everyVariant()
		if len(list) < maxVariants {
			t.Fatalf("got %d variants, want more than %d", len(list), maxVariants)
		}
		for i, v := range list {
			e.cache.variant(s, v).used.Store(int64(i))
		}
		if got := s.size(); got > maxVariants || got != e.cache.count {
			t.Errorf("held: got %d and a count of %d, want at most %d", got, e.cache.count, maxVariants)
		}
		if s.shown[list[0]] != nil || s.shown[list[len(list)-1]] == nil {
			t.Error("the latest went before the oldest")
		}
		e.cache.remove(s)
		if e.cache.count != 0 {
			t.Errorf("after removal: got a count of %d", e.cache.count)
		}
	})
}
