// Package moderation holds the portal's handlers of what members write: the
// log, the newest messages, and the words that are watched.
package moderation

import (
	"slices"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/moderation"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// pageSize is how many lines and messages a page shows.
const pageSize = 50

// Log is what was edited, deleted or not let through.
func Log(v *web.Visit) error {
	channels, err := v.API.Channels().List(v.Ctx())
	if err != nil {
		return err
	}
	filters := v.Filters("kind", "channel", "user")
	p := page.LogProps{PortalProps: v.Portal("Moderation", layout.PlaceModerate), User: v.Query("user"), Filtered: len(filters) > 0,
		Channels: web.Choices(named(channels), v.Query("channel")), Kinds: web.Choices(kinds(), v.Query("kind"))}
	log, err := v.API.Messages().Log(v.Ctx(), apiclient.LogQuery{Kind: known(v.Query("kind")), ChannelID: v.Query("channel"), UserID: p.User, Cursor: v.Query("cursor"), Count: pageSize})
	if p.User != "" && api.IsKind(err, api.NotFound) {
		p.Fault, err = "Nobody here is called that.", nil
	}
	if err != nil {
		return err
	}
	for _, e := range log.Entries {
		p.Rows = append(p.Rows, line(v, e, channels))
	}
	if log.NextCursor != "" {
		filters.Set("cursor", log.NextCursor)
		p.Older = link.Moderation + "?" + filters.Encode()
	}
	return v.Page(page.Log(p))
}

func kinds() []ui.Pair {
	return []ui.Pair{{Value: "Everything"}, {Name: "blocked", Value: "Not let through"}, {Name: "deleted", Value: "Deleted"}, {Name: "edited", Value: "Edited"}}
}

// known is a kind of the log; what the address makes up is none.
func known(kind string) string {
	if slices.ContainsFunc(kinds(), func(p ui.Pair) bool { return p.Name == kind }) {
		return kind
	}
	return ""
}

func named(channels []api.Channel) []ui.Pair {
	out := []ui.Pair{{Value: "All channels"}}
	for _, c := range channels {
		if c.Type != api.ChannelChart && c.Type != api.ChannelIframe {
			out = append(out, ui.Pair{Name: c.ID, Value: c.Topic})
		}
	}
	return out
}

func line(v *web.Visit, e api.ModerationEntry, channels []api.Channel) page.Entry {
	out := page.Entry{Author: e.Author, Actor: e.Actor, Before: e.Before, After: e.After, Reason: e.Reason, IsFilter: e.Kind == "blocked", At: v.Moment(e.CreatedAt)}
	if e.Author != "" {
		out.Href = link.Member(e.AuthorID)
	}
	if at := slices.IndexFunc(channels, func(c api.Channel) bool { return c.ID == e.ChannelID }); at >= 0 {
		out.Channel = channels[at].Topic
	}
	switch e.Kind {
	case "blocked":
		out.Kind = ui.BadgeProps{Text: "Not let through", Tone: ui.Warn}
	case "deleted":
		out.Kind = ui.BadgeProps{Text: "Deleted", Tone: ui.Bad}
	default:
		out.Kind = ui.BadgeProps{Text: "Edited"}
	}
	return out
}
