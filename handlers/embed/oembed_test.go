package embed_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"laurel/static"
)

func TestOEmbed(t *testing.T) {
	tests := []struct {
		name, url, more string
		status          int
		want            []string
	}{
		{"page", base + publicPage + "?theme=dark", "&format=json", 200, []string{`"type":"rich"`, `"version":"1.0"`, publicPage, `"title":"Autumn sprint"`, `"provider_name":"Northwind"`}},
		{"alias", base + "/custom-leaderboards/northwind/autumn", "", 200, []string{publicPage}},
		{"alias by id", base + "/custom-leaderboards/" + boardID, "", 200, []string{publicPage}},
		{"smaller", base + publicPage, "&maxwidth=300&maxheight=200", 200, []string{`"width":300`, `"height":200`}},
		{"xml", base + publicPage, "&format=xml", 501, nil},
		{"member's", base + memberPage, "", 401, []string{"!iframe"}},
		{"unknown", base + "/embed/leaderboard/none", "", 404, nil},
		{"not a widget", base + "/portal", "", 404, nil},
		{"elsewhere", "https://evil.example" + publicPage, "", 404, nil},
		{"nothing", "", "", 404, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *site) {
				res, body := s.get("/oembed?url=" + url.QueryEscape(test.url) + test.more)
				want(t, res, body, test.status, test.want...)
				if got := res.Header.Get("Access-Control-Allow-Origin"); got != "*" {
					t.Errorf("got %q", got)
				}
			})
		})
	}
}

func TestPublicPageNamesItsOEmbed(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		res, _ := s.get(publicPage)
		link := res.Header.Get("Link")
		address, _, _ := strings.Cut(strings.TrimPrefix(link, "<"), ">")
		if !strings.HasSuffix(link, `rel="alternate"; type="application/json+oembed"`) {
			t.Fatalf("got %q", link)
		}
		res, body := s.get(strings.TrimPrefix(address, base))
		want(t, res, body, 200, publicPage)
	})
}

func TestLoaders(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		for _, name := range []string{"embed.js", "widget-loader.js"} {
			res, body := s.get("/" + name)
			want(t, res, body, 200)
			if body != string(static.Bytes(name)) {
				t.Errorf("%s is another file", name)
			}
			for header, want := range map[string]string{"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300, must-revalidate", "Set-Cookie": ""} {
				if got := res.Header.Get(header); got != want {
					t.Errorf("%s %s: got %q, want %q", name, header, got, want)
				}
			}
			res, _ = s.get("/"+name, "Accept-Encoding", "br", "If-None-Match", "x")
			if got := res.Header.Get("Content-Encoding"); got != "br" {
				t.Errorf("%s: got %q", name, got)
			}
			res, _ = s.get("/"+name, "Accept-Encoding", "br", "If-None-Match", res.Header.Get("ETag"))
			if res.StatusCode != http.StatusNotModified {
				t.Errorf("%s: got %d", name, res.StatusCode)
			}
		}
	})
}
