package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/wheel"
	"laurel/components/ui"
)

func wheelStates() []State {
	const g = "page/wheel"
	slices := []wheel.Slice{{Label: "10 coins", Odds: "26 %"}, {Label: hostile, Color: "#2f6f4f", Odds: "4 %", Left: "3 left"}, {Label: "Nothing", Odds: "70 %"}, {Label: arabic, Gone: true, Odds: "0 %"}}
	proof := wheel.Proof{Hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Seed: "00ff", Client: hostile, Nonce: "3", Odds: `[{"segmentId":"a","label":"x","weight":1}]`, Segment: "a"}
	recent := []wheel.Turn{{ID: id(1), Prize: "10 coins", Source: "free spin", At: ago("3 min ago"), Proof: proof}, {ID: id(2), Prize: hostile, Source: "bought spin", At: ago("1 day ago"), Proof: wheel.Proof{Hash: proof.Hash, Nonce: "2"}}}
	page := func(side wheel.Side) wheel.Props {
		return wheel.Props{MemberProps: area("The wheel", layout.PlaceHome), Slices: slices, Open: true, Side: side}
	}
	row := wheel.Row{ID: id(1), Label: hostile, Type: "badge", Badge: id(2), Weight: "10", Stock: "3", Odds: "4 %", Color: "#2f6f4f"}
	edit := wheel.EditorProps{PortalProps: portal("Wheel", layout.PlaceWheel), Slices: slices, Enabled: true, Cost: "20", FreeEvery: "24", Badges: []form.Option{{Label: "Choose a badge"}, {Value: id(2), Label: hostile}},
		Rows:   []wheel.Row{{ID: id(3), Label: "10 coins", Type: "coins", Amount: "10", Weight: "100", Odds: "26 %"}, row, {Type: "coins"}},
		Trial:  &wheel.Trial{Text: "10,000 spins pay 1,200 XP.", Rows: []wheel.TrialRow{{Label: hostile, Drawn: "401", Expected: "400", Percent: 4}}},
		Recent: []wheel.Spun{{Who: hostile, Href: "/portal/members/1", Prize: "10 coins", Source: "free spin", At: ago("3 min ago")}}}
	refused := edit
	refused.Fault, refused.Errors = "It was not saved.", map[string]string{"s0-amount": "Must be 1 or more for points.", "cost": "Must be a whole number."}
	return []State{
		whole(g, "spin", wheel.Page(page(wheel.Side{At: -1, Once: "once", Spins: "2 spins left", FreeNow: true, CanSpin: true, Guarantee: "You win within 3 spins", Recent: recent}))),
		whole(g, "won", wheel.Page(page(wheel.Side{At: 1, Won: "You won: " + hostile, Note: "You have 38 coins now.", Spins: "0 spins left", Free: ago("in 3 h"), Price: "20 coins", Recent: recent}))),
		whole(g, "refused", wheel.Page(page(wheel.Side{At: -1, Fault: "There is no spin left for now.", Spins: "0 spins left"}))),
		whole(g, "closed", wheel.Page(page(wheel.Side{At: -1, Closed: true}))),
		whole(g, "none", wheel.Page(wheel.Props{MemberProps: area("The wheel", layout.PlaceHome)})),
		whole(g, "fair", wheel.Fair(wheel.FairProps{MemberProps: area("Is it fair?", layout.PlaceHome), Hash: proof.Hash, Client: hostile, Nonce: "4", Turns: recent, Shown: true})),
		whole(g, "fair-none", wheel.Fair(wheel.FairProps{MemberProps: area("Is it fair?", layout.PlaceHome), Hash: proof.Hash, Client: "words", Nonce: "0"})),
		whole(g, "editor", wheel.Editor(edit)),
		whole(g, "editor-refused", wheel.Editor(refused)),
		whole(g, "editor-empty", wheel.Editor(wheel.EditorProps{PortalProps: portal("Wheel", layout.PlaceWheel), Rows: []wheel.Row{{Type: "coins"}}})),
		piece(g, "disc-one", wheel.Disc([]wheel.Slice{{Label: "All"}}, 0)),
		piece(g, "panel", wheel.Panel(wheel.Side{At: 2, Won: "Nothing", Blank: true, Spins: ui.Count(1, "spin left", "spins left"), CanSpin: true})),
	}
}
