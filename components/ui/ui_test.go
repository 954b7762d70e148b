package ui

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNumber(t *testing.T) {
	for _, tt := range []struct {
		n    int64
		want string
	}{{0, "0"}, {7, "7"}, {999, "999"}, {1000, "1,000"}, {-12345, "−12,345"}, {1234567, "1,234,567"}, {-9223372036854775808, "−9,223,372,036,854,775,808"}} {
		if got := Number(tt.n); got != tt.want {
			t.Errorf("Number(%d): got %q, want %q", tt.n, got, tt.want)
		}
	}
	if got := Signed(5) + Signed(0) + Signed(-5); got != "+50−5" {
		t.Errorf("Signed: got %q", got)
	}
	if got := Count(1, "key", "keys") + ", " + Count(2000, "key", "keys"); got != "1 key, 2,000 keys" {
		t.Errorf("Count: got %q", got)
	}
}

func TestMoment(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 5, 9, 0, time.UTC)
	for _, tt := range []struct {
		name string
		at   time.Time
		want string
	}{
		{"zero", time.Time{}, ""},
		{"now", now, "just now"},
		{"seconds", now.Add(-12 * time.Second), "12 s ago"},
		{"minutes", now.Add(-3 * time.Minute), "3 min ago"},
		{"hours", now.Add(-5 * time.Hour), "5 h ago"},
		{"one day", now.Add(-25 * time.Hour), "1 day ago"},
		{"days", now.Add(-9 * 24 * time.Hour), "9 days ago"},
		{"this year", now.Add(-100 * 24 * time.Hour), "15 Aug"},
		{"years", now.Add(-500 * 24 * time.Hour), "11 Jul 2025"},
		{"future", now.Add(3 * time.Minute), "in 3 min"},
	} {
		if got := NewMoment(tt.at, now, nil).Text; got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	lisbon := time.FixedZone("WEST", 3600)
	want := Moment{Text: "just now", Exact: "Mon 23 Nov 2026, 15:05:09 WEST", ISO: "2026-11-23T14:05:09.000Z"}
	if diff := cmp.Diff(want, NewMoment(now, now, lisbon)); diff != "" {
		t.Error(diff)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Sofía Reyes": "SR", "cher": "C", "田中 良": "田良", "Aïcha N’Diaye": "AN", "  ": "?", "🎉 party": "P", "Óscar de la Hoya": "ÓH",
	} {
		if got := Initials(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestSafeHref(t *testing.T) {
	for href, want := range map[string]string{
		"/portal": "/portal", "?a=b:c": "?a=b:c", "https://x.example": "https://x.example", "mailto:a@b.c": "mailto:a@b.c",
		"javascript:alert(1)": "#", " JavaScript:alert(1)": "#", "data:text/html,x": "#", "": "",
	} {
		if got := safeHref(href); got != want {
			t.Errorf("%q: got %q, want %q", href, got, want)
		}
	}
}

func TestPagination(t *testing.T) {
	p := PaginationProps{Page: 5, Size: 25, Total: 2000, Path: "/m", Query: url.Values{"search": {"a"}, "page": {"5"}}, Noun: "members"}
	if got, want := p.summary(), "101–125 of 2,000 members"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if diff := cmp.Diff([]int{1, 0, 3, 4, 5, 6, 7, 0, 80}, p.near()); diff != "" {
		t.Error(diff)
	}
	if got, want := p.Href(6)+" "+p.Href(1), "/m?page=6&search=a /m?search=a"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (PaginationProps{}).Pages(); got != 1 {
		t.Errorf("zero value: got %d pages, want 1", got)
	}
	if got := p.Query.Get("page"); got != "5" {
		t.Errorf("the caller's query changed: page %q", got)
	}
}

func TestSparkPoints(t *testing.T) {
	for _, tt := range []struct {
		in   []float64
		want string
	}{{nil, ""}, {[]float64{1}, ""}, {[]float64{2, 2}, "0.0,17.0 120.0,17.0"}, {[]float64{0, 10}, "0.0,30.0 120.0,4.0"}} {
		if got := SparkPoints(tt.in, 120, 34); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.in, got, tt.want)
		}
	}
}
