package ui

import (
	"net/url"
	"strconv"
)

// PaginationProps is where a reader stands in a list. Pages count from 1.
type PaginationProps struct {
	Page  int
	Size  int
	Total int64
	Path  string     // address of the list without its query
	Query url.Values // the filters in force; "page" in it is replaced
	Noun  string     // "members"; "rows" when empty
	Sizes []int      // page sizes on offer; 25, 50, 100 when empty
}

// Pages is the number of pages, at least 1.
func (p PaginationProps) Pages() int {
	if p.Size < 1 || p.Total < 1 {
		return 1
	}
	return int((p.Total + int64(p.Size) - 1) / int64(p.Size))
}

// Href is the address of a page of the list with all filters kept.
func (p PaginationProps) Href(page int) string {
	return p.with("page", strconv.Itoa(page))
}

func (p PaginationProps) sizeHref(size int) string {
	return p.with("limit", strconv.Itoa(size))
}

func (p PaginationProps) with(name, value string) string {
	q := url.Values{}
	for k, v := range p.Query {
		q[k] = v
	}
	q.Del("page")
	q.Set(name, value)
	if name == "page" && value == "1" {
		q.Del("page")
	}
	if len(q) == 0 {
		return p.Path
	}
	return p.Path + "?" + q.Encode()
}

func (p PaginationProps) summary() string {
	noun := p.Noun
	if noun == "" {
		noun = "rows"
	}
	if p.Total == 0 {
		return "No " + noun
	}
	first := int64(p.Page-1)*int64(p.Size) + 1
	last := min(first+int64(p.Size)-1, p.Total)
	return Number(first) + "–" + Number(last) + " of " + Number(p.Total) + " " + noun
}

// near lists the pages shown as numbers: first, last and two either side; 0
// stands for a gap.
func (p PaginationProps) near() []int {
	var list []int
	last := p.Pages()
	for n := 1; n <= last; n++ {
		if n == 1 || n == last || (n >= p.Page-2 && n <= p.Page+2) {
			list = append(list, n)
		} else if list[len(list)-1] != 0 {
			list = append(list, 0)
		}
	}
	return list
}

func (p PaginationProps) sizes() []int {
	if len(p.Sizes) == 0 {
		return []int{25, 50, 100}
	}
	return p.Sizes
}
