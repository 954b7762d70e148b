package label

import (
	"strings"

	"laurel/api"
	"laurel/components/ui"
)

// Ordered is what was bought: "3 × Mug".
func Ordered(p api.Purchase) string {
	if p.Quantity > 1 {
		return ui.Number(p.Quantity) + " × " + p.Product.Name
	}
	return p.Product.Name
}

// Paid is what an order cost: "40 coins".
func Paid(p api.Purchase) string {
	if p.Paid == 0 {
		return "free"
	}
	if p.Currency == string(api.UnitPremium) {
		return ui.Number(p.Paid) + " premium"
	}
	return ui.Count(p.Paid, "coin", "coins")
}

// OrderState is the status of an order with the colour of its kind. Statuses
// are named by each community, so only common words are told apart.
func OrderState(status string) ui.BadgeProps {
	word := strings.ToLower(status)
	switch {
	case word == "":
		return ui.BadgeProps{Text: "No status"}
	case hasAny(word, "cancel", "refund", "reject", "return"):
		return ui.BadgeProps{Text: status, Tone: ui.Bad, Dot: true}
	case hasAny(word, "complet", "deliver", "done", "redeem"):
		return ui.BadgeProps{Text: status, Tone: ui.Good, Dot: true}
	}
	return ui.BadgeProps{Text: status, Tone: ui.Warn, Dot: true}
}

func hasAny(word string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(word, part) {
			return true
		}
	}
	return false
}
