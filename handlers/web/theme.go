package web

import (
	"net/http"
	"strings"

	"laurel/components/layout"
)

// Names of the cookies that hold no secret: the reader's theme, and the
// community whose sign-in page he opened by ?community=.
const (
	themeCookie     = "theme"
	communityCookie = "community"
)

func (v *Visit) theme() layout.Theme {
	cookie, err := v.c.Request().Cookie(themeCookie)
	if err != nil {
		return layout.System
	}
	switch t := layout.Theme(cookie.Value); t {
	case layout.Light, layout.Dark:
		return t
	}
	return layout.System
}

// SetTheme keeps the reader's theme for a year; the server renders it, so that
// no page flashes in the other one.
func (v *Visit) SetTheme(t layout.Theme) {
	age := 365 * 24 * 3600
	if t != layout.Light && t != layout.Dark {
		age = -1
	}
	v.setCookie(themeCookie, string(t), age)
}

// CommunityRef is the community that an anonymous visitor means: the one in
// ?community=, which is remembered, or empty for the host's.
func (v *Visit) CommunityRef() string {
	if ref := v.Query("community"); ref != "" && len(ref) <= 63 {
		v.setCookie(communityCookie, ref, 24*3600)
		return ref
	}
	cookie, err := v.c.Request().Cookie(communityCookie)
	if err != nil || len(cookie.Value) > 63 {
		return ""
	}
	return cookie.Value
}

func (v *Visit) setCookie(name, value string, age int) {
	http.SetCookie(v.c.Response(), &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true,
		Secure: strings.HasPrefix(v.base.BaseURL, "https://"), SameSite: http.SameSiteLaxMode,
	})
}

// LocalPath is the text when it is the address of a page on this site, else
// empty: nothing that a browser would read as another host gets through.
func LocalPath(text string) string {
	if !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "//") || len(text) > 2000 {
		return ""
	}
	for _, r := range text {
		if r == '\\' || r < ' ' || r == 0x7f {
			return ""
		}
	}
	return text
}
