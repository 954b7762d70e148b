package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/store"
	"laurel/components/ui"
)

func storeStates() []State {
	const g = "page/store"
	shell := portal("Store", layout.PlaceStore)
	mug := store.Item{ID: id(1), Name: "Mug", About: longest(), Icon: "shopping-bag", Price: "36 coins", Old: "45 coins", Until: ago("in 5 days"), Marks: []ui.BadgeProps{{Text: "Reduced", Tone: ui.Good}, {Text: "3 left", Tone: ui.Warn}}, CanBuy: true, Amount: "36", Once: "once", Name1: true, Phone: true, Address: true}
	dear := store.Item{ID: id(2), Name: hostile, Image: "https://example.com/x.png", Icon: "gift", Price: "140 coins", Why: "You need 97 coins more", Amount: "140", Once: "once"}
	later := store.Item{ID: id(3), Name: arabic, Icon: "ticket", Price: "55 coins", Why: "On sale", Again: ago("in 9 days"), Once: "once"}
	shelf := store.ShelfProps{MemberProps: area("Store", layout.PlaceStore), Title: "Rewards Store", About: hostile, Cover: "https://example.com/cover.png", Wallets: []string{"43 coins"}, Groups: []store.Group{{Name: "Merchandise", Cover: "https://example.com/m.png", Items: []store.Item{mug, dear}}, {Name: "More", Items: []store.Item{later}}}}
	refused := shelf
	refused.Buying = store.Buying{ID: mug.ID, Fault: "It was not bought.", Errors: map[string]string{"address": "Is required."}, Name: hostile}
	list := store.ListProps{PortalProps: shell, Settings: store.Settings{Open: true, Title: "Rewards Store", About: hostile}, Rows: []store.Row{{Name: "Mug", Href: "/portal/store/products/1", Kind: "To ship", Category: "Merchandise", Price: "45 coins", Stock: "38", Orders: 12, State: ui.BadgeProps{Text: "On the shelf", Tone: ui.Good, Dot: true}}, {Name: hostile, Href: "/portal/store/products/2", Kind: "Voucher", Price: "5 coins", Stock: "0", State: ui.BadgeProps{Text: "Sold out", Tone: ui.Bad}}},
		Categories: []store.Category{{ID: id(4), Name: "Merchandise", Products: 2, Order: "1"}, {ID: id(5), Name: hostile, Preview: true, Archived: true}}, Statuses: []store.Status{{Name: "Pending", Kind: "On its way", Tone: ui.Warn}, {Name: hostile, Kind: "Done", Tone: ui.Good}}}
	bad := list
	bad.Open, bad.Fault, bad.Errors = "import", "1 of 2 products are not in order; nothing was changed.", map[string]string{"line 3.price": "Must be a whole number."}
	named := list
	named.Open, named.Errors, named.Typed = "category-"+id(4), map[string]string{"name": "Is taken."}, map[string]string{"name": hostile}
	edit := store.EditorProps{PortalProps: shell, ID: id(1), Saved: "Mug", V: map[string]string{"name": "Mug", "type": "voucher", "price": "45", "stock": "38", "description": hostile, "currency": "coins", "category": id(4)}, On: map[string]bool{"discount": true, "access": true, "askname": true},
		Categories: []form.Option{{Label: "None"}, {Value: id(4), Label: hostile}}, Roles: choices("None", "Veteran"), Badges: choices("None"), Statuses: choices("As the type says"), Tiers: choices("Silver", "Gold"), Batches: []string{"12 codes until 31 Dec 2026"},
		Audiences: []store.Audience{{At: "a0", Roles: "Veteran, " + hostile, Price: "30", Limit: "1", Interval: "1", Unit: "months", Exclusive: true}, {At: "a1", Preview: true}}, Sees: []store.Sees{{Who: hostile, Price: "30 coins", Note: "special price"}, {Who: "Everybody else", Price: "–", Note: "does not see it"}}}
	wrong := edit
	wrong.Fault, wrong.NotGone, wrong.Errors = "It was not saved.", "Type the name.", map[string]string{"name": "Is taken.", "price": "Is required.", "a0-unit": "Is required.", "codes": "Occurs twice."}
	return []State{
		whole(g, "shelf", store.Shelf(shelf)),
		whole(g, "shelf-refused", store.Shelf(refused)),
		whole(g, "shelf-empty", store.Shelf(store.ShelfProps{MemberProps: area("Store", layout.PlaceStore), Title: "Store", Closed: true})),
		whole(g, "list", store.List(list)),
		whole(g, "list-import", store.List(bad)),
		whole(g, "list-category", store.List(named)),
		whole(g, "list-empty", store.List(store.ListProps{PortalProps: shell})),
		whole(g, "editor", store.Editor(edit)),
		whole(g, "editor-refused", store.Editor(wrong)),
		whole(g, "editor-new", store.Editor(store.EditorProps{PortalProps: shell, Tiers: choices("Silver")})),
	}
}
