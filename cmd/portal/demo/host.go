package demo

import (
	_ "embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"

	"laurel/api"
	"laurel/apiclient"
)

// The host is a partner's site on another origin: it knows the deployment's
// address, an access key, and the snippets that the portal gives. Its server
// mints a token for the person signed in there; the page never sees a secret.

//go:embed host.css
var hostStyle []byte

var hostPage = template.Must(template.New("host").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Harbour Markets</title><link rel="stylesheet" href="/host.css">
<script type="module" src="{{.Portal}}/embed.js"></script></head>
<body><header><b>Harbour Markets</b><nav aria-label="Site"><a href="/">Custom element</a><a href="/iframe">Plain iframe</a></nav></header>
<main><h1>Trading league</h1>
<p>This site belongs to somebody else. It is served from another origin and shows Laurel's widgets with the snippets from the portal.</p>
<div class="two">
{{if .Public}}<section aria-labelledby="p"><h2 id="p">For every visitor</h2>
{{if .Scripts}}<laurel-leaderboard widget="{{.Public}}"></laurel-leaderboard>
{{else}}<iframe src="{{.Portal}}/embed/leaderboard/{{.Public}}" title="Leaderboard" loading="lazy" height="720"></iframe>{{end}}</section>
{{end}}{{if .Widget}}<section aria-labelledby="m"><h2 id="m">For {{.Who}}, signed in here</h2>
{{if .Scripts}}<laurel-leaderboard widget="{{.Widget}}" token="{{.Token}}"></laurel-leaderboard>
{{else}}<iframe src="{{.Ticket}}" title="Your rank" loading="lazy" height="720"></iframe>{{end}}</section>
{{end}}</div></main></body></html>
`))

type hostView struct {
	Portal, Public, Widget, Token, Ticket, Who string
	Scripts                                    bool
}

type host struct {
	c      Credentials
	client *apiclient.Client
	log    *slog.Logger
}

// Host serves the partner's site. client calls the deployment as the
// partner's server would.
func Host(c Credentials, client *apiclient.Client, log *slog.Logger) http.Handler {
	h := &host{c, client.Anonymous(), log}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", h.element)
	mux.HandleFunc("GET /iframe", h.iframe)
	mux.HandleFunc("GET /token", h.token)
	mux.HandleFunc("GET /host.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		_, _ = w.Write(hostStyle)
	})
	return mux
}

func (h *host) request(r *http.Request, widget string) api.EmbedTokenRequest {
	return api.EmbedTokenRequest{
		AccessID: h.c.AccessID, AccessKey: h.c.AccessKey, WidgetID: widget, Origin: "http://" + r.Host,
		UserIdentifiers: map[string]string{"data-email": h.c.Member.Email},
	}
}

// view is the site's own page, or a page with the one widget that the portal
// asks to try by ?widget=ID.
func (h *host) view(r *http.Request) (hostView, error) {
	v := hostView{Portal: h.c.URL, Public: h.c.PublicWidgetID, Widget: h.c.WidgetID, Who: h.c.Member.Email}
	id := r.FormValue("widget")
	if id == "" {
		return v, nil
	}
	w, err := h.client.Widgets().Public(r.Context(), id)
	v.Public, v.Widget = id, ""
	if !w.Widget.IsPublic {
		v.Public, v.Widget = "", id
	}
	return v, err
}

func (h *host) element(w http.ResponseWriter, r *http.Request) {
	v, err := h.view(r)
	v.Scripts = true
	if err == nil && v.Widget != "" {
		var token api.EmbedToken
		token, err = h.client.Widgets().Token(r.Context(), h.request(r, v.Widget))
		v.Token = token.EmbedToken
	}
	h.show(w, r, v, err)
}

func (h *host) iframe(w http.ResponseWriter, r *http.Request) {
	v, err := h.view(r)
	if err == nil && v.Widget != "" {
		var ticket api.EmbedTicket
		ticket, err = h.client.Widgets().Ticket(r.Context(), h.request(r, v.Widget))
		v.Ticket = ticket.URL
	}
	h.show(w, r, v, err)
}

// token is what the page's script asks for a fresh token, as auth-url.
func (h *host) token(w http.ResponseWriter, r *http.Request) {
	token, err := h.client.Widgets().Token(r.Context(), h.request(r, h.c.WidgetID))
	if err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintf(w, `{"token":%q}`, token.EmbedToken)
}

func (h *host) show(w http.ResponseWriter, r *http.Request, v hostView, err error) {
	if err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err := hostPage.Execute(w, v); err != nil {
		h.log.WarnContext(r.Context(), "host page", slog.Any("cause", err))
	}
}

func (h *host) fail(w http.ResponseWriter, r *http.Request, err error) {
	h.log.WarnContext(r.Context(), "the host could not get a token", slog.Any("cause", err))
	http.Error(w, "The partner's server could not get a token.", http.StatusBadGateway)
}
