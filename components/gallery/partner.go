package gallery

import (
	"laurel/components/layout"
	"laurel/components/page/accesskey"
	"laurel/components/page/apikey"
	"laurel/components/page/embed"
	"laurel/components/ui"
)

func keyStates() []State {
	keys := apikey.Props{
		PortalProps: portal("API keys", layout.PlaceKeys), CanEdit: true, BaseURL: "https://laurel.example.com",
		System: apikey.System{Prefix: "lrs_1c7e", Rotated: ago("12 days ago"), Used: ago("4 min ago"), CanEdit: true}, Create: apikey.Form{Expiry: "0", Permissions: permissions()},
		Rows: []apikey.Row{
			{ID: id(1), Name: "Trade feed", Prefix: "lrk_7f3a", Permissions: []string{"activities", "leaderboard"}, Created: ago("3 Sep"), Used: ago("2 s ago"), Expires: ago("in 41 days"), Edit: apikey.Form{Name: "Trade feed", Permissions: permissions(), Active: true}},
			{ID: id(2), Name: hostile, Prefix: "lrk_22d0", Created: ago("3 Sep"), State: apikey.Paused},
			{ID: id(3), Name: "Old CRM", Prefix: "lrk_0b1f", Permissions: []string{"getUserData"}, Created: ago("1 Feb"), Used: ago("2 Jun"), State: apikey.Revoked},
		},
	}
	made := keys
	made.Secret = &apikey.Secret{Name: "Trade feed", Value: "lrk_7f3aQ2mV9xT4cB8nL1sD6wK0"}
	used := apikey.RequestsProps{PortalProps: portal("Trade feed", layout.PlaceKeys), Name: "Trade feed", Rows: []apikey.Request{
		{At: ago("2 s ago"), Method: "POST", Route: "/v1/activities", Status: 200, IP: "203.0.113.9"}, {At: ago("3 min ago"), Method: "GET", Route: "/v1/leaderboards/:id", Status: 404, IP: "203.0.113.9"},
	}}
	keys.Rows[0].IP, keys.Rows[0].Overlap = "203.0.113.9", ago("in 23 h")
	access := accessKeys()
	accessMade := access
	accessMade.Secret = &accesskey.Secret{Name: "Client portal", AccessID: "acc_51f0", Key: "lra_k3Yw81PzQ"}
	refused := keys
	refused.Create.Open, refused.Create.Errors = true, map[string]string{"name": "Give it a name."}
	return []State{
		whole("page/apikey", "refused", apikey.Page(refused)),
		whole("page/apikey", "list", apikey.Page(keys)),
		whole("page/apikey", "requests", apikey.Requests(used)),
		whole("page/apikey", "requests-none", apikey.Requests(apikey.RequestsProps{PortalProps: portal("Old CRM", layout.PlaceKeys), Name: hostile})),
		whole("page/apikey", "made", apikey.Page(made)),
		whole("page/apikey", "empty", apikey.Page(apikey.Props{PortalProps: portal("API keys", layout.PlaceKeys)})),
		whole("page/accesskey", "list", accesskey.Page(access)),
		whole("page/accesskey", "made", accesskey.Page(accessMade)),
		whole("page/accesskey", "empty", accesskey.Page(accesskey.Props{PortalProps: portal("Access keys", layout.PlaceAccess)})),
		whole("page/accesskey", "log", accesskey.Log(accesskey.LogProps{PortalProps: portal("Embed log", layout.PlaceAccess), Rows: access.Log, OnlyFaults: true})),
	}
}

func accessKeys() accesskey.Props {
	return accesskey.Props{
		PortalProps: portal("Access keys", layout.PlaceAccess), CanEdit: true, Create: accesskey.Form{Algorithm: choices("HS256", "EdDSA", "RS256")},
		Rows: []accesskey.Row{
			{ID: id(1), Name: "Client portal", AccessID: "acc_51f0", Algorithm: "HS256", Origins: []string{"https://portal.example.com", "https://*.northwind.example"}, Creates: true, Used: ago("4 s ago"), Overlap: ago("in 20 h")},
			{ID: id(2), Name: "Mobile app", AccessID: "acc_90aa", Algorithm: "EdDSA", Origins: []string{"capacitor://localhost"}, Used: ago("1 h ago")},
		},
		Log: []accesskey.Embed{
			{At: ago("4 s ago"), Widget: "Autumn sprint", Origin: "https://portal.example.com", Key: "Client portal", Member: "Priya Bhatt"},
			{At: ago("2 min ago"), Widget: "Autumn sprint", Origin: "https://evil.example", Code: "origin_not_allowed", Reason: "The origin is not on the widget's list.", RequestID: "01JD6Z3V8Q"},
		},
	}
}

func embedStates() []State {
	const g = "page/embed"
	row := embed.Row{ID: id(1), Name: "Autumn sprint", Kind: "Leaderboard", Target: "Autumn trading sprint", Public: true, Enabled: true, Origins: []string{"https://portal.example.com"}, Opened: ago("4 s ago")}
	private, off := row, row
	private.ID, private.Name, private.Public = id(2), hostile, false
	off.ID, off.Name, off.Enabled = id(3), "Summer cup", false
	return []State{
		whole(g, "list", embed.List(embed.ListProps{PortalProps: portal("Widgets", layout.PlaceWidgets), CanEdit: true, Rows: []embed.Row{row, private, off}, Kinds: []embed.Kind{{Name: "leaderboard", Label: "Leaderboard", Text: "Podium, rows and the visitor's own place", Icon: "trophy"}}})),
		whole(g, "list-empty", embed.List(embed.ListProps{PortalProps: portal("Widgets", layout.PlaceWidgets)})),
		whole(g, "config", embed.Config(config())),
		whole(g, "config-new", embed.Config(embed.ConfigProps{PortalProps: portal("New widget", layout.PlaceWidgets), Kind: "leaderboard", CanEdit: true, Fault: "It was not saved.", Errors: map[string]string{"allowedOrigins": "“portal.example.com” has no scheme."}})),
		whole(g, "host", embed.Host(embed.HostProps{HostProps: layout.HostProps{Title: "Harbour Markets", Origin: "http://127.0.0.1:8080", Scripts: true}, Attrs: []layout.Attr{{Name: "widget", Value: id(1)}, {Name: "token", Value: hostile}}, Events: true})),
		whole(g, "host-frame", embed.Host(embed.HostProps{HostProps: layout.HostProps{Title: "Harbour Markets"}, Frame: "http://127.0.0.1:8080/embed/leaderboard/1", Label: "Leaderboard", Notes: []ui.AlertProps{{Text: "Scripts are off here."}}})),
	}
}

func config() embed.ConfigProps {
	return embed.ConfigProps{
		PortalProps: portal("Autumn sprint", layout.PlaceWidgets), ID: id(1), Kind: "leaderboard", Name: "Autumn sprint", CanEdit: true, Public: true, Enabled: true,
		Targets: choices("Autumn trading sprint", "Coin collectors"), Themes: choices("As the page", "Light", "Dark"), Sizes: choices("Full", "Compact"), Locales: choices("As the visitor", "English", "العربية"), Width: "100%",
		Origins: "https://portal.example.com", Test: "http://127.0.0.1:8081/test", Preview: "about:blank", OEmbed: "https://laurel.example.com/embed/leaderboard/1",
		Element: "<script type=\"module\" src=\"https://laurel.example.com/embed.js\"></script>\n<laurel-leaderboard widget=\"" + id(1) + "\"></laurel-leaderboard>",
		Frame:   "<iframe src=\"https://laurel.example.com/embed/leaderboard/" + id(1) + "\" loading=\"lazy\" title=\"Leaderboard\"></iframe>",
		Tokens:  []embed.Snippet{{Lang: "Go", Text: "token := jwt.New(jwt.SigningMethodHS256)"}, {Lang: "Node", Text: "jwt.sign(claims, key)"}, {Lang: "Python", Text: "jwt.encode(claims, key)"}},
	}
}
