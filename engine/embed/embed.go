// Package embed lets partners show widgets in their pages: widgets and who may
// frame them, access keys and the tokens minted with them, widget sessions,
// the public data of a widget, and the log of what went wrong.
package embed

import (
	"context"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/event"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the embed noun. Make it with New and set the hooks before use.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	hub         *event.Hub
	keys        *auth.Keyring
	baseURL     string

	// Board finds a leaderboard of a community by id or slug.
	Board func(ctx context.Context, communityID, ref string) (api.Leaderboard, error)
	// PublicBoards lists the boards whose own widget is on.
	PublicBoards func(ctx context.Context, communityID string) ([]api.Leaderboard, error)
	// Standings reads a board's rows, for a member when memberID is set.
	Standings func(ctx context.Context, communityID, boardID string, q api.StandingsQuery, memberID string) (api.Standings, error)
}

// New makes the service and registers its bearer tokens with the kit. baseURL
// is the deployment's public address without a trailing slash.
func New(k *rest.Kit, communities *community.Service, members *member.Service, hub *event.Hub, keys *auth.Keyring, baseURL string) *Service {
	s := &Service{k: k, communities: communities, members: members, hub: hub, keys: keys, baseURL: baseURL}
	k.AddResolver(rest.Resolver{Prefix: auth.PrefixWidgetAccess, Resolve: s.resolve})
	return s
}

// Routes registers the noun's operations.
func (s *Service) Routes() {
	s.widgetRoutes()
	s.keyRoutes()
	s.tokenRoutes()
	s.publicRoutes()
}

var (
	errWidgetGone    = api.NewError(api.NotFound, "widget_gone", "This widget is no longer here.")
	errWidgetMissing = api.NewError(api.NotFound, "widget_not_found", "No widget has that id.")
	errKeyMissing    = api.NewError(api.NotFound, "access_key_not_found", "No access key has that id.")
)
