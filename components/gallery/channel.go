package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/page/channel"
	"laurel/components/ui"
)

func channelStates() []State {
	const g = "page/channel"
	list := channelList()
	found := channel.ListProps{PortalProps: portal("Channels", layout.PlaceChannels), Search: "zz"}
	refused := list
	refused.Create = channel.CategoryForm{Open: true, Name: hostile, Private: true, Roles: choices("Mentor", "Guest"), Errors: map[string]string{"name": "Is required."}}
	odd := channelEditor()
	odd.Fault, odd.Errors = "Nothing was saved yet.", map[string]string{"url": "Must be an https:// address for an iframe channel.", "speakers": "Nobody here is known as “x”.", "permissions": "Names a role twice."}
	odd.Name, odd.Kinds, odd.Private, odd.Topics = hostile, []form.Option{{Value: "iframe", Label: "Page", Chosen: true}}, false, nil
	return []State{
		whole(g, "list", channel.List(list)),
		whole(g, "list-category-refused", channel.List(refused)),
		whole(g, "list-none-found", channel.List(found)),
		whole(g, "list-empty", channel.List(channel.ListProps{PortalProps: portal("Channels", layout.PlaceChannels), Sections: []channel.Section{{}}})),
		whole(g, "editor", channel.Editor(channelEditor())),
		whole(g, "editor-refused", channel.Editor(odd)),
		whole(g, "editor-new", channel.Editor(channel.EditorProps{PortalProps: portal("New channel", layout.PlaceChannels), Kinds: []form.Option{{Value: "open", Label: "Open", Hint: "Everybody who sees it talks.", Chosen: true}}})),
		whole(g, "requests", channel.Requests(channelRequests())),
		whole(g, "requests-none", channel.Requests(channel.RequestsProps{PortalProps: portal("Access requests", layout.PlaceRequests), Status: "requested"})),
		whole(g, "requests-decided", channel.Requests(channel.RequestsProps{PortalProps: portal("Access requests", layout.PlaceRequests), Status: "refused", Rows: []channel.Request{
			{ID: id(1), Member: hostile, MemberID: id(2), Channel: hostile, ChannelID: id(3), Note: hostile, At: ago("2 days ago"), Decided: ago("1 day ago"), Reason: hostile},
		}})),
	}
}

func channelList() channel.ListProps {
	return channel.ListProps{PortalProps: portal("Channels", layout.PlaceChannels), Moved: id(2), Create: channel.CategoryForm{Roles: choices("Mentor")}, Sections: []channel.Section{
		{Rows: []channel.Row{{ID: id(1), Name: "news", About: "What is new", Icon: "bell", Kind: "Announcements"}, {ID: id(2), Name: "general", Icon: "hash", Kind: "Open", Slow: "one message every 30 s"}}},
		{ID: id(5), Name: "Trading", Rows: []channel.Row{{ID: id(3), Name: hostile, About: hostile, Icon: "chart-candlestick", Kind: "Chart", Private: true, Roles: []string{"Mentor", arabic}}, {ID: id(4), Name: arabic, Icon: "hash", Kind: "Open", Archived: true}}},
		{ID: id(6), Name: hostile, Private: true, Edit: channel.CategoryForm{Name: hostile, Private: true}},
	}}
}

func channelEditor() channel.EditorProps {
	modes := []form.Option{{Value: "none", Label: "Not named"}, {Value: "own", Label: "Let in, with its own rights"}, {Value: "here", Label: "Let in, with rights set here", Chosen: true}}
	p := channel.EditorProps{
		PortalProps: portal("signals", layout.PlaceChannels), ID: id(3), Name: "signals", About: "Setups of the week", Private: true, Archived: true, URL: "https://example.com",
		Kinds: []form.Option{{Value: "open", Label: "Open", Hint: "Everybody who sees it talks."}, {Value: "announcement", Label: "Announcements", Chosen: true}}, Categories: choices("None", "Trading"), Slow: choices("Off", "One message every 30 s"),
		Access: []channel.Access{
			{RoleID: id(1), Title: "Mentor", Tint: "teal", Modes: modes, Rights: []form.Option{{Value: "post_messages", Label: "Post messages", Chosen: true}, {Value: "pinable", Label: "Pin messages"}}},
			{RoleID: id(2), Title: hostile, Tint: hostile, Modes: modes[:2]},
		},
		SpeakerRoles: choices("Mentor", "Guest"), Speakers: "sofia, mei", RequestRoles: choices("@all", "Mentor"),
		Topics: []channel.Topic{{Title: "How do you size positions?", At: ago("3 min ago")}, {Title: hostile, Closed: true, At: ago("2 days ago")}},
	}
	p.Crumbs = []ui.Link{{Label: "Channels", Href: link.Channels}, {Label: "signals"}}
	return p
}

func channelRequests() channel.RequestsProps {
	p := channel.RequestsProps{PortalProps: portal("Access requests", layout.PlaceRequests), Status: "requested", Waiting: 2, Pagination: ui.PaginationProps{Page: 1, Size: 25, Total: 2, Path: link.Requests, Noun: "requests"}, Rows: []channel.Request{
		{ID: id(1), Member: "sofia", MemberID: id(1), Channel: "signals", ChannelID: id(3), Note: "I trade the same setups.", At: ago("3 min ago"), Roles: choices("Mentor", "VIP")},
		{ID: id(2), Member: hostile, MemberID: id(2), Channel: hostile, ChannelID: id(4), At: ago("2 h ago")},
	}}
	p.Requests = 2
	return p
}
