package apiclient

import (
	"net/url"
	"strconv"
)

// Paging asks for a page; zero values mean the server's defaults.
type Paging struct {
	Page  int
	Limit int
}

// values collects query parameters; empty ones are left out.
type values url.Values

func (p Paging) values() values {
	return values{}.number("page", p.Page).number("limit", p.Limit)
}

func (v values) text(name, value string) values {
	if value != "" {
		v[name] = []string{value}
	}
	return v
}

func (v values) number(name string, n int) values {
	if n != 0 {
		v[name] = []string{strconv.Itoa(n)}
	}
	return v
}

func (v values) query() url.Values { return url.Values(v) }

func seg(s string) string { return url.PathEscape(s) }
