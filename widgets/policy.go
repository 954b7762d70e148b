package widgets

import (
	"net/http"
	"net/url"
	"strings"
)

// permissions closes every feature that a framed page could ask the browser for.
const permissions = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), " +
	"fullscreen=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), magnetometer=(), " +
	"microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), " +
	"screen-wake-lock=(), serial=(), usb=(), web-share=(), xr-spatial-tracking=()"

// FramePolicy gives the security headers of a framed page, error pages too. Only
// the given origins may frame it; entries that Origin refuses are left out, so
// that nothing a person typed can widen the policy. preview adds our own origin,
// for the portal. Without any origin nobody may frame the page. nonce allows the
// page's inline scripts and styles that carry it; without one there are none.
//
// The answer never holds X-Frame-Options: it cannot name origins, and browsers
// that read it would refuse what frame-ancestors allows.
func FramePolicy(origins []string, nonce string, preview bool) http.Header {
	h := http.Header{}
	h.Set("Content-Security-Policy", contentPolicy(origins, nonce, preview))
	h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Permissions-Policy", permissions)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	return h
}

func contentPolicy(origins []string, nonce string, preview bool) string {
	own := "'self'"
	if isNonce(nonce) {
		own += " 'nonce-" + nonce + "'"
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src " + own,
		"style-src " + own,
		"connect-src 'self'",
		"img-src 'self' data:",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors " + ancestors(origins, preview),
	}, "; ")
}

func ancestors(origins []string, preview bool) string {
	var list []string
	if preview {
		list = append(list, "'self'")
	}
	for _, o := range origins {
		if clean, ok := Origin(o); ok {
			list = append(list, clean)
		}
	}
	if len(list) == 0 {
		return "'none'"
	}
	return strings.Join(list, " ")
}

// isNonce reports whether a text can stand in a policy as a nonce (base64).
func isNonce(s string) bool {
	return s != "" && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789+/-_=") == ""
}

// appSchemes are the origins of wrapped applications, which have no DNS name.
var appSchemes = map[string]bool{"capacitor": true, "ionic": true, "app": true}

// Origin cleans what a partner typed as an allowed origin. It takes
// https://host[:port], http only for this computer, a wildcard as the left-most
// label of at least two further ones (https://*.example.com), and capacitor:,
// ionic: and app: origins. ok is false for everything else: paths, user names,
// quotes, commas and semicolons among it.
func Origin(s string) (clean string, ok bool) {
	s = strings.TrimRight(strings.TrimSpace(s), "/")
	if strings.ContainsAny(s, " \t\r\n;,'\"\\?#@%<>") {
		return "", false
	}
	scheme, host, found := strings.Cut(strings.ToLower(s), "://")
	if !found || host == "" {
		return "", false
	}
	if appSchemes[scheme] {
		return scheme + "://" + host, isHost(host, false)
	}
	u, err := url.Parse(scheme + "://" + host)
	if err != nil || u.Host != host || !isHost(u.Hostname(), true) {
		return "", false
	}
	local := isLocal(u.Hostname())
	if scheme != "https" && (scheme != "http" || !local) {
		return "", false
	}
	return withoutDefaultPort(scheme, host), true
}

// isHost reports whether a name is a host, with a wildcard only where it says
// nothing about a whole top-level domain.
func isHost(name string, wildcards bool) bool {
	if rest, ok := strings.CutPrefix(name, "*."); ok && wildcards {
		return strings.Count(rest, ".") >= 1 && isHost(rest, false)
	}
	if strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.Contains(name, "..") {
		return false
	}
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-:") == ""
}

func isLocal(name string) bool {
	return name == "localhost" || name == "127.0.0.1" || name == "::1" || strings.HasSuffix(name, ".localhost")
}

func withoutDefaultPort(scheme, host string) string {
	if scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	} else {
		host = strings.TrimSuffix(host, ":80")
	}
	return scheme + "://" + host
}

// Allows reports whether an origin, as a browser sends it, is one of a list that
// may hold wildcards. The empty origin and "null" are never allowed.
func Allows(origins []string, origin string) bool {
	for _, o := range origins {
		clean, ok := Origin(o)
		if ok && matches(clean, strings.ToLower(origin)) {
			return true
		}
	}
	return false
}

func matches(pattern, origin string) bool {
	prefix, suffix, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == origin
	}
	label, found := strings.CutPrefix(origin, prefix)
	if !found {
		return false
	}
	label, found = strings.CutSuffix(label, suffix)
	return found && isHost(label, false) && !strings.Contains(label, ":")
}

// OpenToFrames lets frames in a sandbox, whose origin is "null", read an answer
// that is told apart by its bearer token or public anyway: the markup and live
// stream of a widget, and the session exchange with its preflight. Cookies are
// never part of it.
func OpenToFrames(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
	h.Set("Access-Control-Expose-Headers", "X-Request-Id, Retry-After")
	h.Set("Access-Control-Max-Age", "600")
}
