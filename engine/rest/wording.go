package rest

import "regexp"

// wording turns what the validator says of a field into words for people, to
// be read after the field's name. The first that fits is taken.
var wording = []struct {
	said  *regexp.Regexp
	words string
}{
	{regexp.MustCompile(`^expected required property .*$`), "is required"},
	{regexp.MustCompile(`^unexpected property$`), "is not known here"},
	{regexp.MustCompile(`^expected value to be one of "(.*)"$`), "must be one of: $1"},
	{regexp.MustCompile(`^expected string to be RFC 5322 email.*$`), "must be an email address such as ana@example.com"},
	{regexp.MustCompile(`^expected string to be RFC 3339 date-time$`), "must be a time such as 2026-11-23T09:30:00Z"},
	{regexp.MustCompile(`^expected string to be RFC 3339 date$`), "must be a date such as 2026-11-23"},
	{regexp.MustCompile(`^expected string to be RFC 3986 uri.*$`), "must be an address such as https://example.com"},
	{regexp.MustCompile(`^expected string to match pattern (.*)$`), "must have the form $1"},
	{regexp.MustCompile(`^expected string to be (.*)$`), "must be $1"},
	{regexp.MustCompile(`^expected length >= 1$`), "must not be empty"},
	{regexp.MustCompile(`^expected length >= (\d+)$`), "must have at least $1 characters"},
	{regexp.MustCompile(`^expected length <= (\d+)$`), "must have at most $1 characters"},
	{regexp.MustCompile(`^expected array length >= 1$`), "must not be empty"},
	{regexp.MustCompile(`^expected array length >= (\d+)$`), "must have at least $1 entries"},
	{regexp.MustCompile(`^expected array length <= (\d+)$`), "must have at most $1 entries"},
	{regexp.MustCompile(`^expected number >= (\S+)$`), "must be $1 or more"},
	{regexp.MustCompile(`^expected number <= (\S+)$`), "must be $1 or less"},
	{regexp.MustCompile(`^expected string$`), "must be a text"},
	{regexp.MustCompile(`^expected integer$`), "must be a whole number"},
	{regexp.MustCompile(`^expected number$`), "must be a number"},
	{regexp.MustCompile(`^expected boolean$`), "must be true or false"},
	{regexp.MustCompile(`^expected array$`), "must be a list"},
	{regexp.MustCompile(`^expected object$`), "must be an object"},
	{regexp.MustCompile(`^expected `), "must be "},
}

// inWords gives the words, or what was said where none fit.
func inWords(said string) string {
	for _, w := range wording {
		if w.said.MatchString(said) {
			return w.said.ReplaceAllString(said, w.words)
		}
	}
	return said
}
