package embed

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/static"
	"laurel/widgets"
)

// short lets browsers and CDNs keep what changes with a release only.
const short = "public, max-age=300, must-revalidate"

// loader serves a script at an address that stays the same over releases. The
// same bytes stand for ever at their address with a hash.
func loader(name string) echo.HandlerFunc {
	return func(c echo.Context) error {
		static.Serve(c.Response(), c.Request(), name, short)
		return nil
	}
}

// discovery is the Link header by which a CMS finds a public widget's oEmbed.
func (e *Embed) discovery(w api.Widget) string {
	page := e.BaseURL + pagePath + w.ID
	return "<" + e.BaseURL + "/oembed?format=json&url=" + url.QueryEscape(page) + `>; rel="alternate"; type="application/json+oembed"`
}

// oEmbed answers for the address of a public widget's page with what a CMS puts
// into its own, as https://oembed.com says.
func (e *Embed) oEmbed(c echo.Context) error {
	h := c.Response().Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if f := c.QueryParam("format"); f != "" && f != "json" {
		return oEmbedFault(c, http.StatusNotImplemented, "Only format=json is answered.")
	}
	info, err := e.linked(c, c.QueryParam("url"))
	switch {
	case api.IsKind(err, api.NotFound):
		return oEmbedFault(c, http.StatusNotFound, "No public widget has that address.")
	case err != nil:
		retryAfter(h, err)
		return oEmbedFault(c, kindOf(err).Status(), "The widget cannot be read right now.")
	case !info.Widget.IsPublic:
		return oEmbedFault(c, http.StatusUnauthorized, "The widget is not public.")
	}
	h.Set("Cache-Control", short)
	return c.JSON(http.StatusOK, e.oEmbedOf(c, info))
}

func oEmbedFault(c echo.Context, status int, message string) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(status, map[string]string{"error": message})
}

func (e *Embed) oEmbedOf(c echo.Context, info api.PublicWidget) widgets.OEmbed {
	kind, _ := widgets.ByName(info.Widget.Kind)
	return widgets.NewOEmbed(widgets.OEmbedInput{
		BaseURL: e.BaseURL, Provider: info.Community.Name, Title: info.Board.Name, Kind: kind, WidgetID: info.Widget.ID,
		MaxWidth: pixels(c.QueryParam("maxwidth")), MaxHeight: pixels(c.QueryParam("maxheight")),
	})
}

func pixels(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// linked finds the widget whose page an address of ours is. Errors: NotFound
// for every other address.
func (e *Embed) linked(c echo.Context, address string) (api.PublicWidget, error) {
	path, ok := strings.CutPrefix(address, e.BaseURL+"/")
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	part := strings.Split(strings.TrimSuffix(path, "/"), "/")
	id := ""
	var err error
	switch {
	case !ok:
		return api.PublicWidget{}, errGone
	case len(part) == 3 && part[0] == "embed" && part[1] == "leaderboard":
		id = part[2]
	case part[0] == "custom-leaderboards" && len(part) == 3:
		id, err = e.aliases.find(c, e, part[1], part[2])
	case part[0] == "custom-leaderboards" && len(part) == 2:
		id, err = e.aliases.find(c, e, "-", part[1])
	default:
		err = errGone
	}
	if err != nil {
		return api.PublicWidget{}, err
	}
	_, info, err := e.cache.open(c, id)
	return info, err
}
