package community

import (
	"context"
	"errors"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// The kinds of which a community has exactly one are kept under a fixed id:
// the kind itself.

// replaceKey makes the community's one key of a kind and returns its secret;
// the one before stops at once, or works on for the overlap.
func (s *Service) replaceKey(ctx context.Context, tx *db.Tx, communityID, kind string, in *api.KeyRotation) (string, error) {
	if until := s.overlap(in); !until.IsZero() {
		if _, err := oneKey(ctx, tx, communityID, kind, "", kind); err == nil {
			secret := auth.NewKey(authKinds[kind])
			return secret.Secret, replaceHash(ctx, tx, communityID, kind, secret, s.k.Now(), until)
		}
	}
	if err := deleteKey(ctx, tx, communityID, kind); err != nil {
		return "", err
	}
	secret := auth.NewKey(authKinds[kind])
	now := s.k.Now()
	row := keyRow{kind: kind, key: api.APIKey{ID: kind, Key: secret.Prefix, Name: kind + " key", Permissions: []api.Permission{},
		IsActive: true, CreatedAt: api.At(now), UpdatedAt: api.At(now)}}
	return secret.Secret, insertKey(ctx, tx, communityID, row, secret.Hash)
}

type rotateSystemInput struct {
	CommunityID string `path:"communityId"`
	Kind        string `query:"kind" enum:"system,secureAuth,widget" default:"system" doc:"Which of the community's single keys"`
	Body        *api.KeyRotation
}

type systemKeyInput struct {
	CommunityID string `path:"communityId"`
	Kind        string `query:"kind" enum:"system,secureAuth,widget" default:"system" doc:"Which of the community's single keys"`
}

func (s *Service) systemKey(ctx context.Context, in *systemKeyInput) (api.SystemKey, error) {
	row, err := oneKey(ctx, s.k.DB().Read(), in.CommunityID, in.Kind, "", in.Kind)
	if err != nil {
		return api.SystemKey{}, err
	}
	return api.SystemKey{Key: row.key.Key, Kind: in.Kind, RotatedAt: &row.key.UpdatedAt, LastUsedAt: row.key.LastUsedAt, LastIP: row.key.LastIP, OverlapUntil: row.key.OverlapUntil}, nil
}

func (s *Service) rotateSystemKey(ctx context.Context, in *rotateSystemInput) (api.SystemKey, error) {
	var secret string
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var err error
		if secret, err = s.replaceKey(ctx, tx, in.CommunityID, in.Kind, in.Body); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, in.CommunityID, rest.Change{Action: in.Kind + "-key.rotate", TargetType: "key", TargetID: in.Kind, TargetName: in.Kind + " key"})
	})
	s.k.Forget()
	now := api.At(s.k.Now())
	return api.SystemKey{Key: secret, Kind: in.Kind, RotatedAt: &now, OverlapUntil: api.AtPtr(s.overlap(in.Body))}, err
}

// CheckSingleKey finds the community that a secure-auth or widget key
// belongs to. Errors: Unauthenticated.
func (s *Service) CheckSingleKey(ctx context.Context, kind, secret string) (communityID string, err error) {
	communityID, err = communityOfKey(ctx, s.k.DB().Read(), kind, auth.HashKey(secret), s.k.Now())
	if errors.Is(err, errKeyNotFound) {
		return "", api.NewError(api.Unauthenticated, "credential_invalid", "The key is not valid.")
	}
	return communityID, err
}
