package message

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/message/text"
)

// indexed are the words under which a message is found: its community and its
// channel first, with a mark that no word of a text begins with, then each
// word of its text once.
func indexed(communityID string, r row) string {
	var b strings.Builder
	b.WriteString(markCommunity + plain(communityID) + " " + markChannel + plain(r.ChannelID))
	seen := map[string]bool{}
	for _, w := range asked(r.Body) {
		if !seen[w] {
			seen[w] = true
			b.WriteByte(' ')
			b.WriteString(w)
		}
	}
	return b.String()
}

// What the index's own words begin with: a letter that no language needs, so
// that nobody writes or asks himself into another community's messages.
const (
	mark          = "ꙮ"
	markCommunity = mark + "c"
	markChannel   = mark + "h"
)

// asked are the words of a text without the index's own.
func asked(body string) []string {
	return slices.DeleteFunc(text.Words(body), func(w string) bool { return strings.Contains(w, mark) })
}

// plain keeps the letters and digits of an id.
func plain(id string) string {
	return strings.Map(func(r rune) rune {
		if (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, id)
}

type searchInput struct {
	Query     string `query:"q" required:"true" minLength:"1" maxLength:"200" doc:"Words that must all occur; the last one may be begun only"`
	ChannelID string `query:"channel_id" maxLength:"24"`
	Count     int    `query:"count" minimum:"1" maximum:"100" default:"20"`
	Cursor    string `query:"cursor" maxLength:"20"`
}

// maxSearchWords is how many words of a question count.
const maxSearchWords = 12

// search finds messages by their words, newest first, in the channels that the
// caller sees.
func (s *Service) search(ctx context.Context, in *searchInput) (api.Messages, error) {
	out := api.Messages{Messages: []api.Message{}}
	v, err := s.viewerOf(ctx, api.PermReadOwnMessages)
	if err != nil {
		return out, err
	}
	seen, err := s.searched(ctx, v, in.ChannelID)
	if err != nil {
		return out, err
	}
	words := asked(in.Query)
	if len(words) == 0 || len(seen.all) == 0 {
		return out, nil
	}
	question := ask(s.k.DB().Dialect(), v.community, seen.ids(), words[:min(len(words), maxSearchWords)])
	f := newFilter(v.community)
	f.and("m.deleted_at = 0")
	f.partly(seen.partial, v)
	if s.k.DB().Dialect() == db.SQLite {
		f.and("m.doc IN (SELECT rowid FROM message_words WHERE message_words MATCH ?)", question)
	} else {
		f.and("m.doc IN (SELECT doc FROM message_words WHERE words @@ CAST(? AS tsquery))", question)
	}
	return s.newest(ctx, v, seen, f, in.Cursor, in.Count)
}

func (s *Service) searched(ctx context.Context, v viewer, channelID string) (scope, error) {
	if channelID == "" {
		return s.scopeOf(ctx, v)
	}
	ch, err := s.channel(ctx, v, channelID)
	if err != nil {
		return scope{}, err
	}
	out := scope{all: []Channel{ch}}
	if s.limitTo(ctx, v, ch) != "" {
		out.partial = []string{ch.ID}
	}
	return out, nil
}

// ask is the question in the engine's own language. Words hold letters, marks
// and digits only, so nothing in them is an operator.
func ask(dialect db.Dialect, communityID string, channels, words []string) string {
	and, or, begun := " & ", " | ", ":*"
	if dialect == db.SQLite {
		and, or, begun = " AND ", " OR ", "*"
	}
	terms := []string{quote(dialect, markCommunity+plain(communityID))}
	places := make([]string, len(channels))
	for i, id := range channels {
		places[i] = quote(dialect, markChannel+plain(id))
	}
	terms = append(terms, "("+strings.Join(places, or)+")")
	for i, w := range words {
		term := quote(dialect, w)
		if i == len(words)-1 {
			term += begun
		}
		terms = append(terms, term)
	}
	return strings.Join(terms, and)
}

func quote(dialect db.Dialect, word string) string {
	if dialect == db.SQLite {
		return `"` + word + `"`
	}
	return fmt.Sprintf("'%s'", word)
}
