package label

import (
	"strings"

	"golang.org/x/net/html"

	"laurel/api"
	"laurel/components/ui"
)

// Price is an amount of a store's currency: "80 coins".
func Price(n int64, currency string) string {
	if currency == "premium" {
		return ui.Count(n, "premium point", "premium points")
	}
	return ui.Count(n, "coin", "coins")
}

// ProductType is what a product is, and an icon for it.
func ProductType(kind string) (words, icon string) {
	switch kind {
	case api.ProductVoucher:
		return "Voucher", "ticket"
	case api.ProductPhysical:
		return "To ship", "shopping-bag"
	case api.ProductRole:
		return "Role", "badge-check"
	case api.ProductBadge:
		return "Badge", "award"
	case api.ProductSpins:
		return "Spins", "ferris-wheel"
	}
	return "Other", "gift"
}

// StatusTone is the colour of a status of orders.
func StatusTone(category string) ui.Tone {
	switch category {
	case api.StatusComplete:
		return ui.Good
	case api.StatusCancelled:
		return ui.Bad
	}
	return ui.Warn
}

// StatusKind is a status's category in words.
func StatusKind(category string) string {
	switch category {
	case api.StatusComplete:
		return "Done"
	case api.StatusCancelled:
		return "Cancelled, refunds"
	}
	return "On its way"
}

// Plain is the text of words that may hold HTML: partners' systems write their
// descriptions in it.
func Plain(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			if name, _ := z.TagName(); breaks[string(name)] && b.Len() > 0 {
				b.WriteByte('\n')
			}
		}
	}
}

// breaks are the tags that begin a line.
var breaks = map[string]bool{"p": true, "br": true, "li": true, "div": true, "h1": true, "h2": true, "h3": true}
