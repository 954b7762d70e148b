// Package text reads what members write: the words for search and for word
// lists, links and mentions, and emoji shortcodes. It knows no database.
package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// longestWord is where words are cut, in letters: longer ones are no words.
const longestWord = 64

// Fold is the form in which words are compared: without case, without accents,
// in one way of writing.
func Fold(s string) string {
	s = norm.NFKD.String(cases.Fold().String(norm.NFKC.String(s)))
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && r < 0x0600 { // accents; in other scripts marks are letters
			return -1
		}
		return r
	}, s))
}

// Words are the folded words of a text in order. In scripts that are written
// without spaces each letter is a word.
func Words(s string) []string {
	var out []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = word[:0]
		}
	}
	for _, r := range Fold(s) {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			end()
			if unicode.IsLetter(r) {
				out = append(out, string(r))
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if len(word) < longestWord {
				word = append(word, r)
			}
		case unicode.IsMark(r):
			if len(word) > 0 && len(word) < longestWord {
				word = append(word, r)
			}
		default:
			end()
		}
	}
	end()
	return out
}
