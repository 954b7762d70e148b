package roster

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold is the form in which names are searched and sorted: small letters
// without accents, so that "emile" finds "Émile".
func fold(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return strings.ToLower(text)
	}
	text = norm.NFKD.String(cases.Fold().String(text))
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, text)
}

// nameOf keeps all names of a member in one text: the shown name, the
// username, the address and what else the person is called.
func nameOf(shown, username, email, first, last string) string {
	if shown == "" {
		shown = username
	}
	shown = fold(shown)
	person := fold(strings.TrimSpace(first + " " + last))
	if strings.Contains(shown, person) {
		person = ""
	}
	return shown + "\n" + fold(username) + "\n" + fold(email) + "\n" + person
}

// usernameIn is the part of a member's names that is the username.
func usernameIn(names string) string {
	_, rest, _ := strings.Cut(names, "\n")
	username, _, _ := strings.Cut(rest, "\n")
	return username
}

// named lets members through one of whose names holds a folded text.
type named struct{ part string }

func (c named) keep(t *table, nos []int32) []int32 {
	out := nos[:0]
	for _, no := range nos {
		if strings.Contains(t.names[no], c.part) {
			out = append(out, no)
		}
	}
	return out
}

// nobody lets no member through.
type nobody struct{}

func (nobody) keep(_ *table, nos []int32) []int32 { return nos[:0] }

// chosen lets members through whose number is marked.
type chosen []bool

func (c chosen) keep(_ *table, nos []int32) []int32 {
	out := nos[:0]
	for _, no := range nos {
		if int(no) < len(c) && c[no] {
			out = append(out, no)
		}
	}
	return out
}

// marked are numbers as a condition.
func marked(nos []int64) chosen {
	var out chosen
	for _, no := range nos {
		if more := int(no) + 1 - len(out); more > 0 {
			out = append(out, make(chosen, more)...)
		}
		out[no] = true
	}
	return out
}
