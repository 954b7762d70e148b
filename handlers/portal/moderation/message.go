package moderation

import (
	"net/url"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/moderation"
	"laurel/handlers/web"
)

// Messages is what was written lately, by channel, member or words.
func Messages(v *web.Visit) error {
	channels, err := v.API.Channels().List(v.Ctx())
	if err != nil {
		return err
	}
	filters := v.Filters("q", "channel", "user")
	p := page.MessagesProps{PortalProps: v.Portal("Moderation", layout.PlaceModerate), User: v.Query("user"), Query: v.Query("q"), Filtered: len(filters) > 0,
		Channels: web.Choices(named(channels), v.Query("channel")), Back: v.Request().URL.RequestURI()}
	list, err := messages(v)
	switch {
	case p.User != "" && p.Query != "":
		p.Fault = "Words are searched in everybody's messages: the member is left out."
	case p.User != "" && api.IsKind(err, api.NotFound):
		p.Fault, err = "Nobody here is called that.", nil
	}
	if err != nil {
		return err
	}
	for _, m := range list.Messages {
		p.Rows = append(p.Rows, row(v, m))
	}
	if list.NextCursor != "" {
		filters.Set("cursor", list.NextCursor)
		p.Older = link.ModMessages + "?" + filters.Encode()
	}
	return v.Page(page.Messages(p))
}

func messages(v *web.Visit) (api.Messages, error) {
	if q := v.Query("q"); q != "" {
		return v.API.Messages().Search(v.Ctx(), q, v.Query("channel"), v.Query("cursor"), pageSize)
	}
	return v.API.Messages().List(v.Ctx(), apiclient.MessageQuery{ChannelID: v.Query("channel"), UserID: v.Query("user"), Cursor: v.Query("cursor"), Count: pageSize})
}

func row(v *web.Visit, m api.Message) page.Message {
	out := page.Message{ID: m.ID, Name: m.User.DisplayName, Image: m.User.Avatar, Channel: m.Channel.Name, Text: m.Message, Images: m.Images, At: v.Moment(m.Timestamp),
		Where: link.Channel(m.Channel.ChannelID) + "?cursor=" + strconv.FormatInt(m.Number+20, 10) + "#m-" + m.ID}
	if m.TopicID != "" {
		out.Where = strings.Replace(out.Where, "?", "?topic="+m.TopicID+"&", 1)
	}
	for i := range out.Images {
		if u, err := url.Parse(out.Images[i].URL); err == nil {
			out.Images[i].URL = u.Path
		}
	}
	switch {
	case m.Kind == "alert":
		out.Name, out.Alert = "Moderation", true
	case out.Name == "":
		out.Name = m.User.Username
	}
	if m.User.Username != "" {
		out.Href = link.Member(m.User.UserID)
	}
	return out
}

// Delete removes a message with its reason.
func Delete(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := v.API.Messages().Delete(v.Ctx(), f.Text("message"), f.Text("reason")); err != nil {
		return err
	}
	v.Done("The message is deleted; its text is in the log.")
	if next := f.Text("next"); strings.HasPrefix(next, link.ModMessages) {
		return v.Go(next)
	}
	return v.Go(link.ModMessages)
}
