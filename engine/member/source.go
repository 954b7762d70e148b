package member

import (
	"context"

	"laurel/engine/rest"
)

type sourceKey struct{}

// WithSource is a context whose changes of custom values are noted as coming
// from the source: imports and hooks name themselves by it.
func WithSource(ctx context.Context, source string) context.Context {
	return context.WithValue(ctx, sourceKey{}, source)
}

// sourceOf names where the changes of a context come from: portal for people
// of the team, member for members themselves, api for keys, else system.
func sourceOf(ctx context.Context) string {
	if source, ok := ctx.Value(sourceKey{}).(string); ok {
		return source
	}
	switch c := rest.CallerOf(ctx); {
	case c.IsTeam():
		return "portal"
	case c.IsPerson():
		return "member"
	case c.KeyID != "" || c.Kind == rest.SystemKey:
		return "api"
	}
	return "system"
}
