package gallery

import (
	"laurel/api"
	"laurel/components/layout"
	"laurel/components/page/chat"
	"laurel/components/ui"
)

func rooms() []chat.Group {
	return []chat.Group{
		{Name: "Community", Rooms: []chat.Room{
			{Name: "announcements", Href: "/channels/1", Icon: "megaphone", Unread: 3}, {Name: "general", Href: "/channels/2", Icon: "hash", Current: true},
			{Name: hostile, Href: "/channels/3", Icon: "messages-square", Unread: 1204}, {Name: arabic, Href: "/channels/4", Icon: "eye-off", Muted: true},
		}},
		{Name: longest(), Rooms: []chat.Room{{Name: longest(), Href: "/channels/5", Icon: "user"}}},
	}
}

func clock(text string) ui.Moment {
	m := ago(text)
	m.Text = text
	return m
}

func said(parts ...api.MessagePart) []api.MessagePart { return parts }

func words(text string) []api.MessagePart { return said(api.MessagePart{Type: "text", Text: text}) }

func spoken() []chat.Message {
	const act = "/channels/2/act"
	acts := []chat.Act{{Name: "react", Label: "React", Icon: "smile-plus", Href: "?react=1"}, {Name: "reply", Label: "Reply", Icon: "reply", Href: "?reply=1"}, {Name: "pin", Label: "Pin", Icon: "pin", Href: "1"}, {Name: "delete", Label: "Delete", Icon: "trash-2", Href: "?delete=1"}}
	return []chat.Message{
		{ID: id(1), Number: 1, Author: id(1), Username: "sofia", Name: "Sofía Reyes", When: clock("14:05"), Day: "2026-11-22", DayName: "Yesterday", Act: act, Acts: acts, Pinned: true, Replies: 2, Thread: "?thread=1", Reactions: []api.Reaction{{Emoji: "👍", Count: 12, Mine: true}, {Emoji: "🔥", Count: 1}}, Parts: said(
			api.MessagePart{Type: "text", Text: "Read "}, api.MessagePart{Type: "link", Text: "https://example.com/x", Href: "https://example.com/x"}, api.MessagePart{Type: "bold", Text: "before"}, api.MessagePart{Type: "italic", Text: " noon, "}, api.MessagePart{Type: "user", Text: "@priya", UserID: id(9)}, api.MessagePart{Type: "code", Text: "risk = 1"})},
		{ID: id(2), Number: 2, Author: id(1), Name: "Sofía Reyes", When: clock("14:06"), Day: "2026-11-22", Joined: true, Act: act, Acts: acts, Edited: true, Parts: words("And two\nlines.")},
		{ID: id(3), Number: 3, Author: id(3), Name: arabic, When: clock("09:00"), Day: "2026-11-23", DayName: "Today", Unread: true, Act: act, Acts: acts, Parts: words("صباح الخير جميعاً"), Quote: &chat.Quote{Name: "Sofía Reyes", Text: "Read this before noon", Href: "#m-1"}},
		{ID: id(4), Number: 4, Author: id(4), Name: hostile, When: clock("09:01"), Day: "2026-11-23", Calls: true, Act: act, Acts: acts, Picker: true, Parts: words(hostile), Images: []api.MessageImage{{Name: "chart.png", URL: "/v1/media/1/2.png", Width: 640, Height: 360}}},
		{ID: id(5), Number: 5, Name: "Moderation", When: clock("09:02"), Day: "2026-11-23", Alert: true, Parts: words("Alert word “refund” by mei in general")},
		{ID: id(6), Number: 6, Author: id(9), Name: "Priya Bhatt", When: clock("09:03"), Day: "2026-11-23", Mine: true, Act: act, Acts: acts, Parts: words(longest())},
	}
}

func chatStates() []State {
	const g = "page/chat"
	page := func(title string, change func(*chat.Props)) chat.Props {
		p := chat.Props{MemberProps: area(title, layout.PlaceTalk), Groups: rooms(), Closed: []chat.Room{{Name: "gold-lounge", Href: "/channels/9", Icon: "lock", Note: "asked"}}}
		change(&p)
		return p
	}
	talk := func(change func(*chat.Conversation)) chat.Props {
		c := chat.Conversation{Name: "general", Text: "Talk about anything.", Icon: "hash", Path: "/channels/2", Stream: "/channels/2/live?since=9", Older: "?cursor=1", Messages: spoken(), Delete: &chat.Delete{Path: "/channels/2"}, Compose: &chat.Compose{Path: "/channels/2", Name: "general", Images: true}}
		change(&c)
		return page("general", func(p *chat.Props) { p.Talk = &c })
	}
	topics := []chat.Topic{{Title: "How do streaks count over midnight?", Href: "?topic=1", Messages: 12, Last: "Mei Okafor", When: ago("3 min ago")}, {Title: hostile, Href: "?topic=2", Closed: true}}
	return []State{
		whole(g, "talk", chat.Page(talk(func(*chat.Conversation) {}))),
		whole(g, "talk-refused", chat.Page(talk(func(c *chat.Conversation) {
			c.Compose.Fault, c.Compose.Draft, c.Compose.Reply, c.Compose.To, c.Compose.Slow = "That word is not allowed here.", hostile, id(1), hostile, "one message every 30s."
		}))),
		whole(g, "talk-edit", chat.Page(talk(func(c *chat.Conversation) {
			c.Compose.Edit, c.Compose.Draft, c.Compose.Topic, c.Title, c.Back = id(6), "As it was", id(7), longest(), "/channels/2"
		}))),
		whole(g, "talk-empty", chat.Page(talk(func(c *chat.Conversation) {
			c.Messages, c.Older, c.Muted, c.Private = nil, "", true, "Only the team sees what you write."
		}))),
		whole(g, "talk-archived", chat.Page(talk(func(c *chat.Conversation) { c.Archived, c.Compose, c.Stream, c.Newest = true, nil, "", "/channels/2" }))),
		whole(g, "talk-silent", chat.Page(talk(func(c *chat.Conversation) { c.Compose, c.Silent = nil, "Only announcers post here." }))),
		whole(g, "talk-delete", chat.Page(talk(func(c *chat.Conversation) {
			c.Delete = &chat.Delete{Path: "/channels/2", ID: id(1), Text: hostile, Open: true}
		}))),
		whole(g, "talk-searched", chat.Page(talk(func(c *chat.Conversation) {
			c.Query, c.Title, c.Back, c.Messages, c.Compose, c.Stream = hostile, "Found: "+hostile, "/channels/2", nil, nil, ""
		}))),
		whole(g, "forum", chat.Page(talk(func(c *chat.Conversation) {
			c.Compose, c.Forum = nil, &chat.Forum{Path: "/channels/2", Topics: topics, Write: true, Fault: "Write the first message too.", Title: hostile}
		}))),
		whole(g, "forum-empty", chat.Page(talk(func(c *chat.Conversation) { c.Compose, c.Forum = nil, &chat.Forum{Path: "/channels/2"} }))),
		whole(g, "ask", chat.Page(page("gold-lounge", func(p *chat.Props) {
			p.Ask = &chat.Ask{Name: "gold-lounge", Text: "For the Gold circle.", Path: "/channels/9", State: "refused", Reason: hostile}
		}))),
		whole(g, "asked", chat.Page(page("gold-lounge", func(p *chat.Props) {
			p.Ask = &chat.Ask{Name: hostile, Path: "/channels/9", State: "requested", When: ago("1 h ago")}
		}))),
		whole(g, "framed", chat.Page(page("calendar", func(p *chat.Props) {
			p.Page = &chat.Framed{Name: "calendar", Text: "Dates of the week.", Href: "https://example.com/", Host: "example.com"}
		}))),
		whole(g, "latest", chat.Page(page("Channels", func(p *chat.Props) {
			p.Found.Messages = []chat.Message{{ID: id(1), Name: "Sofía Reyes", When: ago("3 min ago"), Channel: "general", Where: "/channels/2?cursor=21", Parts: words("Good morning")}}
		}))),
		whole(g, "found-nothing", chat.Page(page("Channels", func(p *chat.Props) { p.Found.Query = hostile }))),
		whole(g, "empty", chat.Page(chat.Props{MemberProps: area("Channels", layout.PlaceTalk)})),
		piece(g, "past", chat.Past(chat.Conversation{Older: "?cursor=2", Messages: spoken()[:2]})),
		piece(g, "entries", chat.Entries([]chat.Message{{ID: id(1), Number: 9, Gone: true}})),
	}
}
