package portaltest_test

import (
	"regexp"
	"strings"
	"time"

	"laurel/engine/rest"
)

// exchange is one request of a conversation with its reply. In a file:
//
//	# words about it
//	> POST /api/v1/roles system
//	{"title":"Traders"}
//	role = body.id
//	< 200
//	{ … }
//
// The caller is named last, "key" when it is not. A line "name = path" keeps a
// value of the reply as $name, with "~ expression" a part of it; "wait 2h"
// moves the clock by more than the second that passes before each request; "form name=value" sends a form, where
// @png and @csv stand for small files; "header Name: value" sends a header.
type exchange struct {
	words  []string // comments and blank lines before it
	method string
	path   string
	caller string
	wait   time.Duration
	lines  []string // the request's lines below the first, as written
	body   string
	form   [][2]string
	header []string
	keep   []kept
	reply  string // status and body, without the "< "
}

// kept is a value that a later request needs.
type kept struct{ name, path, expression string }

var keeps = regexp.MustCompile(`^(\w+) = (\S+)(?: ~ (.+))?$`)

// parseWire reads a conversation.
func parseWire(text string) []exchange {
	var out []exchange
	var words []string
	replying := false
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "> "):
			out = append(out, newExchange(line, words))
			words, replying = nil, false
		case strings.HasPrefix(line, "#"), line == "":
			words = append(words, line)
			replying = false
		case strings.HasPrefix(line, "< "):
			out[len(out)-1].reply = line[2:]
			replying = true
		case replying:
			out[len(out)-1].reply += "\n" + line
		default:
			out[len(out)-1].read(line)
		}
	}
	return out
}

func newExchange(line string, words []string) exchange {
	part := append(strings.Fields(line[2:]), "key")
	return exchange{words: words, method: part[0], path: part[1], caller: part[2], wait: time.Second, lines: []string{line}}
}

// read takes a line of the request.
func (x *exchange) read(line string) {
	x.lines = append(x.lines, line)
	word, rest, _ := strings.Cut(line, " ")
	name, value, _ := strings.Cut(rest, "=")
	switch {
	case word == "wait":
		x.wait, _ = time.ParseDuration(rest)
	case word == "form":
		x.form = append(x.form, [2]string{name, value})
	case word == "header":
		x.header = append(x.header, rest)
	case keeps.MatchString(line):
		m := keeps.FindStringSubmatch(line)
		x.keep = append(x.keep, kept{m[1], m[2], m[3]})
	default:
		x.body += line + "\n"
	}
}

// String is the exchange as it stands in its file.
func (x exchange) String() string {
	return strings.Join(append(append([]string{}, x.words...), x.lines...), "\n") + "\n< " + x.reply + "\n"
}

// operationOf finds which operation an exchange asks for: the one at its
// address with the fewest parameters.
func operationOf(routes []rest.Route, x exchange) string {
	path, _, _ := strings.Cut(x.path, "?")
	path = strings.Replace(path, "/apis/v1/", "/v1/", 1)
	found, fewest := "", 1<<10
	for _, r := range routes {
		n := strings.Count(r.Op.Path, "{")
		if r.Op.Method == x.method && n < fewest && shaped(r.Op.Path, path) {
			found, fewest = r.Op.ID, n
		}
	}
	return found
}

func shaped(template, path string) bool {
	ok, err := regexp.MatchString("^"+param.ReplaceAllString(template, "[^/]+")+"$", path)
	return err == nil && ok
}
