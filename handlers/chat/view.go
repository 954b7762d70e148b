package chat

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/chat"
	"laurel/handlers/web"
)

// together is how long an author's messages count as one talk.
const together = 5 * time.Minute

// messages are the rows of a conversation, oldest first.
func (t *view) messages(list []api.Message) ([]page.Message, error) {
	out := make([]page.Message, 0, len(list))
	known := map[string]api.Message{}
	for _, m := range list {
		known[m.ID] = m
		t.revision = max(t.revision, m.Revision)
	}
	isFresh := false
	var before api.Message
	for i, m := range list {
		shown := t.message(m)
		if err := t.quote(m, known, &shown); err != nil {
			return nil, err
		}
		isNewDay := i == 0 || out[i-1].Day != shown.Day
		if !isNewDay {
			shown.DayName = ""
		}
		if !isFresh && t.isNewest && t.ch.ReadSeq > 0 && m.Number > t.ch.ReadSeq && !shown.Mine {
			isFresh, shown.Unread = true, true
		}
		shown.Joined = !isNewDay && !shown.Unread && shown.Quote == nil && goesOn(before, m)
		out, before = append(out, shown), m
	}
	return out, nil
}

func goesOn(before, m api.Message) bool {
	return before.User.UserID == m.User.UserID && before.Kind == m.Kind && m.Timestamp.Sub(before.Timestamp.Time) < together && m.PinnedAt == nil
}

// message is one message with what the reader can do with it.
func (t *view) message(m api.Message) page.Message {
	out := plain(t.v, m)
	out.Act = t.shown.Path + "/act"
	if t.ch.IsArchived {
		out.Act = ""
	}
	if out.Alert {
		return out
	}
	if t.thread == "" {
		out.Thread = t.shown.Path + "?thread=" + root(m)
	}
	out.Acts, out.Picker = t.acts(m, out.Mine), t.v.Query("react") == m.ID
	return out
}

func root(m api.Message) string {
	if m.RootID != "" {
		return m.RootID
	}
	return m.ID
}

// plain is a message as everybody sees it.
func plain(v *web.Visit, m api.Message) page.Message {
	at := m.Timestamp.In(v.Zone())
	out := page.Message{
		ID: m.ID, Number: m.Number, Author: m.User.UserID, Username: m.User.Username, Name: author(m), Image: m.User.Avatar, When: v.Moment(m.Timestamp),
		Day: at.Format(time.DateOnly), DayName: day(at, v.Now.In(v.Zone())), Parts: m.Parts, Images: pictures(m.Images), Reactions: m.Reactions,
		Edited: m.EditedAt != nil, Pinned: m.PinnedAt != nil, Alert: m.Kind == "alert", Mine: m.User.UserID == v.Me.ID, Gone: m.DeletedAt != nil, Replies: m.Replies,
		Calls: slices.ContainsFunc(m.Parts, func(p api.MessagePart) bool { return p.Type == "user" && p.UserID == v.Me.ID }),
	}
	out.When.Text = at.Format("15:04")
	return out
}

func author(m api.Message) string {
	switch {
	case m.Kind == "alert":
		return "Moderation"
	case m.User.DisplayName != "":
		return m.User.DisplayName
	case m.User.Username != "":
		return m.User.Username
	}
	return "Former member"
}

// pictures are served by this site, whatever its address is called from.
func pictures(list []api.MessageImage) []api.MessageImage {
	out := slices.Clone(list)
	for i := range out {
		if u, err := url.Parse(out[i].URL); err == nil {
			out[i].URL = u.Path
		}
	}
	return out
}

func day(at, now time.Time) string {
	switch at.Format(time.DateOnly) {
	case now.Format(time.DateOnly):
		return "Today"
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		return "Yesterday"
	}
	if at.Year() == now.Year() {
		return at.Format("Monday, 2 January")
	}
	return at.Format("2 January 2006")
}

// acts are what the reader can do with a message.
func (t *view) acts(m api.Message, isMine bool) []page.Act {
	part := url.Values{}
	if t.topic != "" {
		part.Set("topic", t.topic)
	}
	if t.thread != "" {
		part.Set("thread", t.thread)
	}
	to := func(name, anchor string) string {
		part.Set(name, m.ID)
		defer part.Del(name)
		return t.shown.Path + "?" + part.Encode() + anchor
	}
	var out []page.Act
	may := t.ch.May
	canWrite := may.Post && t.shown.Silent == ""
	if may.React {
		out = append(out, page.Act{Name: "react", Label: "React", Icon: "smile-plus", Href: to("react", "#m-"+m.ID)})
	}
	if canWrite {
		out = append(out, page.Act{Name: "reply", Label: "Reply", Icon: "reply", Href: to("reply", "#compose")})
	}
	if canWrite && isMine {
		out = append(out, page.Act{Name: "edit", Label: "Edit", Icon: "pencil", Href: to("edit", "#compose")})
	}
	if may.Pin {
		pin := page.Act{Name: "pin", Label: "Pin", Icon: "pin", Href: "1"}
		if m.PinnedAt != nil {
			pin.Label, pin.Href = "Unpin", "0"
		}
		out = append(out, pin)
	}
	if t.v.IsTeam() && !isMine {
		out = append(out, page.Act{Name: "member", Label: "Open the member in the portal", Icon: "shield", Href: link.Member(m.User.UserID)})
	}
	if may.Moderate || (isMine && may.DeleteOwn) {
		out = append(out, page.Act{Name: "delete", Label: "Delete", Icon: "trash-2", Href: to("delete", "")})
	}
	return out
}

// quote shows what a reply answers, above it; a thread needs none for its root.
func (t *view) quote(m api.Message, known map[string]api.Message, into *page.Message) error {
	if m.ParentID == "" || m.ParentID == t.thread {
		return nil
	}
	parent, ok := known[m.ParentID]
	if !ok {
		var err error
		parent, err = t.v.API.Messages().Get(t.v.Ctx(), m.ParentID)
		if api.IsKind(err, api.NotFound) {
			into.Quote = &page.Quote{Name: "", Text: "A message that was deleted", Href: into.Thread}
			return nil
		}
		if err != nil {
			return err
		}
		known[parent.ID] = parent
	}
	href := "#m-" + parent.ID
	if !ok {
		href = into.Thread
	}
	into.Quote = &page.Quote{Name: author(parent), Text: excerpt(parent), Href: href}
	return nil
}

// excerpt is a message in a few words.
func excerpt(m api.Message) string {
	text := strings.Join(strings.Fields(m.Message), " ")
	if text == "" && len(m.Images) > 0 {
		return "a picture"
	}
	if r := []rune(text); len(r) > 90 {
		return strings.TrimSpace(string(r[:90])) + "…"
	}
	return text
}

// results are messages of several channels, each leading to its place.
func results(v *web.Visit, channels []api.MyChannel, list []api.Message) []page.Message {
	out := make([]page.Message, 0, len(list))
	for _, m := range list {
		shown := plain(v, m)
		shown.DayName, shown.When = "", v.Moment(m.Timestamp)
		shown.Channel, shown.Where = m.Channel.Name, place(m)
		if slices.ContainsFunc(channels, func(ch api.MyChannel) bool { return ch.ID == m.Channel.ChannelID }) {
			out = append(out, shown)
		}
	}
	return out
}

// place is a message within its conversation, with some after it.
func place(m api.Message) string {
	q := url.Values{"cursor": {strconv.FormatInt(m.Number+20, 10)}}
	if m.TopicID != "" {
		q.Set("topic", m.TopicID)
	}
	return link.Channel(m.Channel.ChannelID) + "?" + q.Encode() + "#m-" + m.ID
}
