package chat

import (
	"net/http"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/link"
	page "laurel/components/page/chat"
	"laurel/handlers/web"
)

// maxTopics is how many topics a forum shows, newest first.
const maxTopics = 40

// forum lists the topics with how much was said in them.
func (t *view) forum() error {
	f := &page.Forum{Path: t.shown.Path, Write: t.ch.May.Post}
	t.shown.Forum = f
	topics, err := t.v.API.Channels().Topics(t.v.Ctx(), t.ch.ID)
	if err != nil {
		return err
	}
	for _, o := range topics[:min(len(topics), maxTopics)] {
		row := page.Topic{Title: o.Title, Href: t.shown.Path + "?topic=" + o.ID, Closed: o.IsClosed, When: t.v.Moment(o.CreatedAt)}
		last, err := t.v.API.Messages().List(t.v.Ctx(), apiclient.MessageQuery{ChannelID: t.ch.ID, TopicID: o.ID, Count: 1})
		if err != nil {
			return err
		}
		row.Messages = last.Total
		if len(last.Messages) > 0 {
			row.Last, row.When = author(last.Messages[0]), t.v.Moment(last.Messages[0].Timestamp)
		}
		f.Topics = append(f.Topics, row)
	}
	return nil
}

// OpenTopic opens a topic with its first message.
func OpenTopic(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	id := v.Param("id")
	if f.Text("message") == "" {
		return topicRefused(v, f, id, "Write the first message too.")
	}
	topic, err := v.API.Channels().OpenTopic(v.Ctx(), id, api.NewTopic{Title: f.Text("title")})
	if err != nil {
		if why, ok := reason(err); ok {
			return topicRefused(v, f, id, why)
		}
		return err
	}
	_, err = v.API.Messages().Send(v.Ctx(), api.SendMessage{ChannelID: id, Message: f.Raw("message"), ForumTopicID: topic.ID})
	if why, ok := reason(err); ok {
		v.Sorry("The topic is open, but its first message was not taken: " + why)
		err = nil
	}
	if err != nil {
		return err
	}
	return v.Go(link.Channel(id) + "?topic=" + topic.ID)
}

func topicRefused(v *web.Visit, f *web.Form, id, why string) error {
	return show(v, id, http.StatusUnprocessableEntity, func(c *page.Conversation) {
		if c.Forum != nil {
			c.Forum.Title, c.Forum.Draft, c.Forum.Fault = f.Text("title"), f.Raw("message"), why
		}
	})
}
