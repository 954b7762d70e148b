package apiclient

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"laurel/api"
)

// Messages reads and writes what members say.
type Messages struct{ c *Client }

// Messages is the group of message calls.
func (c *Client) Messages() Messages { return Messages{c} }

// MessageQuery narrows a list of messages; the zero value asks for the newest 50.
type MessageQuery struct {
	ChannelID string
	UserID    string // id, number, username or email
	Email     string
	TopicID   string
	Cursor    string
	Count     int
	After     int64 // only higher numbers; needs ChannelID
	Pinned    bool
}

func (q MessageQuery) query() url.Values {
	v := values{}.text("channel_id", q.ChannelID).text("user_id", q.UserID).text("email", q.Email).text("forum_topic_id", q.TopicID).
		text("cursor", q.Cursor).number("count", q.Count).number("after", int(q.After)).query()
	if q.Pinned {
		v.Set("pinned", "true")
	}
	return v
}

// List lists messages, newest first.
func (m Messages) List(ctx context.Context, q MessageQuery) (api.Messages, error) {
	return data[api.Messages](ctx, m.c, request{method: "GET", path: "/v1/messages", query: q.query()})
}

// Get reads one message.
func (m Messages) Get(ctx context.Context, id string) (api.Message, error) {
	return data[api.Message](ctx, m.c, request{method: "GET", path: "/v1/messages/" + seg(id)})
}

// Thread lists the replies of a message's thread, newest first.
func (m Messages) Thread(ctx context.Context, id, cursor string, count int) (api.Messages, error) {
	query := values{}.text("cursor", cursor).number("count", count).query()
	return data[api.Messages](ctx, m.c, request{method: "GET", path: "/v1/messages/" + seg(id) + "/thread", query: query})
}

// Search finds messages by their words, in one channel or in all.
func (m Messages) Search(ctx context.Context, q, channelID, cursor string, count int) (api.Messages, error) {
	query := values{}.text("q", q).text("channel_id", channelID).text("cursor", cursor).number("count", count).query()
	return data[api.Messages](ctx, m.c, request{method: "GET", path: "/v1/messages/search", query: query})
}

// Send posts a message. Errors: Invalid message_profane or message_banned_word
// with the community's warning, RateLimited slow_mode, Forbidden.
func (m Messages) Send(ctx context.Context, in api.SendMessage) (api.SentMessage, error) {
	return data[api.SentMessage](ctx, m.c, request{method: "POST", path: "/v1/messages/send", body: in})
}

// SendShort is Send by its older address.
func (m Messages) SendShort(ctx context.Context, in api.SendMessage) (api.SentMessage, error) {
	return data[api.SentMessage](ctx, m.c, request{method: "POST", path: "/v1/messages", body: in})
}

// Reply answers a message.
func (m Messages) Reply(ctx context.Context, in api.ReplyMessage) (api.SentMessage, error) {
	return data[api.SentMessage](ctx, m.c, request{method: "POST", path: "/v1/messages/reply", body: in})
}

// React adds a reaction. Errors: Conflict reaction_exists.
func (m Messages) React(ctx context.Context, in api.ReactMessage) (api.AddedReaction, error) {
	return data[api.AddedReaction](ctx, m.c, request{method: "POST", path: "/v1/messages/react", body: in})
}

// Unreact takes a reaction back; a key names the sender.
func (m Messages) Unreact(ctx context.Context, id, emoji, sender string) error {
	query := values{}.text("emoji", emoji).text("sender", sender).query()
	return m.c.call(ctx, request{method: "DELETE", path: "/v1/messages/" + seg(id) + "/react", query: query}, nil)
}

// Edit replaces the text of a message.
func (m Messages) Edit(ctx context.Context, id, text string) (api.Message, error) {
	return data[api.Message](ctx, m.c, request{method: "PATCH", path: "/v1/messages/" + seg(id), body: api.EditMessage{Message: text}})
}

// Delete removes a message; the reason goes into the moderation log.
func (m Messages) Delete(ctx context.Context, id, reason string) error {
	return m.c.call(ctx, request{method: "DELETE", path: "/v1/messages/" + seg(id), query: values{}.text("reason", reason).query()}, nil)
}

// Pin sets a message apart, or no longer.
func (m Messages) Pin(ctx context.Context, id string, pinned bool) (api.Message, error) {
	return data[api.Message](ctx, m.c, request{method: "PUT", path: "/v1/messages/" + seg(id) + "/pin", body: map[string]bool{"pinned": pinned}})
}

// Typing says that the caller is writing in the channel, or no longer.
func (m Messages) Typing(ctx context.Context, channelID string, typing bool) error {
	return m.c.call(ctx, request{method: "POST", path: "/v1/channels/" + seg(channelID) + "/typing", body: map[string]bool{"typing": typing}}, nil)
}

// Follow tells of each new or changed message of a channel from a revision on;
// below 0 from now on. It returns when the stream ends.
func (m Messages) Follow(ctx context.Context, channelID string, since int64, fn func(api.MessageEvent)) error {
	path := "/v1/channels/" + seg(channelID) + "/messages/stream"
	if since >= 0 {
		path += "?since=" + strconv.FormatInt(since, 10)
	}
	return follow(ctx, m.c, path, fn)
}

// Upload keeps one picture for messages. Errors: Invalid, TooLarge.
func (m Messages) Upload(ctx context.Context, name string, file io.Reader) ([]api.MessageImage, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("images", name)
	if err == nil {
		_, err = io.Copy(part, file)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	req, err := m.c.build(ctx, request{method: "POST", path: "/v1/messages/upload-image"}, body.Bytes(), "")
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	res, err := m.c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("upload picture: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode >= http.StatusBadRequest {
		return nil, failure(res)
	}
	var out []api.MessageImage
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("upload picture: %w", err)
	}
	return out, nil
}

// Words are the rules for what may be written.
func (m Messages) Words(ctx context.Context) (api.WordSettings, error) {
	return data[api.WordSettings](ctx, m.c, request{method: "GET", path: "/v1/moderation/words"})
}

// SetWords replaces the rules for what may be written.
func (m Messages) SetWords(ctx context.Context, in api.WordSettings) (api.WordSettings, error) {
	return data[api.WordSettings](ctx, m.c, request{method: "PUT", path: "/v1/moderation/words", body: in})
}

// LogQuery narrows the moderation log; the zero value asks for the newest 50 lines.
type LogQuery struct {
	Kind      string // edited, deleted or blocked
	ChannelID string
	UserID    string // id, number, username or email
	Cursor    string
	Count     int
}

// Log lists what was edited, deleted or not let through, newest first.
func (m Messages) Log(ctx context.Context, q LogQuery) (api.ModerationLog, error) {
	query := values{}.text("kind", q.Kind).text("channel_id", q.ChannelID).text("user_id", q.UserID).text("cursor", q.Cursor).number("count", q.Count).query()
	return data[api.ModerationLog](ctx, m.c, request{method: "GET", path: "/v1/moderation/messages", query: query})
}
