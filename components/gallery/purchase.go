package gallery

import (
	"net/url"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/me"
	"laurel/components/page/purchase"
	"laurel/components/ui"
)

func orders() []purchase.Row {
	pending, done := ui.BadgeProps{Text: "Pending", Tone: ui.Warn, Dot: true}, ui.BadgeProps{Text: "Completed", Tone: ui.Good, Dot: true}
	return []purchase.Row{
		{ID: id(1), Order: "ORD4F7K2M9QX1ZB", Buyer: ui.PersonProps{Name: "Sofía Reyes", Note: "@sofia", Href: "/portal/members/1"}, Product: "Coffee voucher", Paid: "40 coins", State: pending, At: ago("3 min ago")},
		{ID: id(2), Order: "ORD202507013831", Buyer: ui.PersonProps{Name: hostile}, Product: "3 × " + hostile, Paid: "1,200 coins", State: done, At: ago("2 days ago")},
		{ID: id(3), Order: "ORD20260102FFC6", Buyer: ui.PersonProps{Name: arabic}, Product: longest(), Paid: "5 premium", State: ui.BadgeProps{Text: "No status"}, At: ago("12 Mar")},
	}
}

func purchaseStates() []State {
	const g = "page/purchase"
	list := purchase.ListProps{PortalProps: portal("Purchase histories", layout.PlacePurchases), Statuses: choices("Every status", "Pending (1)", "Completed (1)"), Rows: orders(), Moves: choices("Pending", "Completed"),
		Pagination: ui.PaginationProps{Page: 1, Size: 25, Total: 3, Path: "/portal/purchases", Noun: "orders"}}
	filtered := list
	filtered.Rows, filtered.Search, filtered.From, filtered.Pagination.Query = nil, hostile, "2026-11-01", url.Values{"search": {hostile}}
	unknown := filtered
	unknown.Fault = "No user of this community is known by that identifier."
	one := list
	one.Buyer, one.BuyerID, one.Rows = hostile, id(2), orders()[1:2]
	show := purchase.ShowProps{PortalProps: portal("Order", layout.PlacePurchases), Row: orders()[0], BuyerID: id(1), Changed: ago("1 min ago"), Instructions: "Show the code at the counter.", Code: "CAFE-1234", Expires: "2026-12-31", Moves: choices("Pending", "Cancelled"), Steps: []purchase.Step{{State: ui.BadgeProps{Text: "Pending", Tone: ui.Warn, Dot: true}, At: ago("2 days ago")}, {State: ui.BadgeProps{Text: "Cancelled", Tone: ui.Bad, Dot: true}, By: hostile, Note: hostile, At: ago("1 min ago")}}}
	refused := show
	refused.Row, refused.Instructions, refused.Fault, refused.Errors = orders()[1], hostile, "Nothing was saved yet.", map[string]string{"voucherCode": "Is used for this product already.", "voucherExpiryDate": "Must be a real date."}
	return []State{
		whole(g, "list", purchase.List(list)),
		whole(g, "list-empty", purchase.List(purchase.ListProps{PortalProps: portal("Purchase histories", layout.PlacePurchases), Statuses: []form.Option{{Label: "Every status"}}})),
		whole(g, "list-no-match", purchase.List(filtered)),
		whole(g, "list-unknown-member", purchase.List(unknown)),
		whole(g, "list-of-one", purchase.List(one)),
		whole(g, "show", purchase.Show(show)),
		whole(g, "show-refused", purchase.Show(refused)),
		whole(g, "show-plain", purchase.Show(purchase.ShowProps{PortalProps: portal("Order", layout.PlacePurchases), Row: orders()[2]})),
		whole("page/me", "purchases", me.Purchases(me.PurchasesProps{MemberProps: area("My purchases", layout.PlaceMe), Rows: []me.Purchase{
			{ID: id(1), Order: "ORD4F7K2M9QX1ZB", Product: "Coffee voucher", Paid: "40 coins", State: ui.BadgeProps{Text: "Pending", Tone: ui.Warn, Dot: true}, Instructions: "Show the code\nat the counter.", Code: "CAFE-1234", Ends: "31 Dec 2026", At: ago("3 min ago")},
			{ID: id(2), Order: "ORD202507013831", Product: "2 × " + hostile, Paid: "80 coins", Instructions: hostile, Code: longest(), At: ago("2 days ago")},
			{ID: id(3), Order: "ORD20260102FFC6", Product: arabic, Paid: "1 coin", At: ago("12 Mar")},
		}})),
		whole("page/me", "purchases-empty", me.Purchases(me.PurchasesProps{MemberProps: area("My purchases", layout.PlaceMe)})),
	}
}
