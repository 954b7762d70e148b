package widget

import (
	"strconv"
	"strings"
)

// safe keeps addresses on http, https and this site.
func safe(href string) string {
	head, _, found := strings.Cut(href, ":")
	if !found || strings.ContainsAny(head, "/?#") || head == "http" || head == "https" {
		return href
	}
	return "#"
}

func plain(n int64) string { return strconv.FormatInt(n, 10) }

// place is 1, 2 or 3 by position, also when ranks are shared.
func place(r Row, top []Row) string {
	for i, t := range top {
		if t.Key == r.Key {
			return strconv.Itoa(i + 1)
		}
	}
	return "3"
}
