package ui

import "strings"

// safeHref keeps links on http, https, mailto and this site; whatever else a
// stored text may smuggle in (javascript:, data:) becomes "#".
func safeHref(href string) string {
	head, _, found := strings.Cut(href, ":")
	if !found || strings.ContainsAny(head, "/?#") {
		return href
	}
	switch strings.ToLower(strings.TrimSpace(head)) {
	case "http", "https", "mailto":
		return href
	}
	return "#"
}
