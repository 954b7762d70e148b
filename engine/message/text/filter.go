package text

import "strings"

// Filter finds words of a list in texts: whole words only, whatever their case
// and accents; an entry of several words is a phrase. The zero value finds
// nothing. It is safe for concurrent use.
type Filter struct {
	byFirst map[string][][]string // phrases by their first word
}

// NewFilter makes a filter of the entries; those without a letter are left out.
func NewFilter(entries ...[]string) *Filter {
	f := &Filter{byFirst: map[string][][]string{}}
	for _, list := range entries {
		for _, entry := range list {
			if words := Words(entry); len(words) > 0 {
				f.byFirst[words[0]] = append(f.byFirst[words[0]], words)
			}
		}
	}
	return f
}

// Find gives the first entry that the text holds, folded; empty when none.
func (f *Filter) Find(s string) string {
	if f == nil || len(f.byFirst) == 0 {
		return ""
	}
	words := Words(s)
	for i, w := range words {
		for _, phrase := range f.byFirst[w] {
			if len(phrase) <= len(words)-i && equal(phrase, words[i:i+len(phrase)]) {
				return strings.Join(phrase, " ")
			}
		}
	}
	return ""
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Without is the list without the excluded entries, compared by their words.
func Without(list, excluded []string) []string {
	out := map[string]bool{}
	for _, e := range excluded {
		out[strings.Join(Words(e), " ")] = true
	}
	var kept []string
	for _, e := range list {
		if !out[strings.Join(Words(e), " ")] {
			kept = append(kept, e)
		}
	}
	return kept
}
