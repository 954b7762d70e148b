package auth_test

import (
	"strings"
	"testing"

	"laurel/auth"
)

func TestParseOrigin(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://example.com", "https://example.com"},
		{" HTTPS://Example.COM/ ", "https://example.com"},
		{"https://example.com:443", "https://example.com"},
		{"https://example.com:8443", "https://example.com:8443"},
		{"https://*.example.com", "https://*.example.com"},
		{"https://*.shop.example.co.uk:8443", "https://*.shop.example.co.uk:8443"},
		{"https://münchen.example", "https://xn--mnchen-3ya.example"},
		{"https://10.0.0.7", "https://10.0.0.7"},
		{"http://localhost:3000", "http://localhost:3000"},
		{"http://app.localhost", "http://app.localhost"},
		{"http://127.0.0.1:80", "http://127.0.0.1"},
		{"capacitor://localhost", "capacitor://localhost"},
		{"ionic://localhost", "ionic://localhost"},
		{"app://com.example.shop", "app://com.example.shop"},
		{"capacitor:", "capacitor:"},
		{"APP:", "app:"},
		{"", ""}, {"*", ""}, {"null", ""}, {"example.com", ""}, {"https://", ""}, {"https:", ""}, {"http:", ""},
		{"https://*", ""}, {"https://*.com", ""}, {"https://*.co.uk", ""}, {"https://*.github.io", ""},
		{"https://www.*.com", ""}, {"https://a*.example.com", ""}, {"https://*.*.example.com", ""}, {"https://*.10.0.0.1", ""},
		{"http://example.com", ""}, {"http://*.localhost", ""}, {"ftp://example.com", ""}, {"javascript:alert(1)", ""},
		{"data:text/html,x", ""}, {"file:///etc/passwd", ""}, {"blob:https://example.com", ""},
		{"https://example.com/path", ""}, {"https://example.com//", ""}, {"https://example.com?x", ""}, {"https://example.com#x", ""},
		{"https://user@example.com", ""}, {"https://user:pw@example.com", ""}, {"https://example.com:", ""},
		{"https://example.com:0", ""}, {"https://example.com:65536", ""}, {"https://example.com:*", ""}, {"https://example.com:+443", ""},
		{"https://example.com:80:80", ""}, {"https://[::1]", ""}, {"https://exa mple.com", ""}, {"https://example.com;script-src *", ""},
		{"https://example.com, https://evil.example", ""}, {"https://example.com\nX: y", ""}, {"https://example.com.", ""},
		{"https://.example.com", ""}, {"https://example..com", ""}, {"https://0x7f.1", ""}, {"https://2130706433", ""},
		{"https://'self'", ""}, {"https://0\xa0.example", ""}, {"https://xn--0.example", ""}, {`https://example.com\@evil.example`, ""}, {"https://" + strings.Repeat("a", 300) + ".com", ""},
	} {
		got, err := auth.ParseOrigin(c.in)
		if (err != nil) != (c.want == "") || (err == nil && got.String() != c.want) {
			t.Errorf("ParseOrigin(%q) = %q, %v, want %q", c.in, got, err, c.want)
		}
	}
}

func TestAllowsOrigin(t *testing.T) {
	list := []string{"https://shop.example.com", "https://*.partner.example", "https://alt.example:8443", "http://localhost:3000", "capacitor://localhost", "ionic:", "garbage", "*"}
	for _, c := range []struct {
		page string
		want bool
	}{
		{"https://shop.example.com", true},
		{"https://shop.example.com:443", true},
		{"https://SHOP.example.com", true},
		{"http://shop.example.com", false},
		{"https://shop.example.com:8443", false},
		{"https://example.com", false},
		{"https://shop.example.com.evil.example", false},
		{"https://evilshop.example.com", false},
		{"https://a.partner.example", true},
		{"https://a.b.partner.example", true},
		{"https://partner.example", false},
		{"https://evilpartner.example", false},
		{"https://a.partner.example:8443", false},
		{"https://*.partner.example", false},
		{"https://alt.example:8443", true},
		{"https://alt.example", false},
		{"http://localhost:3000", true},
		{"http://localhost:3001", false},
		{"capacitor://localhost", true},
		{"capacitor://other", false},
		{"ionic://anything", true},
		{"ionic:", false},
		{"app://localhost", false},
		{"null", false}, {"", false}, {"*", false}, {"garbage", false},
	} {
		if got := auth.AllowsOrigin(list, c.page); got != c.want {
			t.Errorf("AllowsOrigin(%q) = %v, want %v", c.page, got, c.want)
		}
	}
	if auth.AllowsOrigin(nil, "https://shop.example.com") {
		t.Error("an empty list allows a page")
	}
}

func TestFrameAncestors(t *testing.T) {
	for _, c := range []struct {
		name string
		list []string
		want string
	}{
		{"nil", nil, "'none'"},
		{"nothing valid", []string{"*", "", "https://x.example/path"}, "'none'"},
		{"preview", []string{auth.Self}, "'self'"},
		{"in order, once", []string{"https://B.example/", "https://a.example:443", "https://b.example"}, "https://b.example https://a.example"},
		{"wildcard and schemes", []string{"https://*.example.com", "capacitor:", "ionic://localhost"}, "https://*.example.com capacitor: ionic://localhost"},
		{"no injection", []string{"https://a.example; script-src *", "'unsafe-inline'", "https://a.example"}, "https://a.example"},
	} {
		if got := auth.FrameAncestors(c.list); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOriginOf(t *testing.T) {
	for in, want := range map[string]string{
		"https://shop.example.com/a/b?c=d#e": "https://shop.example.com",
		"https://shop.example.com:8443/":     "https://shop.example.com:8443",
		"http://localhost:3000/x":            "http://localhost:3000",
		"http://shop.example.com/":           "",
		"https://user:pw@example.com/":       "https://example.com",
		"":                                   "",
		"/relative":                          "",
		"about:blank":                        "",
		"https://*.example.com/":             "",
	} {
		if got := auth.OriginOf(in); got != want {
			t.Errorf("OriginOf(%q) = %q, want %q", in, got, want)
		}
	}
}
