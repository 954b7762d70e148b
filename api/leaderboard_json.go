package api

import (
	"github.com/danielgtaylor/huma/v2"

	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// AppendJSON appends the standings as encoding/json writes them, many times
// faster: pages of standings are what clients ask for most.
func (s Standings) AppendJSON(b []byte) []byte {
	b = appendText(b, `{"leaderboardId":`, s.LeaderboardID)
	b = appendText(b, `,"period":`, string(s.Period))
	b = appendText(b, `,"periodKey":`, s.PeriodKey)
	b = appendMoment(b, `,"from":`, s.From)
	b = appendMoment(b, `,"to":`, s.To)
	b = strconv.AppendBool(append(b, `,"closed":`...), s.Closed)
	b = appendNumber(b, `,"revision":`, s.Revision)
	b = appendMoment(b, `,"asOf":`, &s.AsOf)
	b = appendNumber(b, `,"total":`, int64(s.Total))
	b = append(b, `,"entries":`...)
	if s.Entries == nil {
		b = append(b, `null`...)
	} else {
		b = append(b, '[')
		for i := range s.Entries {
			if i > 0 {
				b = append(b, ',')
			}
			b = s.Entries[i].appendJSON(b)
		}
		b = append(b, ']')
	}
	if s.Me != nil {
		b = s.Me.appendJSON(append(b, `,"me":`...))
	}
	return append(b, '}')
}

func (e *Entry) appendJSON(b []byte) []byte {
	b = appendNumber(b, `{"rank":`, int64(e.Rank))
	b = appendNumber(b, `,"previousRank":`, int64(e.PreviousRank))
	b = appendNumber(b, `,"score":`, e.Score)
	b = appendMoment(b, `,"reachedAt":`, &e.ReachedAt)
	b = appendText(b, `,"user":{"_id":`, e.User.ID)
	b = appendNumber(b, `,"id":`, e.User.Number)
	b = appendText(b, `,"username":`, e.User.Username)
	b = appendText(b, `,"displayName":`, e.User.DisplayName)
	b = appendText(b, `,"avatar":`, e.User.Avatar)
	b = appendFaces(b, e.User.Badges)
	b = appendNumber(b, `},"xps":`, e.XP)
	b = appendNumber(b, `,"currencies":`, e.Coins)
	b = appendNumber(b, `,"level":`, int64(e.Level))
	b = appendText(b, `,"tier":`, e.Tier)
	if len(e.Fields) > 0 {
		b = append(b, `,"fields":`...)
		fields, _ := json.Marshal(e.Fields) //nolint:errchkjson // a map of texts
		b = append(b, fields...)
	}
	if e.IsMe {
		b = append(b, `,"isMe":true`...)
	}
	return append(b, '}')
}

func appendFaces(b []byte, list []BadgeFace) []byte {
	sep := `,"badges":[`
	for _, f := range list {
		b, sep = append(b, sep...), ","
		b = appendText(b, `{"id":`, f.ID)
		b = appendText(b, `,"title":`, f.Title)
		b = appendText(b, `,"image":`, f.Image)
		if f.DarkImage != "" {
			b = appendText(b, `,"darkImage":`, f.DarkImage)
		}
		b = append(b, '}')
	}
	if len(list) > 0 {
		b = append(b, ']')
	}
	return b
}

func appendNumber(b []byte, name string, n int64) []byte {
	return strconv.AppendInt(append(b, name...), n, 10)
}

func appendMoment(b []byte, name string, t *Time) []byte {
	b = append(b, name...)
	if t == nil || t.IsZero() {
		return append(b, `null`...)
	}
	return append(appendTime(append(b, '"'), t.Time), '"')
}

// appendTime writes as timeLayout says. The seconds go the way that package
// time has a short cut for.
func appendTime(b []byte, t time.Time) []byte {
	b = t.UTC().Truncate(time.Second).AppendFormat(b, time.RFC3339)
	ms := t.Nanosecond() / int(time.Millisecond)
	return append(b[:len(b)-1], '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10), 'Z')
}

// plain says which bytes of a text need no second look.
var plain = func() (table [256]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		table[c] = !strings.ContainsRune(`"\<>&`, rune(c))
	}
	return table
}()

// appendText appends a string; those with anything to escape go the long way.
func appendText(b []byte, name, s string) []byte {
	b = append(b, name...)
	for i := range len(s) {
		if !plain[s[i]] {
			return appendEscaped(b, s)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func appendEscaped(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) //nolint:errchkjson // a text
	return append(b, quoted...)
}

// TransformSchema makes every field optional: lists and single boards come
// cut to the fields that were asked for.
func (Leaderboard) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	s.Required = nil
	return s
}
