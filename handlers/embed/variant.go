package embed

import (
	"net/url"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"laurel/api"
	"laurel/components/widget"
)

// variant is one look of a widget: everything an address may choose, cleaned to
// closed sets, so that the number of renderings is bounded. It is comparable.
type variant struct {
	period  api.Period // empty: the widget's own
	locale  string     // asked for by the address; empty: not
	lang    string     // otherwise the reader's, where the widget has none
	theme   string     // "light", "dark", "auto"; empty: the widget's own
	compact string     // "1", "0"; empty: the widget's own
	preview bool       // framed by the portal
}

// request is what an address says beside its path.
type request struct {
	variant
	ticket string
}

// parse reads a query. Unknown names and values are left out; the first value
// of a name counts.
func (e *Embed) parse(query string) request {
	var r request
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		name, value, _ := strings.Cut(pair, "=")
		if strings.ContainsAny(value, "%+") {
			value, _ = url.QueryUnescape(value)
		}
		e.take(&r, name, value)
	}
	return r
}

func (e *Embed) take(r *request, name, value string) {
	switch name {
	case "period":
		first(&r.period, known(api.Period(value), api.Periods()))
	case "locale":
		first(&r.locale, e.tongues.of(value))
	case "theme", "color":
		first(&r.theme, known(value, themes()))
	case "compact":
		first(&r.compact, flag(value))
	case "size": // as the configurator's form says it
		first(&r.compact, map[string]string{"compact": "1", "full": "0"}[value])
	case "preview":
		r.preview = r.preview || flag(value) == "1"
	case "ticket":
		first(&r.ticket, value)
	}
}

func themes() []string { return []string{"light", "dark", "auto"} }

// known gives the list's own copy of a value, or nothing.
func known[T ~string](value T, list []T) T {
	if i := slices.Index(list, value); i >= 0 {
		return list[i]
	}
	return ""
}

func first[T ~string](into *T, value T) {
	if *into == "" {
		*into = value
	}
}

func flag(value string) string {
	if value == "0" || value == "false" {
		return "0"
	}
	return "1"
}

// query writes the variant as an address's query for another period.
func (v variant) query(period api.Period) string {
	q := url.Values{}
	for name, value := range map[string]string{"period": string(period), "locale": v.locale, "theme": v.theme, "compact": v.compact} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if v.preview {
		q.Set("preview", "1")
	}
	return "?" + q.Encode()
}

// tongues remembers which of our languages a wish means (a BCP 47 tag or an
// Accept-Language header), since working it out takes longer than a page.
type tongues struct {
	mu    sync.RWMutex
	known map[string]string
}

// The bounds of what is remembered.
const (
	maxTongues = 2_000
	maxWish    = 200 // bytes
)

// of is one of widget.Locales, or empty when none of the wished is there.
func (t *tongues) of(wish string) string {
	if wish == "" || len(wish) > maxWish {
		return ""
	}
	t.mu.RLock()
	found, ok := t.known[wish]
	t.mu.RUnlock()
	if ok {
		return found
	}
	return t.learn(strings.Clone(wish))
}

func (t *tongues) learn(wish string) string {
	found := tongue(wish)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known == nil || len(t.known) >= maxTongues {
		t.known = map[string]string{}
	}
	t.known[wish] = found
	return found
}

func tongue(wish string) string {
	tags, _, err := language.ParseAcceptLanguage(wish)
	if err != nil {
		return ""
	}
	for _, tag := range tags {
		base, _ := tag.Base()
		if found := known(base.String(), widget.Locales()); found != "" {
			return found
		}
	}
	return ""
}
