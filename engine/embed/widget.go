package embed

import (
	"context"
	"slices"
	"strings"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/rest"
)

func (s *Service) widgetRoutes() {
	op := func(method, path, id, summary, message string, status int) rest.Op {
		return rest.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "Widgets", Permission: api.PermWidgets, Message: message, Status: status}
	}
	rest.PartnerList(s.k, op("GET", "/v1/widgets", "list-widgets", "List the community's widgets", "Read widgets success.", 200), s.list)
	rest.Partner(s.k, op("POST", "/v1/widgets", "create-widget", "Set up a widget", "Create widget success.", 201), s.create)
	rest.Partner(s.k, op("GET", "/v1/widgets/{id}", "get-widget", "Read a widget", "Read widget success.", 200), s.get)
	rest.Partner(s.k, op("PUT", "/v1/widgets/{id}", "update-widget", "Change the named parts of a widget", "Update widget success.", 200), s.update)
	rest.Partner(s.k, op("DELETE", "/v1/widgets/{id}", "delete-widget", "Remove a widget", "Delete widget success.", 200), s.delete)
}

type widgetPath struct {
	ID string `path:"id"`
}

func (s *Service) list(ctx context.Context, in *struct{ rest.Paging }) (rest.Page[api.Widget], error) {
	items, total, err := listWidgets(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.Paging)
	return rest.PageOf(in.Paging, items, total), err
}

func (s *Service) get(ctx context.Context, in *widgetPath) (api.Widget, error) {
	return oneWidget(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
}

func (s *Service) create(ctx context.Context, in *struct{ Body api.WidgetInput }) (api.Widget, error) {
	now := api.At(s.k.Now())
	w := api.Widget{ID: api.NewIDAt(now.Time), CommunityID: rest.CallerOf(ctx).CommunityID, IsEnabled: true,
		AllowedOrigins: []string{}, CreatedAt: now, UpdatedAt: now}
	w, err := s.draft(ctx, w, in.Body)
	if err != nil {
		return w, err
	}
	return w, s.save(ctx, "widget.create", nil, w, insertWidget)
}

func (s *Service) update(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body api.WidgetInput
}) (api.Widget, error) {
	before, err := oneWidget(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
	if err != nil {
		return before, err
	}
	after, err := s.draft(ctx, before, in.Body)
	if err != nil {
		return after, err
	}
	after.UpdatedAt = api.At(s.k.Now())
	err = s.save(ctx, "widget.update", before, after, updateWidget)
	s.k.Forget()
	s.hub.Signal("widget:" + after.ID)
	return after, err
}

func (s *Service) delete(ctx context.Context, in *widgetPath) (api.Widget, error) {
	w, err := oneWidget(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
	if err != nil {
		return w, err
	}
	err = s.save(ctx, "widget.delete", w, w, deleteWidget)
	s.k.Forget()
	s.hub.Signal("widget:" + w.ID)
	return w, err
}

// save writes a widget and its line in the audit log.
func (s *Service) save(ctx context.Context, action string, before any, w api.Widget, write func(context.Context, *db.Tx, api.Widget) error) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := write(ctx, tx, w); err != nil {
			return err
		}
		ch := rest.Change{Action: action, TargetType: "widget", TargetID: w.ID, TargetName: w.Name, Before: before, After: w}
		return s.k.Audit(ctx, tx, w.CommunityID, ch)
	})
}

// draft applies an input and checks the whole. Errors: Invalid with the field.
func (s *Service) draft(ctx context.Context, w api.Widget, in api.WidgetInput) (api.Widget, error) {
	set(&w.Name, in.Name)
	set(&w.Kind, in.Kind)
	set(&w.TargetID, in.TargetID)
	set(&w.IsPublic, in.IsPublic)
	set(&w.IsEnabled, in.IsEnabled)
	set(&w.Options, in.Options)
	w.Name = strings.TrimSpace(w.Name)
	if in.AllowedOrigins != nil {
		origins, err := origins("allowedOrigins", *in.AllowedOrigins)
		if err != nil {
			return w, err
		}
		w.AllowedOrigins = origins
	}
	switch {
	case w.Name == "":
		return w, api.InvalidField("name", "is required")
	case !slices.Contains(api.WidgetKinds(), w.Kind):
		return w, api.InvalidField("kind", "must be one of "+strings.Join(api.WidgetKinds(), ", "))
	}
	board, err := s.Board(ctx, w.CommunityID, w.TargetID)
	if api.IsKind(err, api.NotFound) {
		return w, api.InvalidField("targetId", "must be the id of one of the community's leaderboards")
	}
	w.TargetID = board.ID
	return w, err
}

func set[T any](into *T, from *T) {
	if from != nil {
		*into = *from
	}
}

// origins normalises a list of framing origins. Errors: Invalid on the field.
func origins(field string, list []string) ([]string, error) {
	out := make([]string, 0, len(list))
	for _, text := range list {
		o, err := auth.ParseOrigin(strings.TrimSpace(text))
		if err != nil {
			return nil, api.InvalidField(field, "holds "+text+": "+err.Error())
		}
		if !slices.Contains(out, o.String()) {
			out = append(out, o.String())
		}
	}
	return out, nil
}
