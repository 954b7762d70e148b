package chat

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"laurel/api"
	page "laurel/components/page/chat"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// How the stream keeps time: how often the channels beside the conversation are
// counted again, which also says that the stream lives.
const recount = 10 * time.Second

// follower is one open page.
type follower struct {
	v      *web.Visit
	t      *view
	state  string
	rooms  []byte
	number int64 // of the newest message that the reader has seen
}

// Live streams what is new in a channel: messages that came or changed, who is
// writing, and the channels' numbers. It ends with the visitor, when the API
// ends its stream, or when the server drains.
func Live(v *web.Visit) error {
	ch, err := channel(v, v.Param("id"))
	if err != nil {
		return err
	}
	f := &follower{v: v, t: viewOf(v, ch), number: ch.Head}
	ctx, cancel := context.WithCancel(v.Ctx())
	defer cancel()
	events, ended := make(chan api.MessageEvent), make(chan struct{})
	go func() {
		defer close(ended)
		_ = v.API.Messages().Follow(ctx, ch.ID, since(v), func(e api.MessageEvent) {
			select {
			case events <- e:
			case <-ctx.Done():
			}
		})
	}()
	f.start()
	count := time.NewTicker(recount)
	defer count.Stop()
	for {
		v.Tick()
		select {
		case e := <-events:
			err = f.tell(e)
		case <-count.C:
			err = f.recount()
		case <-ended:
			return nil
		case <-v.Drained():
			return nil
		}
		if err != nil {
			return nil // the visitor has gone or may not look any more: the browser asks again
		}
	}
}

// since is the revision that the page has.
func since(v *web.Visit) int64 {
	text := v.Request().Header.Get("Last-Event-ID")
	if text == "" {
		text = v.Query("since")
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func (f *follower) start() {
	h := f.v.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	f.v.Response().WriteHeader(http.StatusOK)
	_, _ = f.v.Response().Write([]byte("retry: 2000\n\n"))
	f.v.Response().Flush()
}

// tell passes on what happened in the channel.
func (f *follower) tell(e api.MessageEvent) error {
	list := e.Messages[:0:0]
	newest := f.number
	for _, m := range e.Messages {
		newest = max(newest, m.Number)
		if f.t.holds(m) {
			list = append(list, m)
		}
	}
	if len(list) > 0 {
		shown, err := f.t.messages(list)
		if err != nil {
			return err
		}
		for i := range shown {
			shown[i].Unread, shown[i].Joined = false, false
			shown[i].DayName = day(list[i].Timestamp.In(f.v.Zone()), f.v.Now.In(f.v.Zone()))
		}
		if err := f.write("messages", e.Revision, page.Entries(shown)); err != nil {
			return err
		}
	}
	if newest > f.number {
		f.number = newest
		if _, err := f.v.API.MyChannels().Read(f.v.Ctx(), f.t.ch.ID, 0); err != nil {
			return err
		}
	}
	if state := stateOf(e); state != f.state {
		f.state = state
		return f.write("state", 0, page.State(state))
	}
	return nil
}

// holds reports whether a message belongs to the part that is open.
func (t *view) holds(m api.Message) bool {
	switch {
	case t.thread != "":
		return m.ID == t.thread || m.RootID == t.thread
	case t.topic != "":
		return m.TopicID == t.topic
	}
	return true
}

// stateOf is who writes, else how many are here.
func stateOf(e api.MessageEvent) string {
	names := make([]string, 0, len(e.Typing))
	for _, u := range e.Typing {
		name := u.DisplayName
		if name == "" {
			name = u.Username
		}
		names = append(names, name)
	}
	switch {
	case len(names) == 1:
		return names[0] + " is writing…"
	case len(names) > 3:
		return ui.Count(int64(len(names)), "member", "members") + " are writing…"
	case len(names) > 1:
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " are writing…"
	case e.Online > 1:
		return strconv.Itoa(e.Online) + " here now"
	}
	return ""
}

// recount sends the list of channels when its numbers have changed.
func (f *follower) recount() error {
	p, _, err := lists(f.v, f.t.ch.ID)
	if err != nil {
		return err
	}
	p.Groups = readNow(p.Groups)
	var html bytes.Buffer
	if err := page.Rooms(p).Render(f.v.Ctx(), &html); err != nil {
		return err
	}
	if bytes.Equal(html.Bytes(), f.rooms) {
		_, err = f.v.Response().Write([]byte(": alive\n\n"))
		f.v.Response().Flush()
		return err
	}
	f.rooms = html.Bytes()
	return f.write("rooms", 0, page.Rooms(p))
}

// write sends one event; id is where to go on from, when not 0.
func (f *follower) write(event string, id int64, part templ.Component) error {
	var html, out bytes.Buffer
	if err := part.Render(f.v.Ctx(), &html); err != nil {
		return err
	}
	if id > 0 {
		out.WriteString("id: " + strconv.FormatInt(id, 10) + "\n")
	}
	out.WriteString("event: " + event + "\n")
	for line := range bytes.Lines(html.Bytes()) {
		out.WriteString("data: ")
		out.Write(bytes.TrimRight(line, "\r\n"))
		out.WriteByte('\n')
	}
	out.WriteByte('\n')
	_, err := f.v.Response().Write(out.Bytes())
	f.v.Response().Flush()
	return err
}
