package gallery

import (
	"laurel/api"
	"laurel/components/layout"
	"laurel/components/page/moderation"
	"laurel/components/ui"
)

func moderationStates() []State {
	const g = "page/moderation"
	shell := portal("Moderation", layout.PlaceModerate)
	log := moderation.LogProps{PortalProps: shell, Kinds: choices("Everything", "Deleted"), Channels: choices("All channels", "general"), User: hostile, Filtered: true, Older: "?cursor=1", Rows: []moderation.Entry{
		{Kind: ui.BadgeProps{Text: "Not let through", Tone: ui.Warn}, Author: "sofia", Href: "/portal/members/1", Channel: "general", Before: "what a darn day", Reason: "darn", IsFilter: true, At: ago("3 min ago")},
		{Kind: ui.BadgeProps{Text: "Deleted", Tone: ui.Bad}, Author: hostile, Href: "/portal/members/2", Channel: hostile, Actor: "Ana Oliveira", Before: hostile, Reason: hostile, At: ago("1 h ago")},
		{Kind: ui.BadgeProps{Text: "Edited"}, Actor: arabic, Before: "صباح", After: "صباح الخير", At: ago("2 days ago")},
	}}
	messages := moderation.MessagesProps{PortalProps: shell, Channels: choices("All channels", "general"), Back: "/portal/moderation/messages?q=x", Older: "?cursor=1", Rows: []moderation.Message{
		{ID: id(1), Name: "Sofía Reyes", Href: "/portal/members/1", Channel: "general", Where: "/channels/2?cursor=21", Text: "Good morning\nall", At: ago("3 min ago"), Images: []api.MessageImage{{Name: "chart.png", URL: "/v1/media/1/2.png", Width: 640, Height: 360}}},
		{ID: id(2), Name: hostile, Channel: hostile, Where: "/channels/3", Text: longest() + hostile, At: ago("1 h ago")},
	}}
	words := moderation.WordsProps{PortalProps: shell, Profanity: true, BuiltIn: []string{"darn", "heck"}, Added: "drat", Excluded: "heck", WarnProfan: "Please keep it friendly.", Banned: "rival\nother rival", WarnBanned: "No rivals here.", Alert: "refund", Channels: choices("team", "general"), MaxLength: "4000"}
	refused := words
	refused.Fault, refused.Errors, refused.Banned = "It was not saved.", map[string]string{"banned": "Must be a word or phrase.", "length": "Must be a whole number."}, hostile
	given := moderation.PenaltiesProps{PortalProps: shell, User: hostile, Rows: []moderation.Penalty{
		{ID: id(1), Kind: ui.BadgeProps{Text: "Warning", Tone: ui.Warn}, Member: "sofia", Href: "/portal/members/1", Reason: "Please keep to the topic.", By: "Ana Oliveira", At: ago("3 min ago")},
		{ID: id(2), Kind: ui.BadgeProps{Text: "Suspension", Tone: ui.Bad}, State: ui.BadgeProps{Text: "In force", Tone: ui.Bad, Dot: true}, Member: hostile, Href: "/portal/members/2", Reason: longest() + hostile, By: arabic, At: ago("1 h ago"), Ends: ago("in 3 days"), Standing: true, CanMove: true},
		{ID: id(3), Kind: ui.BadgeProps{Text: "Ban", Tone: ui.Bad}, State: ui.BadgeProps{Text: "Lifted"}, Member: "rui", Href: "/portal/members/3", Reason: "Spam", By: "Ana Oliveira", At: ago("3 days ago"), Lifted: ago("2 days ago"), Why: hostile},
	}, Give: moderation.PenaltyForm{Kinds: choices("Warning", "Suspension")}}
	return []State{
		whole(g, "penalties", moderation.Penalties(given)),
		whole(g, "penalties-refused", moderation.Penalties(moderation.PenaltiesProps{PortalProps: shell, Give: moderation.PenaltyForm{Open: true, User: "nobody", Kinds: choices("Warning", "Suspension"), Days: "0", Reason: hostile, Fault: "It was not given.", Errors: map[string]string{"user": "Nobody here is called that.", "days": "Type how many days, from 1 to 3650."}}})),
		whole(g, "log", moderation.Log(log)),
		whole(g, "log-empty", moderation.Log(moderation.LogProps{PortalProps: shell, User: "nobody", Fault: "Nobody here is called that."})),
		whole(g, "messages", moderation.Messages(messages)),
		whole(g, "messages-empty", moderation.Messages(moderation.MessagesProps{PortalProps: shell, Query: hostile, Filtered: true})),
		whole(g, "words", moderation.Words(words)),
		whole(g, "words-refused", moderation.Words(refused)),
	}
}
