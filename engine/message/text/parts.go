package text

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"laurel/api"
)

// Parse splits a message into parts: words, links, mentions, and the light
// marks **bold**, *italic*, `code`. Nothing is ever markup: whoever shows the
// parts escapes their text. Joined, the parts' sources are the message.
// mentioned says which names are mentions; others stay text.
func Parse(body string, mentioned func(name string) (id, kind string)) []api.MessagePart {
	p := parser{body: body, mentioned: mentioned}
	for p.at < len(body) {
		if !p.special() {
			_, n := utf8.DecodeRuneInString(body[p.at:])
			p.at += n
		}
	}
	p.flush(p.at)
	return p.out
}

type parser struct {
	body      string
	at, text  int // the reader, and where plain text began
	out       []api.MessagePart
	mentioned func(string) (string, string)
}

func (p *parser) flush(to int) {
	if to > p.text {
		p.out = append(p.out, api.MessagePart{Type: "text", Text: p.body[p.text:to]})
	}
}

// add puts a part that ends at end in the place of the text from here on.
func (p *parser) add(part api.MessagePart, end int) bool {
	p.flush(p.at)
	p.out = append(p.out, part)
	p.at, p.text = end, end
	return true
}

func (p *parser) special() bool {
	rest := p.body[p.at:]
	switch rest[0] {
	case 'h', 'H':
		return p.link(rest)
	case '@':
		return p.mention(rest)
	case '`':
		return p.mark(rest, "`", "code")
	case '*':
		return p.mark(rest, "**", "bold") || p.mark(rest, "*", "italic")
	}
	return false
}

func (p *parser) mark(rest, sign, kind string) bool {
	inner, ok := strings.CutPrefix(rest, sign)
	if !ok {
		return false
	}
	end := strings.Index(inner, sign)
	barred := "\n*`"
	if kind == "code" {
		barred = "\n"
	}
	if end <= 0 || strings.ContainsAny(inner[:end], barred) || strings.TrimSpace(inner[:end]) != inner[:end] {
		return false
	}
	return p.add(api.MessagePart{Type: kind, Text: inner[:end]}, p.at+2*len(sign)+end)
}

// link takes addresses of the web only: no other scheme ever becomes a link.
func (p *parser) link(rest string) bool {
	if p.at > 0 && isWord(lastRune(p.body[:p.at])) {
		return false
	}
	lower := strings.ToLower(rest[:min(8, len(rest))])
	if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") {
		return false
	}
	end := strings.IndexFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"`{}|\\^", r)
	})
	if end < 0 {
		end = len(rest)
	}
	address := trimEnd(rest[:end])
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return false
	}
	return p.add(api.MessagePart{Type: "link", Text: address, Href: u.String()}, p.at+len(address))
}

// trimEnd leaves off what ends the sentence rather than the address.
func trimEnd(address string) string {
	for address != "" {
		last := address[len(address)-1]
		if strings.IndexByte(".,;:!?'*_", last) < 0 && (last != ')' || strings.Count(address, "(") >= strings.Count(address, ")")) {
			break
		}
		address = address[:len(address)-1]
	}
	return address
}

func (p *parser) mention(rest string) bool {
	if p.mentioned == nil || (p.at > 0 && isWord(lastRune(p.body[:p.at]))) {
		return false
	}
	for name := nameAt(rest[1:]); name != ""; name = strings.TrimRight(name[:len(name)-1], ".-") {
		if id, kind := p.mentioned(name); id != "" {
			return p.add(api.MessagePart{Type: kind, Text: "@" + name, UserID: id}, p.at+1+len(name))
		}
		if last := name[len(name)-1]; last != '.' && last != '-' && last != '_' {
			return false
		}
	}
	return false
}

// Names are the names that a text may mention: what follows an @ that does not
// stand within a word, each once, at most limit.
func Names(body string, limit int) []string {
	var out []string
	seen := map[string]bool{}
	Parse(body, func(name string) (string, string) {
		key := Fold(name)
		if !seen[key] && len(out) < limit {
			seen[key] = true
			out = append(out, name)
		}
		return "", ""
	})
	return out
}

func nameAt(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !isWord(r) && r != '.' && r != '-' })
	if end < 0 {
		end = len(s)
	}
	return strings.TrimRight(s[:min(end, 100)], ".-")
}

func isWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
