package auth

import (
	"errors"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Self is the list entry that stands for the portal itself, for previews.
const Self = "'self'"

// Origin is one entry of an allow-list, in normal form.
type Origin struct {
	Scheme   string // https, http (loopback only), capacitor, ionic, app
	Host     string // lower case, ASCII; empty for a whole scheme such as "capacitor:"
	Port     string // empty for the scheme's own
	Wildcard bool   // any host below Host, but not Host
}

var (
	errOriginForm     = errors.New("write an origin such as https://www.example.com, without path, query or user name")
	errOriginScheme   = errors.New("use https; http is for localhost, and capacitor, ionic and app for apps")
	errOriginWildcard = errors.New("a * may only stand left of a domain of your own, as in https://*.example.com")
	errOriginHost     = errors.New("the host name is not valid")
	errOriginPort     = errors.New("the port must be a number from 1 to 65535")
)

// ParseOrigin reads an allow-list entry. One trailing slash and surrounding
// white space are forgiven, as addresses are pasted; a path is not. Names
// outside ASCII become punycode, the scheme's own port is dropped. The error
// is a sentence for the person typing.
func ParseOrigin(text string) (Origin, error) {
	s := strings.TrimSpace(text)
	if scheme, ok := strings.CutSuffix(strings.ToLower(s), ":"); ok && isAppScheme(scheme) {
		return Origin{Scheme: scheme}, nil
	}
	scheme, rest, ok := strings.Cut(s, "://")
	rest = strings.TrimSuffix(rest, "/")
	if !ok || !utf8.ValidString(s) || len(s) > 300 || rest == "" || strings.ContainsAny(rest, "/\\?#@%,;'\"[] \t\r\n") {
		return Origin{}, errOriginForm
	}
	o := Origin{Scheme: strings.ToLower(scheme)}
	host, port, hasPort := strings.Cut(rest, ":")
	if host, o.Wildcard = strings.CutPrefix(host, "*."); strings.Contains(host, "*") {
		return Origin{}, errOriginWildcard
	}
	var err error
	if o.Host, err = normalHost(host); err != nil {
		return Origin{}, err
	}
	if o.Port, err = normalPort(o.Scheme, port, hasPort); err != nil {
		return Origin{}, err
	}
	return o, o.check()
}

func (o Origin) check() error {
	switch {
	case o.Scheme == "http" && (!isLoopback(o.Host) || o.Wildcard):
		return errOriginScheme
	case o.Scheme != "https" && o.Scheme != "http" && !isAppScheme(o.Scheme):
		return errOriginScheme
	case o.Wildcard && isTooWide(o.Host):
		return errOriginWildcard
	}
	return nil
}

// isTooWide finds names under which strangers can have hosts: com, co.uk,
// github.io, and addresses, which have no hosts below them.
func isTooWide(host string) bool {
	suffix, _ := publicsuffix.PublicSuffix(host)
	return suffix == host || net.ParseIP(host) != nil
}

func isAppScheme(s string) bool { return s == "capacitor" || s == "ionic" || s == "app" }

func isLoopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "127.0.0.1"
}

func normalHost(host string) (string, error) {
	if ip := net.ParseIP(host); ip != nil {
		return host, nil
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if again, errAgain := idna.Lookup.ToASCII(ascii); errAgain != nil || again != ascii {
		return "", errOriginHost
	}
	if err != nil || ascii == "" || len(ascii) > 253 || slices.Contains(strings.Split(ascii, "."), "") || endsInNumber(ascii) {
		return "", errOriginHost
	}
	return ascii, nil
}

// endsInNumber finds spellings that browsers would read as an IPv4 address.
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	_, err := strconv.ParseUint(last, 0, 64)
	return err == nil
}

func normalPort(scheme, port string, has bool) (string, error) {
	if !has {
		return "", nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || port[0] == '+' {
		return "", errOriginPort
	}
	if (scheme == "https" && n == 443) || (scheme == "http" && n == 80) {
		return "", nil
	}
	return strconv.FormatUint(n, 10), nil
}

// String is the entry's normal form, which is also its CSP source expression.
func (o Origin) String() string {
	if o.Host == "" {
		return o.Scheme + ":"
	}
	s := o.Scheme + "://"
	if o.Wildcard {
		s += "*."
	}
	s += o.Host
	if o.Port != "" {
		s += ":" + o.Port
	}
	return s
}

// Matches reports whether the entry allows a page of that origin.
func (o Origin) Matches(page Origin) bool {
	if page.Wildcard || page.Host == "" || o.Scheme != page.Scheme {
		return false
	}
	if o.Host == "" {
		return true
	}
	if o.Wildcard {
		return o.Port == page.Port && strings.HasSuffix(page.Host, "."+o.Host)
	}
	return o.Port == page.Port && o.Host == page.Host
}

// SameOrigin reports whether a page of the origin is allowed by one entry;
// text that is no origin matches nothing.
func SameOrigin(entry, page string) bool { return AllowsOrigin([]string{entry}, page) }

// AllowsOrigin reports whether the list allows a page whose Origin header is
// given. "null", an empty text and wildcards are never allowed as a page.
func AllowsOrigin(list []string, page string) bool {
	p, err := ParseOrigin(page)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(list, func(entry string) bool {
		o, err := ParseOrigin(entry)
		return err == nil && o.Matches(p)
	})
}

// OriginOf is the origin of an address such as a Referer header, or empty.
func OriginOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	o, err := ParseOrigin(u.Scheme + "://" + u.Host)
	if err != nil || o.Wildcard {
		return ""
	}
	return o.String()
}

// FrameAncestors is the source list of the CSP directive of that name:
// exactly the entries, in order, once each, or 'none'. Self is kept; an entry
// that is no origin is left out, so that nothing can be slipped into the header.
func FrameAncestors(list []string) string {
	var out []string
	for _, entry := range list {
		s := Self
		if entry != Self {
			o, err := ParseOrigin(entry)
			if err != nil {
				continue
			}
			s = o.String()
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return "'none'"
	}
	return strings.Join(out, " ")
}
