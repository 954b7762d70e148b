package chat

import (
	"net/url"
	"slices"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	page "laurel/components/page/chat"
	"laurel/handlers/web"
)

// icons are the signs of the kinds of channels.
var icons = map[api.ChannelType]string{
	api.ChannelAnnouncement: "megaphone", api.ChannelWhisper: "eye-off", api.ChannelForum: "messages-square",
	api.ChannelDirect: "user", api.ChannelIframe: "globe",
}

func icon(ch api.Channel) string {
	switch {
	case ch.IsArchived:
		return "archive"
	case icons[ch.Type] != "":
		return icons[ch.Type]
	case ch.IsPrivate:
		return "lock"
	}
	return "hash"
}

// groups puts the channels under their categories, in the categories' order;
// those without one come first.
func groups(list []api.MyChannel, categories []api.Category, open string) []page.Group {
	byID := map[string]int{"": 0}
	out := []page.Group{{}}
	for _, c := range categories {
		byID[c.ID] = len(out)
		out = append(out, page.Group{Name: c.Name})
	}
	for _, ch := range list {
		at := byID[ch.CategoryID] // 0 for a category that is not shown
		out[at].Rooms = append(out[at].Rooms, page.Room{
			Name: ch.Topic, Href: link.Channel(ch.ID), Icon: icon(ch.Channel), Unread: ch.Unread, Muted: ch.IsMuted, Current: ch.ID == open,
		})
	}
	return slices.DeleteFunc(out, func(g page.Group) bool { return len(g.Rooms) == 0 })
}

// readNow takes the number off the channel that is open.
func readNow(groups []page.Group) []page.Group {
	for _, g := range groups {
		for i := range g.Rooms {
			if g.Rooms[i].Current {
				g.Rooms[i].Unread = 0
			}
		}
	}
	return groups
}

// closed are the private channels that the reader may ask to enter.
func closed(v *web.Visit, open string) ([]page.Room, error) {
	list, err := v.API.MyChannels().Requestable(v.Ctx())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	states, err := wishes(v)
	if err != nil {
		return nil, err
	}
	out := make([]page.Room, 0, len(list))
	for _, ch := range list {
		r := page.Room{Name: ch.Topic, Href: link.Channel(ch.ID), Icon: "lock", Current: ch.ID == open}
		if states[ch.ID].Status == "requested" {
			r.Note = "asked"
		}
		out = append(out, r)
	}
	return out, nil
}

// wishes are the reader's newest access requests by channel.
func wishes(v *web.Visit) (map[string]api.AccessRequest, error) {
	mine, err := v.API.MyChannels().Requests(v.Ctx(), apiclient.RequestQuery{Paging: apiclient.Paging{Limit: 100}})
	out := map[string]api.AccessRequest{}
	for _, r := range mine.Items {
		if _, known := out[r.ChannelID]; !known {
			out[r.ChannelID] = r
		}
	}
	return out, err
}

// frame is a channel that shows a page of somebody else: our pages frame
// nobody, so it opens beside them.
func frame(ch api.Channel) *page.Framed {
	f := &page.Framed{Name: ch.Topic, Text: ch.Description, Href: ch.URL}
	if u, err := url.Parse(ch.URL); err == nil {
		f.Host = u.Host
	}
	return f
}

// stand is the page before a channel that is not open to the reader.
func stand(v *web.Visit, p page.Props, id string, status int) error {
	a, err := before(v, id)
	if err != nil {
		return err
	}
	p.Title, p.Ask = a.Name, a
	return v.Render(status, page.Page(p))
}

func before(v *web.Visit, id string) (*page.Ask, error) {
	list, err := v.API.MyChannels().Requestable(v.Ctx())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list, func(ch api.Channel) bool { return ch.ID == id })
	if at < 0 {
		return nil, errHidden
	}
	states, err := wishes(v)
	if err != nil {
		return nil, err
	}
	wish := states[id]
	return &page.Ask{Name: list[at].Topic, Text: list[at].Description, Path: link.Channel(id), State: wish.Status, Reason: wish.Reason, When: v.Moment(wish.CreatedAt)}, nil
}

// Ask asks to be let into a private channel.
func Ask(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	id := v.Param("id")
	_, err = v.API.MyChannels().Ask(v.Ctx(), id, f.Text("note"))
	if f.Take(err, nil) {
		p, _, failed := lists(v, id)
		if failed != nil {
			return failed
		}
		a, failed := before(v, id)
		if failed != nil {
			return failed
		}
		a.Note, a.Fault = f.Text("note"), f.Fault+f.Errors["note"]
		p.Title, p.Ask = a.Name, a
		return v.Render(f.Status(err), page.Page(p))
	}
	if err != nil {
		return err
	}
	v.Done("The team has your request.")
	return v.Go(link.Channel(id))
}
