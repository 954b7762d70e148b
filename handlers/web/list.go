package web

import (
	"net/url"
	"strconv"

	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/ui"
)

// Paging reads page and limit from the address: 25 rows unless another offered
// size is named, the first page unless a later one is.
func (v *Visit) Paging() apiclient.Paging {
	p := apiclient.Paging{Page: 1, Limit: 25}
	if n, err := strconv.Atoi(v.Query("page")); err == nil && n > 0 && n < 1_000_000 {
		p.Page = n
	}
	switch v.Query("limit") {
	case "50":
		p.Limit = 50
	case "100":
		p.Limit = 100
	}
	return p
}

// Pages says where the reader stands in a list; filters stay in its links.
func Pages[T any](page apiclient.Page[T], path, noun string, filters url.Values) ui.PaginationProps {
	return ui.PaginationProps{Page: max(page.Page, 1), Size: max(page.Limit, 1), Total: int64(page.Total), Path: path, Query: filters, Noun: noun}
}

// Choices are options of a select or group; those whose value is in chosen are
// marked.
func Choices(pairs []ui.Pair, chosen ...string) []form.Option {
	out := make([]form.Option, 0, len(pairs))
	for _, p := range pairs {
		o := form.Option{Value: p.Name, Label: p.Value}
		for _, c := range chosen {
			o.Chosen = o.Chosen || c == p.Name
		}
		out = append(out, o)
	}
	return out
}
