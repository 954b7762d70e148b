package chat

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	page "laurel/components/page/chat"
	"laurel/handlers/web"
)

// view is a conversation on its way to the page.
type view struct {
	v        *web.Visit
	ch       api.MyChannel
	topic    string
	thread   string
	isNewest bool
	revision int64
	shown    page.Conversation
}

// talk opens the channel with the id.
func talk(v *web.Visit, id string) (*view, error) {
	ch, err := channel(v, id)
	if err != nil {
		return nil, err
	}
	return open(v, ch)
}

func channel(v *web.Visit, id string) (api.MyChannel, error) {
	list, err := v.API.MyChannels().List(v.Ctx())
	if err != nil {
		return api.MyChannel{}, err
	}
	at := slices.IndexFunc(list, func(ch api.MyChannel) bool { return ch.ID == id })
	if at < 0 || list[at].Type == api.ChannelChart || list[at].Type == api.ChannelIframe {
		return api.MyChannel{}, errHidden
	}
	return list[at], nil
}

// viewOf is the channel as the address asks for it, without its messages.
func viewOf(v *web.Visit, ch api.MyChannel) *view {
	t := &view{v: v, ch: ch, topic: v.Query("topic"), thread: v.Query("thread")}
	if ch.Type != api.ChannelForum {
		t.topic = ""
	}
	t.shown = page.Conversation{Name: ch.Topic, Text: ch.Description, Icon: icon(ch.Channel), Path: link.Channel(ch.ID), Query: v.Query("q"),
		Muted: ch.IsMuted, Archived: ch.IsArchived, Private: t.private()}
	return t
}

// open reads what the address asks for.
func open(v *web.Visit, ch api.MyChannel) (*view, error) {
	t := viewOf(v, ch)
	if ch.Type == api.ChannelForum && t.topic == "" && t.thread == "" && t.shown.Query == "" && v.Query("pinned") == "" && v.Query("cursor") == "" {
		t.isNewest = true
		return t, t.forum()
	}
	if err := t.read(); err != nil {
		return t, err
	}
	if err := t.name(); err != nil {
		return t, err
	}
	if err := t.asking(); err != nil {
		return t, err
	}
	return t, t.writing()
}

// read fetches the page of messages.
func (t *view) read() error {
	v, m, cursor := t.v, t.v.API.Messages(), t.v.Query("cursor")
	var list api.Messages
	var err error
	switch {
	case t.shown.Query != "":
		list, err = m.Search(v.Ctx(), t.shown.Query, t.ch.ID, cursor, pageSize)
	case t.thread != "":
		list, err = thread(v, t.thread, cursor)
	default:
		list, err = m.List(v.Ctx(), apiclient.MessageQuery{ChannelID: t.ch.ID, TopicID: t.topic, Pinned: v.Query("pinned") != "", Cursor: cursor, Count: pageSize})
	}
	if err != nil {
		return err
	}
	if list.NextCursor != "" {
		q := v.Filters("q", "thread", "topic", "pinned")
		q.Set("cursor", list.NextCursor)
		t.shown.Older = t.shown.Path + "?" + q.Encode()
	}
	t.isNewest = cursor == "" && t.shown.Query == "" && v.Query("pinned") == ""
	if cursor != "" && t.shown.Query == "" {
		t.shown.Newest = t.shown.Path + t.part()
	}
	slices.Reverse(list.Messages)
	t.shown.Messages, err = t.messages(list.Messages)
	if t.isNewest {
		q := v.Filters("topic", "thread")
		q.Set("since", strconv.FormatInt(t.revision, 10))
		t.shown.Stream = t.shown.Path + "/live?" + q.Encode()
	}
	return err
}

// part is the query of the topic or thread that is open.
func (t *view) part() string {
	q := url.Values{}
	if t.topic != "" {
		q.Set("topic", t.topic)
	}
	if t.thread != "" {
		q.Set("thread", t.thread)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// thread is the message that began it with its replies, newest first.
func thread(v *web.Visit, id, cursor string) (api.Messages, error) {
	list, err := v.API.Messages().Thread(v.Ctx(), id, cursor, pageSize)
	if err != nil || list.NextCursor != "" {
		return list, err
	}
	first, err := v.API.Messages().Get(v.Ctx(), id)
	if api.IsKind(err, api.NotFound) { // it was deleted, its replies stay
		return list, nil
	}
	list.Messages = append(list.Messages, first)
	return list, err
}

// name says which part of the channel is shown.
func (t *view) name() error {
	s := &t.shown
	switch {
	case s.Query != "":
		s.Title, s.Back = "Found: "+s.Query, s.Path
	case t.thread != "":
		s.Title, s.Back = "Thread", s.Path
	case t.v.Query("pinned") != "":
		s.Title, s.Back = "Pinned", s.Path
	case t.topic != "":
		topics, err := t.v.API.Channels().Topics(t.v.Ctx(), t.ch.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(topics, func(o api.Topic) bool { return o.ID == t.topic })
		if at < 0 {
			return api.NewError(api.NotFound, "topic_not_found", "There is no such topic.")
		}
		s.Title, s.Back = topics[at].Title, s.Path
		if topics[at].IsClosed {
			s.Silent = "This topic is closed."
		}
	}
	return nil
}

// private says who reads what is written here, when not everybody does.
func (t *view) private() string {
	isWhisper, isDirect := t.ch.Type == api.ChannelWhisper, t.ch.Type == api.ChannelDirect
	switch {
	case (isWhisper || isDirect) && t.ch.May.Hear:
		return "Members see here only what they wrote and what answers them. Choose Reply under a message to answer its writer."
	case isWhisper:
		return "Other members do not see what you write here, only the team does."
	case isDirect:
		return "This is between you and the team: other members do not see it."
	}
	return ""
}

// writing says whether and how the reader can write here.
func (t *view) writing() error {
	s := &t.shown
	switch {
	case t.ch.IsArchived || s.Silent != "" || s.Query != "" || s.Newest != "" || t.v.Query("pinned") != "":
		return nil
	case t.ch.Type == api.ChannelForum && t.topic == "" && t.thread == "":
		return nil
	case !t.ch.May.Post && t.ch.Type == api.ChannelAnnouncement:
		s.Silent = "Only announcers post here. You can read and react."
		return nil
	case !t.ch.May.Post:
		s.Silent = "Your roles let you read here, but not write."
		return nil
	}
	s.Compose = &page.Compose{Path: s.Path, Name: t.ch.Topic, Topic: t.topic, Thread: t.thread, Cancel: s.Path + t.part(), Images: t.ch.May.Attach}
	if t.ch.SlowMode > 0 && !t.ch.May.Moderate {
		s.Compose.Slow = "one message every " + (time.Duration(t.ch.SlowMode) * time.Second).String() + "."
	}
	return t.meant()
}
