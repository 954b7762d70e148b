package message

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/engine/member"
	"laurel/engine/rest"
)

type listInput struct {
	ChannelID string `query:"channel_id" maxLength:"24"`
	UserID    string `query:"user_id" maxLength:"254" doc:"Only messages of this member: id, number, username or email"`
	Email     string `query:"email" maxLength:"254" doc:"The same by email"`
	Count     int    `query:"count" minimum:"1" maximum:"100" default:"50"`
	Cursor    string `query:"cursor" maxLength:"80" doc:"Where the last page ended"`
	TopicID   string `query:"forum_topic_id" maxLength:"24"`
	After     int64  `query:"after" minimum:"0" doc:"Only messages with a higher number; needs channel_id"`
	Pinned    bool   `query:"pinned" doc:"Only pinned messages"`
}

var errCursor = api.InvalidField("cursor", "is not one that this list gave")

// filter puts a query together.
type filter struct {
	text strings.Builder
	args []any
}

func newFilter(communityID string) *filter { return &filter{args: []any{communityID}} }

// and adds a condition, each ? of which takes the next value.
func (f *filter) and(condition string, values ...any) {
	f.text.WriteString(" AND ")
	for i := range len(condition) {
		if condition[i] != '?' {
			f.text.WriteByte(condition[i])
			continue
		}
		f.args = append(f.args, values[0])
		values = values[1:]
		f.text.WriteString("$" + strconv.Itoa(len(f.args)))
	}
}

func (f *filter) in(column string, values []string) {
	if len(values) == 0 {
		f.and("1 = 0")
		return
	}
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	f.and(column+" IN (?"+strings.Repeat(",?", len(values)-1)+")", list...)
}

// list is GET /v1/messages: a channel's messages, or all that the caller sees.
func (s *Service) list(ctx context.Context, in *listInput) (api.Messages, error) {
	v, err := s.viewerOf(ctx, api.PermReadOwnMessages)
	if err != nil {
		return api.Messages{}, err
	}
	author, err := s.author(ctx, v, in)
	if err != nil {
		return api.Messages{}, err
	}
	f := newFilter(v.community)
	f.and("m.deleted_at = 0")
	if author != nil {
		f.and("m.author_id = ?", author.ID)
	}
	if in.ChannelID == "" {
		return s.listAll(ctx, v, f, in)
	}
	ch, err := s.channel(ctx, v, in.ChannelID)
	if err != nil {
		return api.Messages{}, err
	}
	f.and("m.channel_id = ?", ch.ID)
	only := s.limitTo(ctx, v, ch)
	if only != "" {
		f.and("(m.author_id = ? OR m.to_id = ?)", only, only)
	}
	if in.TopicID != "" {
		f.and("m.topic_id = ?", in.TopicID)
	}
	if in.Pinned {
		f.and("m.pinned_at <> 0")
	}
	if in.After > 0 {
		f.and("m.seq > ?", in.After)
	}
	isWhole := author == nil && only == "" && in.TopicID == "" && !in.Pinned && in.After == 0
	return s.listChannel(ctx, v, f, ch, in, isWhole)
}

// author is the member that the query names; nil when it names none.
func (s *Service) author(ctx context.Context, v viewer, in *listInput) (*member.Ref, error) {
	named := in.UserID
	if named == "" {
		named = in.Email
	}
	if named == "" {
		return nil, nil //nolint:nilnil // no author was asked for
	}
	who, err := s.members.Resolve(ctx, v.community, named)
	if err != nil {
		return nil, err
	}
	if in.Email != "" && in.UserID != "" {
		other, err := s.members.Resolve(ctx, v.community, in.Email)
		if err != nil {
			return nil, err
		}
		if other.ID != who.ID {
			return nil, api.InvalidField("email", "belongs to another user than user_id")
		}
	}
	return &who, nil
}

func (s *Service) listChannel(ctx context.Context, v viewer, f *filter, ch Channel, in *listInput, isWhole bool) (api.Messages, error) {
	q := s.k.DB().Read()
	var out api.Messages
	var err error
	if isWhole {
		out.Total, err = selectLive(ctx, q, v.community, ch.ID)
	} else {
		out.Total, err = count(ctx, q, f)
	}
	if err != nil {
		return out, err
	}
	if in.Cursor != "" {
		before, err := strconv.ParseInt(in.Cursor, 10, 64)
		if err != nil || before < 1 {
			return out, errCursor
		}
		f.and("m.seq < ?", before)
	}
	rows, err := s.page(ctx, f, "m.seq DESC", in.Count)
	if err != nil {
		return out, err
	}
	if len(rows) > in.Count {
		rows = rows[:in.Count]
		out.NextCursor = strconv.FormatInt(rows[len(rows)-1].Seq, 10)
	}
	out.Messages, err = s.views(ctx, v, scope{all: []Channel{ch}}, rows)
	return out, err
}

func (s *Service) listAll(ctx context.Context, v viewer, f *filter, in *listInput) (api.Messages, error) {
	var out api.Messages
	if in.TopicID != "" || in.After > 0 || in.Pinned {
		return out, api.InvalidField("channel_id", "is required with forum_topic_id, after and pinned")
	}
	seen, err := s.scopeOf(ctx, v)
	if err != nil {
		return out, err
	}
	f.in("m.channel_id", seen.ids())
	f.partly(seen.partial, v)
	return s.newest(ctx, v, seen, f, in.Cursor, in.Count)
}

// newest is a page of the filter's messages across channels, newest first.
func (s *Service) newest(ctx context.Context, v viewer, seen scope, f *filter, cursor string, size int) (api.Messages, error) {
	var out api.Messages
	var err error
	if out.Total, err = count(ctx, s.k.DB().Read(), f); err != nil {
		return out, err
	}
	if cursor != "" {
		doc, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || doc < 1 {
			return out, errCursor
		}
		f.and("m.doc < ?", doc)
	}
	rows, err := s.page(ctx, f, "m.doc DESC", size)
	if err != nil {
		return out, err
	}
	if len(rows) > size {
		rows = rows[:size]
		out.NextCursor = strconv.FormatInt(rows[len(rows)-1].doc, 10)
	}
	out.Messages, err = s.views(ctx, v, seen, rows)
	return out, err
}

// partly leaves of the channels only what the member wrote or was answered.
func (f *filter) partly(channels []string, v viewer) {
	if len(channels) == 0 || v.person == nil {
		return
	}
	values := make([]any, 0, len(channels)+2)
	for _, id := range channels {
		values = append(values, id)
	}
	f.and("(m.channel_id NOT IN (?"+strings.Repeat(",?", len(channels)-1)+") OR m.author_id = ? OR m.to_id = ?)",
		append(values, v.person.ID, v.person.ID)...)
}

func (s *Service) page(ctx context.Context, f *filter, order string, limit int) ([]row, error) {
	args := append(f.args, limit+1)
	return selectRows(ctx, s.k.DB().Read(), selectMessages+f.text.String()+" ORDER BY "+order+" LIMIT $"+strconv.Itoa(len(args)), args...)
}

type threadInput struct {
	ID     string `path:"id" maxLength:"24"`
	Cursor string `query:"cursor" maxLength:"20"`
	Count  int    `query:"count" minimum:"1" maximum:"100" default:"50"`
}

// thread is a message with the replies below it, newest first.
func (s *Service) thread(ctx context.Context, in *threadInput) (api.Messages, error) {
	v, err := s.viewerOf(ctx, api.PermReadOwnMessages)
	if err != nil {
		return api.Messages{}, err
	}
	first, ch, err := s.find(ctx, v, in.ID)
	if err != nil {
		return api.Messages{}, err
	}
	root := first.RootID
	if root == "" {
		root = first.ID
	}
	f := newFilter(v.community)
	f.and("m.root_id = ?", root)
	f.and("m.deleted_at = 0")
	if only := s.limitTo(ctx, v, ch); only != "" {
		f.and("(m.author_id = ? OR m.to_id = ?)", only, only)
	}
	return s.listChannel(ctx, v, f, ch, &listInput{Count: in.Count, Cursor: in.Cursor}, false)
}

type oneInput struct {
	ID string `path:"id" maxLength:"24"`
}

func (s *Service) get(ctx context.Context, in *oneInput) (api.Message, error) {
	v, err := s.viewerOf(ctx, api.PermReadOwnMessages)
	if err != nil {
		return api.Message{}, err
	}
	r, ch, err := s.find(ctx, v, in.ID)
	if err != nil {
		return api.Message{}, err
	}
	return s.view(ctx, v, ch, r)
}

// find is a message that the viewer may see, with its channel.
func (s *Service) find(ctx context.Context, v viewer, id string) (row, Channel, error) {
	r, err := selectOne(ctx, s.k.DB().Read(), v.community, id)
	if err != nil {
		return r, Channel{}, err
	}
	ch, err := s.channel(ctx, v, r.ChannelID)
	if api.IsKind(err, api.NotFound) || api.IsKind(err, api.Forbidden) {
		return r, ch, errMessage
	}
	if err != nil {
		return r, ch, err
	}
	if only := s.limitTo(ctx, v, ch); only != "" && r.AuthorID != only && r.ToID != only {
		return r, ch, errMessage
	}
	return r, ch, nil
}

// mine reports whether the viewer wrote the message.
func (v viewer) mine(r row) bool { return v.person != nil && v.person.ID == r.AuthorID }

func actorName(ctx context.Context) (id, name string) {
	c := rest.CallerOf(ctx)
	if c.IsPerson() {
		return c.MemberID, c.Name
	}
	return c.KeyID, c.Name
}

func wrap(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
