package apikey

import (
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/apikey"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// Requests is the page of what a key was used for.
func Requests(v *web.Visit) error {
	keys := v.API.Keys(v.Community.ID)
	list, err := keys.List(v.Ctx())
	if err != nil {
		return err
	}
	requests, err := keys.Requests(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	p := page.RequestsProps{}
	for _, k := range list {
		if k.ID == v.Param("id") {
			p.Name = k.Name
		}
	}
	for _, r := range requests {
		p.Rows = append(p.Rows, page.Request{At: v.Moment(r.At), Method: r.Method, Route: r.Route, Status: r.Status, IP: r.IP})
	}
	p.PortalProps = v.Portal(p.Name, layout.PlaceKeys, ui.Link{Label: "API keys", Href: link.Keys}, ui.Link{Label: p.Name})
	return v.Page(page.Requests(p))
}
