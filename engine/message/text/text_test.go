package text_test

import (
	"slices"
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/message/text"
)

func parts(list []api.MessagePart) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Type + ":" + p.Text
	}
	return strings.Join(out, "|")
}

// TestParse goes through links, mentions and marks.
func TestParse(t *testing.T) {
	known := func(name string) (string, string) {
		if strings.EqualFold(name, "ana") {
			return "1", "user"
		}
		return "", ""
	}
	for _, c := range []struct{ in, want string }{
		{"see https://a.example/x_(y).", "text:see |link:https://a.example/x_(y)|text:."},
		{"(http://a.example)", "text:(|link:http://a.example|text:)"},
		{"javascript:alert(1) ftp://x xhttps://y https://u:p@z", "text:javascript:alert(1) ftp://x xhttps://y https://u:p@z"},
		{"**bold** *it* `co*de` 2*3*4", "bold:bold|text: |italic:it|text: |code:co*de|text: 2|italic:3|text:4"},
		{"** no ** and `", "text:** no ** and `"},
		{"@ana, @Ana. x@ana @bob", "user:@ana|text:, |user:@Ana|text:. x@ana @bob"},
	} {
		if got := parts(text.Parse(c.in, known)); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

// FuzzParse keeps that nothing is lost, and that only web addresses become links.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"https://a.example/@ana **b** `c` *d*", "@a@b.c-", "http://[::1]:80/\x00", "**@ana**"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "�") // what the API takes is valid
		var length int
		for _, p := range text.Parse(s, func(name string) (string, string) { return name, "user" }) {
			length += len(p.Text)
			if !strings.Contains(s, strings.TrimPrefix(p.Text, "@")) {
				t.Errorf("the part %q is not in %q", p.Text, s)
			}
			if p.Type == "link" && !strings.HasPrefix(p.Href, "http://") && !strings.HasPrefix(p.Href, "https://") {
				t.Errorf("a link to %q", p.Href)
			}
		}
		if length > len(s) {
			t.Errorf("%d bytes of parts out of %d", length, len(s))
		}
	})
}

// TestFilter matches whole words, folded, and phrases.
func TestFilter(t *testing.T) {
	f := text.NewFilter([]string{"Straße", "bad word", "死ね"})
	for in, want := range map[string]string{
		"STRASSE 1": "strasse", "strassen": "", "a BÁD  word!": "bad word", "bad good word": "", "おまえ死ねよ": "死 ね", "": "",
	} {
		if got := f.Find(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := text.Without([]string{"a", "B"}, []string{"b"}); !slices.Equal(got, []string{"a"}) {
		t.Errorf("got %v", got)
	}
}

// TestEmoji takes shortcodes and single emoji only.
func TestEmoji(t *testing.T) {
	for in, want := range map[string]string{":tada:": "🎉", ":Sparkling_Heart:": "💖", "👩‍👩‍👧": "👩‍👩‍👧", "❤️": "❤️", "1️⃣": "1️⃣", "a": "", ":nope:": "", ":tada": "", "": "", "<b>": ""} {
		if got, ok := text.Emoji(in); (want != "") != ok || (ok && got != want) {
			t.Errorf("%q: got %q %v, want %q", in, got, ok, want)
		}
	}
}
