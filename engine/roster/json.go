package roster

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// readTexts reads an object whose values are texts, as custom values are
// stored. A million of them are read when the columns are loaded: those
// without escapes, which are nearly all, are cut apart in place.
func readTexts(text string, into *map[string]string) error {
	if out, ok := cutTexts(text); ok {
		*into = out
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// cutTexts is readTexts for valid objects without escapes and spaces; ok is false
// for all others.
func cutTexts(text string) (out map[string]string, ok bool) {
	rest, ok := strings.CutPrefix(text, `{"`)
	if !ok || strings.IndexByte(text, '\\') >= 0 || !utf8.ValidString(text) {
		return nil, false
	}
	out = make(map[string]string, strings.Count(text, `":"`))
	for {
		key, after, ok := strings.Cut(rest, `":"`)
		if !ok {
			return nil, false
		}
		end := strings.IndexByte(after, '"')
		if end < 0 || strings.IndexByte(key, '"') >= 0 {
			return nil, false
		}
		out[key] = after[:end]
		switch after = after[end+1:]; {
		case after == "}":
			return out, true
		case !strings.HasPrefix(after, `,"`):
			return nil, false
		}
		rest = after[2:]
	}
}
