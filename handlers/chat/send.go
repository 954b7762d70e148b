package chat

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/chat"
	"laurel/handlers/web"
)

const (
	maxPictures = 4
	maxUpload   = maxPictures*(8<<20) + 1<<20 // bytes: what the API takes, and the form around it
)

// Send posts what the composer holds: a message, an answer, or a change. A
// refused one comes back with the reason. Scripts get the message alone.
func Send(v *web.Visit) error {
	f, err := v.Upload(maxUpload)
	if err != nil {
		return err
	}
	id, err := deliver(v, f)
	if why, ok := reason(err); ok {
		return refused(v, f, why)
	}
	if err != nil {
		return err
	}
	if v.IsScript() {
		return fresh(v, f, id)
	}
	return v.Go(link.Channel(v.Param("id")) + part(f) + "#m-" + id)
}

// part is the query of the topic or thread that the form stands in.
func part(f *web.Form) string {
	q := url.Values{}
	for _, name := range []string{"topic", "thread"} {
		if f.Text(name) != "" {
			q.Set(name, f.Text(name))
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// deliver says it to the API, and gives the message's id.
func deliver(v *web.Visit, f *web.Form) (string, error) {
	m, body := v.API.Messages(), f.Raw("message")
	if id := f.Text("edit"); id != "" {
		_, err := m.Edit(v.Ctx(), id, body)
		return id, err
	}
	images, err := pictured(v)
	if err != nil {
		return "", err
	}
	var sent api.SentMessage
	answers := f.Text("reply")
	if answers == "" {
		answers = f.Text("thread")
	}
	if answers != "" {
		sent, err = m.Reply(v.Ctx(), api.ReplyMessage{MessageID: answers, Message: body, Images: images})
	} else {
		sent, err = m.Send(v.Ctx(), api.SendMessage{ChannelID: v.Param("id"), Message: body, ForumTopicID: f.Text("topic"), Images: images})
	}
	return sent.ID, err
}

// pictured uploads the form's pictures and gives their ids.
func pictured(v *web.Visit) ([]string, error) {
	files, err := v.Files("images")
	if err != nil {
		return nil, err
	}
	if len(files) > maxPictures {
		return nil, api.InvalidField("images", "must be at most 4 pictures")
	}
	var ids []string
	for _, f := range files {
		kept, err := v.API.Messages().Upload(v.Ctx(), f.Name, bytes.NewReader(f.Content))
		if err != nil {
			return nil, err
		}
		for _, k := range kept {
			ids = append(ids, k.ID)
		}
	}
	return ids, nil
}

// refused shows the channel again with what was typed.
func refused(v *web.Visit, f *web.Form, why string) error {
	if v.IsScript() {
		return v.Render(http.StatusUnprocessableEntity, page.Refusal(why))
	}
	return show(v, v.Param("id"), http.StatusUnprocessableEntity, func(c *page.Conversation) {
		if c.Compose != nil {
			c.Compose.Draft, c.Compose.Fault, c.Compose.Ready = f.Raw("message"), why, true
			c.Compose.Reply, c.Compose.Edit = f.Text("reply"), f.Text("edit")
		}
	})
}

// reason is what the writer is told; false for errors that have a page of their own.
func reason(err error) (string, bool) {
	for _, kind := range []api.Kind{api.Invalid, api.Conflict, api.RateLimited, api.Forbidden, api.TooLarge} {
		if api.IsKind(err, kind) {
			return sentence(err), true
		}
	}
	return "", false
}

func isCode(err error, code string) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Code == code
}

// sentence is an error in the words for who wrote: a general one is told by
// what is wrong with its field.
func sentence(err error) string {
	var e *api.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if len(e.Fields) == 1 && e.Code == "invalid_"+e.Fields[0].Field {
		return web.Sentence("the " + e.Fields[0].Field + " " + e.Fields[0].Message)
	}
	return e.Message
}

// fresh is the message as it now stands, for scripts.
func fresh(v *web.Visit, f *web.Form, id string) error {
	m, err := v.API.Messages().Get(v.Ctx(), id)
	if err != nil {
		return err
	}
	ch, err := channel(v, v.Param("id"))
	if err != nil {
		return err
	}
	t := viewOf(v, ch)
	t.topic, t.thread = f.Text("topic"), f.Text("thread")
	list, err := t.messages([]api.Message{m})
	if err != nil {
		return err
	}
	list[0].Unread = false
	return v.Page(page.Entry(list[0]))
}
