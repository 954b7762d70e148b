package rest

import (
	"laurel/api"
)

// Page is one page of a list with the size of the whole.
type Page[T any] struct {
	Items []T
	Page  int // from 1
	Limit int
	Total int

	Next, Prev string // cursors of the pages beside it, for lists that have them
	Start      int    // place of the first item in such a list, from 1
}

// Paging is embedded in the input of paged lists.
type Paging struct {
	PageNo int `query:"page" minimum:"1" maximum:"1000000" default:"1" doc:"Page, from 1"`
	Limit  int `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"Items a page"`
}

// Offset is how many items come before the page.
func (p Paging) Offset() int { return (p.PageNo - 1) * p.Limit }

// PageOf wraps the items of a page that was asked for.
func PageOf[T any](p Paging, items []T, total int) Page[T] {
	return Page[T]{Items: items, Page: p.PageNo, Limit: p.Limit, Total: total}
}

// Sort reads "field:asc" or "field:desc" against the allowed fields (wire name
// to SQL column) and gives the ORDER BY text. Errors: Invalid on field sort.
func Sort(sort string, allowed map[string]string, fallback string) (string, error) {
	if sort == "" {
		return fallback, nil
	}
	field, direction := sort, "asc"
	for i := range len(sort) {
		if sort[i] == ':' {
			field, direction = sort[:i], sort[i+1:]
			break
		}
	}
	column, ok := allowed[field]
	if !ok || (direction != "asc" && direction != "desc") {
		return "", api.InvalidField("sort", "must be a sortable field followed by :asc or :desc")
	}
	return column + " " + direction, nil
}
