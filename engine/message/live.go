package message

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/engine/db"
)

const (
	heartbeat  = 2 * time.Second
	calm       = 50 * time.Millisecond // least time between two events
	eventLimit = 100                   // messages an event
)

// follower is one open stream of a channel.
type follower struct {
	s        *Service
	c        echo.Context
	v        viewer
	ch       Channel
	only     string
	topic    string
	revision int64
	typing   []api.MessageUser
	online   int
}

// stream tells of each new or changed message of a channel until the reader
// leaves, loses sight of the channel, or the server drains. Last-Event-ID or
// since names the revision to go on from; without one it begins now.
func (s *Service) stream(c echo.Context) error {
	ctx := c.Request().Context()
	f, err := s.follower(ctx, c)
	if err != nil {
		return err
	}
	changes, stop := s.hub.Subscribe(f.topic)
	defer stop()
	if f.v.person != nil {
		defer s.present.enter(f.topic, f.v.person.ID)()
		s.hub.Signal(f.topic)
	}
	head := c.Response().Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	return f.run(ctx, changes)
}

func (s *Service) follower(ctx context.Context, c echo.Context) (*follower, error) {
	v, err := s.viewerOf(ctx, api.PermReadOwnMessages)
	if err != nil {
		return nil, err
	}
	ch, err := s.channel(ctx, v, c.Param("channelId"))
	if err != nil {
		return nil, err
	}
	f := &follower{s: s, c: c, v: v, ch: ch, only: s.limitTo(ctx, v, ch), topic: topic(v.community, ch.ID)}
	since := c.Request().Header.Get("Last-Event-ID")
	if since == "" {
		since = c.QueryParam("since")
	}
	if f.revision, err = strconv.ParseInt(since, 10, 64); err == nil && f.revision >= 0 {
		return f, nil
	}
	f.revision, err = selectRevision(ctx, s.k.DB().Read(), v.community, ch.ID)
	return f, err
}

// run writes events. What is missed between two signals is read from the
// database, which also finds what another node wrote.
func (f *follower) run(ctx context.Context, changes <-chan struct{}) error {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	if f.tell(ctx, true) != nil {
		return nil //nolint:nilerr // the reader left
	}
	quiet := 0
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			if quiet++; quiet%5 == 0 {
				err = f.write(": still here\n\n")
			}
			if err == nil && (quiet%5 == 0 || len(f.typing) > 0 || f.s.k.DB().Dialect() == db.PostgreSQL) {
				err = f.tell(ctx, false)
			}
		case _, open := <-changes:
			if !open {
				return nil
			}
			if err = f.tell(ctx, false); err == nil {
				err = pause(ctx)
			}
		}
		if err != nil {
			return nil //nolint:nilerr // the reader left or may not look any more
		}
	}
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(calm):
		return nil
	}
}

// tell writes what is new, if anything is.
func (f *follower) tell(ctx context.Context, always bool) error {
	if _, err := f.s.channel(ctx, f.v, f.ch.ID); err != nil {
		return err
	}
	for {
		rows, err := f.changed(ctx)
		if err != nil {
			return err
		}
		typing, online := f.s.present.state(f.topic, f.self(), f.s.k.Now())
		slices.SortFunc(typing, func(a, b api.MessageUser) int { return strings.Compare(a.UserID, b.UserID) })
		if len(rows) == 0 && !always && online == f.online && same(typing, f.typing) {
			return nil
		}
		f.typing, f.online, always = typing, online, false
		if err := f.send(ctx, rows); err != nil {
			return err
		}
		if len(rows) < eventLimit {
			return nil
		}
	}
}

func (f *follower) changed(ctx context.Context) ([]row, error) {
	q := newFilter(f.v.community)
	q.and("m.channel_id = ?", f.ch.ID)
	q.and("m.revision > ?", f.revision)
	rows, err := f.s.page(ctx, q, "m.revision", eventLimit-1)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		f.revision = max(f.revision, r.Revision)
	}
	return rows, nil
}

func (f *follower) send(ctx context.Context, rows []row) error {
	if f.only != "" {
		rows = slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.AuthorID != f.only && r.ToID != f.only })
	}
	list, err := f.s.views(ctx, f.v, scope{all: []Channel{f.ch}}, rows)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(api.MessageEvent{ChannelID: f.ch.ID, Revision: f.revision, Messages: list, Typing: f.typing, Online: f.online})
	if err != nil {
		return err
	}
	return f.write(fmt.Sprintf("id: %d\nevent: messages\ndata: %s\n\n", f.revision, raw))
}

func (f *follower) self() string {
	if f.v.person == nil {
		return ""
	}
	return f.v.person.ID
}

func (f *follower) write(text string) error {
	if _, err := f.c.Response().Write([]byte(text)); err != nil {
		return err
	}
	return http.NewResponseController(f.c.Response()).Flush()
}

func same(a, b []api.MessageUser) bool {
	return slices.EqualFunc(a, b, func(x, y api.MessageUser) bool { return x.UserID == y.UserID })
}

// selectRevision is the channel's newest change.
func selectRevision(ctx context.Context, q db.Querier, communityID, channelID string) (int64, error) {
	var n int64
	err := q.QueryRow(ctx, `SELECT COALESCE(MAX(revision), 0) FROM channel_feeds WHERE community_id = $1 AND channel_id = $2`, communityID, channelID).Scan(&n)
	return n, wrap(err, "channel revision")
}

type typingInput struct {
	ChannelID string `path:"channelId" maxLength:"24"`
	Body      struct {
		Typing bool `json:"typing" doc:"False when the text was given up"`
	}
}

// typing says that the caller is writing.
func (s *Service) typing(ctx context.Context, in *typingInput) (struct{}, error) {
	v, err := s.viewerOf(ctx, api.PermSendMessages)
	if err != nil {
		return struct{}{}, err
	}
	ch, err := s.channel(ctx, v, in.ChannelID)
	if err != nil {
		return struct{}{}, err
	}
	if err := s.admit(ctx, v, ch, ActPost, 0); err != nil {
		return struct{}{}, err
	}
	if !ch.isPrivate() { // who writes there is nobody else's business
		user, err := selectUser(ctx, s.k.DB().Read(), v.community, v.person.ID)
		if err != nil {
			return struct{}{}, err
		}
		t := topic(v.community, ch.ID)
		if s.present.note(t, user, s.k.Now()); !in.Body.Typing {
			s.present.stopTyping(v.community, ch.ID, v.person.ID)
		}
		s.hub.Signal(t)
	}
	return struct{}{}, nil
}

func selectUser(ctx context.Context, q db.Querier, communityID, memberID string) (api.MessageUser, error) {
	u := api.MessageUser{UserID: memberID}
	err := q.QueryRow(ctx, `SELECT username, display_name, avatar FROM members WHERE community_id = $1 AND id = $2`, communityID, memberID).
		Scan(&u.Username, &u.DisplayName, &u.Avatar)
	return u, wrap(err, "read member")
}
