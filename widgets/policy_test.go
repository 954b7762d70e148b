package widgets_test

import (
	"strings"
	"testing"

	"laurel/widgets"
)

func TestFramePolicy(t *testing.T) {
	h := widgets.FramePolicy([]string{"https://a.example", "https://*.b.example"}, "bm9uY2U=", false)
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self' 'nonce-bm9uY2U='; " +
			"style-src 'self' 'nonce-bm9uY2U='; connect-src 'self'; img-src 'self' data:; base-uri 'none'; " +
			"form-action 'none'; frame-ancestors https://a.example https://*.b.example",
		"Cross-Origin-Embedder-Policy": "require-corp",
		"Cross-Origin-Resource-Policy": "cross-origin",
		"Referrer-Policy":              "no-referrer",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "",
	}
	for name, want := range want {
		if got := h.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for feature := range strings.SplitSeq(h.Get("Permissions-Policy"), ", ") {
		if !strings.HasSuffix(feature, "=()") {
			t.Errorf("permission left open: %s", feature)
		}
	}
}

func TestFrameAncestors(t *testing.T) {
	tests := []struct {
		name    string
		origins []string
		preview bool
		want    string
	}{
		{"nobody", nil, false, "'none'"},
		{"preview only", nil, true, "'self'"},
		{"preview and a site", []string{"https://a.example"}, true, "'self' https://a.example"},
		{"apps", []string{"capacitor://localhost", "ionic://localhost", "app://my.app"}, false, "capacitor://localhost ionic://localhost app://my.app"},
		{"injection", []string{"https://a.example; script-src *", "*", "https://*", "'self'", "https://a.example, *"}, false, "'none'"},
		{"default port", []string{"https://a.example:443/"}, false, "https://a.example"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			policy := widgets.FramePolicy(test.origins, "", test.preview).Get("Content-Security-Policy")
			if _, got, _ := strings.Cut(policy, "frame-ancestors "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestNonceCannotWidenThePolicy(t *testing.T) {
	for _, nonce := range []string{"", "a' 'unsafe-inline", "a; script-src *"} {
		policy := widgets.FramePolicy(nil, nonce, false).Get("Content-Security-Policy")
		if !strings.Contains(policy, "script-src 'self'; ") {
			t.Errorf("nonce %q: got %s", nonce, policy)
		}
	}
}

func TestOrigin(t *testing.T) {
	tests := []struct{ in, want string }{
		{"https://a.example", "https://a.example"},
		{" HTTPS://A.Example/ ", "https://a.example"},
		{"https://a.example:8443", "https://a.example:8443"},
		{"https://*.a.example", "https://*.a.example"},
		{"http://localhost:3000", "http://localhost:3000"},
		{"http://127.0.0.1:80", "http://127.0.0.1"},
		{"https://[::1]:8443", "https://[::1]:8443"},
		{"capacitor://localhost", "capacitor://localhost"},
		{"", ""},
		{"*", ""},
		{"null", ""},
		{"a.example", ""},
		{"http://a.example", ""},
		{"ftp://a.example", ""},
		{"https://*", ""},
		{"https://*.example", ""},
		{"https://a.*.example", ""},
		{"https://*.*.a.example", ""},
		{"https://a.example/path", ""},
		{"https://a.example?x", ""},
		{"https://user@a.example", ""},
		{"https://a..example", ""},
		{"https://a.example:x", ""},
		{"javascript://a.example", ""},
		{"capacitor://*.example.com", ""},
	}
	for _, test := range tests {
		got, ok := widgets.Origin(test.in)
		if !ok {
			got = ""
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}

func TestAllows(t *testing.T) {
	list := []string{"https://a.example", "https://*.b.example:8443", "capacitor://localhost"}
	tests := []struct {
		origin string
		want   bool
	}{
		{"https://a.example", true},
		{"https://x.b.example:8443", true},
		{"https://x.y.b.example:8443", true},
		{"capacitor://localhost", true},
		{"https://b.example:8443", false},
		{"https://x.b.example", false},
		{"https://a.example.evil.example", false},
		{"https://evil.example/x.b.example:8443", false},
		{"http://a.example", false},
		{"null", false},
		{"", false},
	}
	for _, test := range tests {
		if got := widgets.Allows(list, test.origin); got != test.want {
			t.Errorf("%s: got %t, want %t", test.origin, got, test.want)
		}
	}
}

func FuzzOrigin(f *testing.F) {
	for _, seed := range []string{"https://a.example", "https://*.a.example:1", "app://x", "http://[::1]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, ok := widgets.Origin(s)
		if !ok {
			return
		}
		if strings.ContainsAny(clean, " ;,'\"\n\r/\\") && strings.Count(clean, "/") != 2 {
			t.Errorf("%q became %q", s, clean)
		}
		if again, ok := widgets.Origin(clean); !ok || again != clean {
			t.Errorf("%q is not stable: %q", clean, again)
		}
	})
}
