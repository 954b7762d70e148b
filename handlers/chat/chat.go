// Package chat holds the handlers of the pages on which members talk.
package chat

import (
	"net/http"
	"slices"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/chat"
	"laurel/handlers/web"
)

// pageSize is how many messages a page shows.
const pageSize = 50

var errHidden = api.NewError(api.NotFound, "channel_not_found", "There is no such channel, or it is not open to you.")

// First is the list of channels, beside it the newest messages of all, or what
// ?q= finds in them.
func First(v *web.Visit) error {
	p, list, err := lists(v, "")
	if err != nil {
		return err
	}
	p.Found.Query = v.Query("q")
	var found api.Messages
	if p.Found.Query != "" {
		found, err = v.API.Messages().Search(v.Ctx(), p.Found.Query, "", v.Query("cursor"), pageSize)
	} else {
		found, err = v.API.Messages().List(v.Ctx(), apiclient.MessageQuery{Cursor: v.Query("cursor"), Count: 20})
	}
	if err != nil {
		return err
	}
	p.Found.Messages = results(v, list, found.Messages)
	if found.NextCursor != "" {
		q := v.Filters("q")
		q.Set("cursor", found.NextCursor)
		p.Found.Older = link.Talk + "?" + q.Encode()
	}
	return v.Page(page.Page(p))
}

// lists is the page with its channels, and the channels themselves.
func lists(v *web.Visit, open string) (page.Props, []api.MyChannel, error) {
	p := page.Props{MemberProps: v.Member("Channels", layout.PlaceTalk)}
	p.Script = "chat.js"
	list, err := v.API.MyChannels().List(v.Ctx())
	if err != nil {
		return p, nil, err
	}
	list = slices.DeleteFunc(list, func(ch api.MyChannel) bool { return ch.Type == api.ChannelChart })
	categories, err := v.API.Channels().Categories(v.Ctx())
	if err != nil {
		return p, nil, err
	}
	p.Groups = groups(list, categories, open)
	p.Closed, err = closed(v, open)
	return p, list, err
}

// Show is one channel: its newest messages, older ones by ?cursor=, a thread
// by ?thread=, results by ?q=, what is pinned by ?pinned=, a forum's topic by
// ?topic=; ?reply= and ?edit= name what the composer is for.
func Show(v *web.Visit) error {
	id := v.Param("id")
	if v.IsScript() && v.Query("cursor") == "" {
		t, err := talk(v, id)
		if err != nil {
			return err
		}
		if t.shown.Compose == nil {
			return errHidden
		}
		return v.Page(page.Composer(*t.shown.Compose))
	}
	if v.IsScript() {
		t, err := talk(v, id)
		if err != nil {
			return err
		}
		return v.Page(page.Past(t.shown))
	}
	return show(v, id, http.StatusOK, nil)
}

// show renders a channel; change may put back what was typed.
func show(v *web.Visit, id string, status int, change func(*page.Conversation)) error {
	p, list, err := lists(v, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(ch api.MyChannel) bool { return ch.ID == id })
	if at < 0 {
		return stand(v, p, id, status)
	}
	p.Title = list[at].Topic
	if list[at].Type == api.ChannelIframe {
		p.Page = frame(list[at].Channel)
		return v.Render(status, page.Page(p))
	}
	t, err := open(v, list[at])
	if err != nil {
		return err
	}
	if t.isNewest {
		if _, err := v.API.MyChannels().Read(v.Ctx(), id, 0); err != nil {
			return err
		}
		list[at].Unread = 0
		p.Groups = readNow(p.Groups)
	}
	if change != nil {
		change(&t.shown)
	}
	p.Talk = &t.shown
	return v.Render(status, page.Page(p))
}

// Mute mutes the channel for the reader, or unmutes it.
func Mute(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if _, err := v.API.MyChannels().Mute(v.Ctx(), v.Param("id"), f.On("muted")); err != nil {
		return err
	}
	if f.On("muted") {
		v.Done("The channel is muted: it no longer counts as unread.")
	} else {
		v.Done("The channel is no longer muted.")
	}
	return v.Go(link.Channel(v.Param("id")))
}
