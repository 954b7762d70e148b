package gallery

import (
	"laurel/components/layout"
	"laurel/components/page/userfield"
	"laurel/components/ui"
)

func userFieldStates() []State {
	const g = "page/userfield"
	types := choices("Text, one line", "Number", "Choice")
	list := userfield.Props{PortalProps: portal("User fields", layout.PlaceFields), Create: userfield.Form{Types: types}}
	for i, f := range []userfield.Row{
		{Name: "Country", Key: "country", Type: "Choice", Description: "Where the account was opened.", Options: []string{"Portugal", "Spain"}, Default: "Portugal", Maker: "Ana Oliveira"},
		{Name: "Phone", Key: "phone", Type: "Text, one line", Private: true, Required: true},
		{Name: hostile, Key: "x", Type: "Number", Description: hostile},
		{Name: longest(), Key: "longest", Type: "Date"},
		{Name: arabic, Key: "arabic", Type: "Yes or no"},
	} {
		f.ID, f.Made = id(i), ago("12 Mar")
		f.Edit = userfield.Form{ID: f.ID, Name: f.Name, Types: types}
		list.Rows = append(list.Rows, f)
	}
	refused := userfield.Props{PortalProps: portal("User fields", layout.PlaceFields), Create: userfield.Form{Open: true, Name: hostile, Key: "xp", Types: types, Errors: map[string]string{"field": "Is the name of a built-in field.", "options": "Must name what can be selected."}}}
	history := userfield.HistoryProps{
		PortalProps: portal("Changes of values", layout.PlaceFields), Fields: choices("Every field", "Country", "Phone (deleted)"), Field: "x", Pagination: ui.PaginationProps{Page: 1, Size: 25, Total: 4, Path: "/portal/user-fields/history", Noun: "changes"},
		Changes: []userfield.Change{
			{Member: "Sofía Reyes", MemberID: id(0), Field: "Country", Old: "Spain", New: "Portugal", Who: "Ana Oliveira", Source: "In the portal", At: ago("3 min ago")},
			{Member: arabic, MemberID: id(1), Field: "Total deposits", New: "1200", Who: "Partner backend", Source: "By the API", At: ago("2 h ago")},
			{Field: "Phone", Old: "•••", Who: "Somebody who is gone", Source: hostile, At: ago("1 day ago")},
			{Member: hostile, MemberID: id(2), Field: hostile, Old: hostile, New: longest(), Who: hostile, Source: "From a file", At: ago("2 days ago")},
		},
	}
	return []State{
		whole(g, "list", userfield.Page(list)),
		whole(g, "list-empty", userfield.Page(userfield.Props{PortalProps: portal("User fields", layout.PlaceFields)})),
		whole(g, "create-refused", userfield.Page(refused)),
		whole(g, "history", userfield.History(history)),
		whole(g, "history-empty", userfield.History(userfield.HistoryProps{PortalProps: portal("Changes of values", layout.PlaceFields)})),
	}
}
