package accesskey

import (
	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/accesskey"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// Log is the page of what happened in partners' frames; ?faults=1 leaves out
// what went well, ?widget= keeps to one widget.
func Log(v *web.Visit) error {
	q := apiclient.EmbedLogQuery{Paging: v.Paging(), WidgetID: v.Query("widget")}
	faults := v.Query("faults") != ""
	if faults {
		q.Event = "refused"
	}
	events, err := v.API.Widgets().EmbedLog(v.Ctx(), q)
	if err != nil {
		return err
	}
	rows, err := lines(v, events.Items)
	if err != nil {
		return err
	}
	return v.Page(page.Log(page.LogProps{
		PortalProps: v.Portal("Embed log", layout.PlaceWidgets, ui.Link{Label: "Widgets", Href: link.Widgets}, ui.Link{Label: "Embed log"}),
		Rows:        rows, OnlyFaults: faults, Pagination: web.Pages(events, link.EmbedLog, "embeds", v.Filters("faults", "widget", "limit")),
	}))
}

// lines names widgets, keys and members instead of their ids, where they still
// exist.
func lines(v *web.Visit, events []api.EmbedEvent) ([]page.Embed, error) {
	if len(events) == 0 {
		return nil, nil
	}
	names, err := names(v)
	if err != nil {
		return nil, err
	}
	out := make([]page.Embed, 0, len(events))
	for _, e := range events {
		out = append(out, page.Embed{
			At: v.Moment(e.CreatedAt), Widget: names.or(e.WidgetID), Origin: e.Origin, Key: names.or(e.AccessID),
			Member: memberName(v, names, e.UserID), Code: e.Code, Reason: e.Detail, RequestID: e.RequestID,
		})
	}
	return out, nil
}

// directory finds names by ids.
type directory map[string]string

func (d directory) or(id string) string {
	if d[id] != "" {
		return d[id]
	}
	return id
}

func names(v *web.Visit) (directory, error) {
	d := directory{}
	widgets, err := v.API.Widgets().List(v.Ctx(), apiclient.Paging{Limit: 100})
	if err != nil {
		return d, err
	}
	for _, w := range widgets.Items {
		d[w.ID] = w.Name
	}
	keys, err := v.API.Widgets().AccessKeys(v.Ctx())
	for _, k := range keys {
		d[k.AccessID], d[k.ID] = k.Name, k.Name
	}
	return d, err
}

// memberName looks each member of a page up once.
func memberName(v *web.Visit, d directory, id string) string {
	if id == "" || d[id] != "" {
		return d[id]
	}
	d[id] = id
	if u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, id); err == nil {
		d[id] = web.Name(u)
	}
	return d[id]
}
