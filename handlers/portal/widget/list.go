// Package widget holds the portal's handlers of widgets: the list and the
// configurator with preview and snippets.
package widget

import (
	"golang.org/x/sync/errgroup"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/embed"
	"laurel/handlers/web"
	"laurel/widgets"
)

// List is the page of all widgets.
func List(v *web.Visit) error {
	list, err := v.API.Widgets().List(v.Ctx(), apiclient.Paging{Limit: 100})
	if err != nil {
		return err
	}
	rows, err := listRows(v, list.Items)
	if err != nil {
		return err
	}
	return v.Page(page.List(page.ListProps{PortalProps: v.Portal("Widgets", layout.PlaceWidgets), Rows: rows, Kinds: kinds(), CanEdit: true}))
}

// listRows names each widget's board and when a frame of it last opened.
func listRows(v *web.Visit, list []api.Widget) ([]page.Row, error) {
	boards, err := boardNames(v)
	if err != nil {
		return nil, err
	}
	rows := make([]page.Row, len(list))
	group, ctx := errgroup.WithContext(v.Ctx())
	group.SetLimit(8)
	for i, w := range list {
		rows[i] = page.Row{
			ID: w.ID, Name: w.Name, Kind: kindTitle(w.Kind), Target: boards[w.TargetID], Public: w.IsPublic, Enabled: w.IsEnabled,
			Origins: w.AllowedOrigins, Preview: previewURL(w),
		}
		group.Go(func() error {
			log, err := v.API.Widgets().EmbedLog(ctx, apiclient.EmbedLogQuery{Paging: apiclient.Paging{Limit: 1}, WidgetID: w.ID, Event: "session"})
			if err == nil && len(log.Items) > 0 {
				rows[i].Opened = v.Moment(log.Items[0].CreatedAt)
			}
			return err
		})
	}
	return rows, group.Wait()
}

func boardNames(v *web.Visit) (map[string]string, error) {
	boards, err := v.API.Leaderboards().List(v.Ctx(), apiclient.BoardQuery{Paging: apiclient.Paging{Limit: 100}})
	names := map[string]string{}
	for _, b := range boards.Items {
		names[b.ID] = b.Name
	}
	return names, err
}

func kindTitle(name string) string {
	if k, ok := widgets.ByName(name); ok {
		return k.Title
	}
	return name
}

// kinds are the kinds on offer.
func kinds() []page.Kind {
	var out []page.Kind
	for _, k := range widgets.Kinds() {
		if k.Ready {
			out = append(out, page.Kind{Name: k.Name, Label: k.Title, Text: "Ranks by points, live, with the member's own place.", Icon: "trophy"})
		}
	}
	return out
}

// previewURL is where the portal frames a widget: the public page, or what a
// member would see; empty for unknown kinds and widgets that are off.
func previewURL(w api.Widget) string {
	k, ok := widgets.ByName(w.Kind)
	if !ok || !w.IsEnabled {
		return ""
	}
	if !w.IsPublic {
		return link.WidgetDo(w.ID, "preview")
	}
	return k.PagePath(w.ID) + "?preview=1"
}
