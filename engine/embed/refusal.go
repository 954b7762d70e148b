package embed

import (
	"context"
	"errors"

	"laurel/api"
	"laurel/auth"
)

// publicCodes are the only reasons that visitors are told; everything else is
// bad_key. The partner reads the rest in the embed log.
var publicCodes = map[string]string{
	auth.CodeEmbedExpired:     "embed_expired",
	auth.CodeEmbedReplayed:    "embed_replayed",
	auth.CodeEmbedRevoked:     "embed_revoked",
	auth.CodeEmbedWrongOrigin: "origin_not_allowed",
}

// refuse writes a refusal into the embed log and gives what the public sees.
// Failures that are not about the token pass unchanged.
func (s *Service) refuse(ctx context.Context, e entry, err error) error {
	code := codeOf(err)
	if code == "" {
		return err
	}
	e.event, e.code, e.detail = "refused", code, err.Error()
	s.log(ctx, e)
	return publicError(err)
}

// codeOf is the stable code of a refusal, empty when err is none.
func codeOf(err error) string {
	var t *auth.TokenError
	if errors.As(err, &t) {
		return t.Code
	}
	var e *api.Error
	if errors.As(err, &e) && (e.Kind == api.NotFound || e.Kind == api.Conflict || e.Kind == api.Invalid) {
		return e.Code
	}
	return ""
}

func publicError(err error) error {
	code := codeOf(err)
	if code == "" {
		return err
	}
	public, ok := publicCodes[code]
	if !ok {
		public = "bad_key"
	}
	return api.NewError(api.Unauthenticated, public, auth.PublicMessage)
}
