package member

import (
	"context"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/rest"
)

type (
	keysInput struct {
		UserID string `path:"userId" maxLength:"254"`
	}
	keyInput struct {
		UserID string `path:"userId" maxLength:"254"`
		KeyID  string `path:"keyId" maxLength:"100"`
	}
	newKeyInput struct {
		UserID string `path:"userId" maxLength:"254"`
		Body   api.NewAPIKey
	}
	newKeyAlias struct {
		UserID string `query:"userId" required:"true" maxLength:"254"`
		Body   api.NewAPIKey
	}
	patchKeyInput struct {
		UserID string `path:"userId" maxLength:"254"`
		KeyID  string `path:"keyId" maxLength:"100"`
		Body   api.APIKeyPatch
	}
)

var errOwnKeys = api.NewError(api.Forbidden, "own_keys_only", "Everybody manages his own keys only.")

// self is the caller's own id when the path names him.
func (s *Service) self(ctx context.Context, userID string) (communityID, memberID string, err error) {
	c := rest.CallerOf(ctx)
	ref, err := s.resolveLive(ctx, c.CommunityID, userID)
	if isUnknownUser(err) || (err == nil && ref.ID != c.MemberID) {
		return "", "", errOwnKeys
	}
	return c.CommunityID, ref.ID, err
}

func (s *Service) keys(ctx context.Context, in *keysInput) ([]api.APIKey, error) {
	cid, id, err := s.self(ctx, in.UserID)
	if err != nil {
		return nil, err
	}
	return s.communities.Keys(ctx, cid, community.KindUser, id)
}

func (s *Service) createKey(ctx context.Context, in *newKeyInput) (api.APIKey, error) {
	cid, id, err := s.self(ctx, in.UserID)
	if err != nil {
		return api.APIKey{}, err
	}
	if in.Body.CommunityID != "" && in.Body.CommunityID != cid {
		return api.APIKey{}, api.NewError(api.Forbidden, "other_community", "The credential belongs to another community.",
			api.FieldError{Field: "communityId", Message: "is another community"})
	}
	return s.communities.IssueKey(ctx, cid, community.KindUser, id, in.Body)
}

func (s *Service) createKeyAlias(ctx context.Context, in *newKeyAlias) (api.APIKey, error) {
	return s.createKey(ctx, &newKeyInput{UserID: in.UserID, Body: in.Body})
}

func (s *Service) updateKey(ctx context.Context, in *patchKeyInput) (api.APIKey, error) {
	cid, id, err := s.self(ctx, in.UserID)
	if err != nil {
		return api.APIKey{}, err
	}
	return s.communities.ChangeKey(ctx, cid, community.KindUser, id, in.KeyID, in.Body)
}

func (s *Service) deleteKey(ctx context.Context, in *keyInput) (api.APIKey, error) {
	cid, id, err := s.self(ctx, in.UserID)
	if err != nil {
		return api.APIKey{}, err
	}
	return s.communities.RevokeKey(ctx, cid, community.KindUser, id, in.KeyID)
}

type rotateKeyInput struct {
	UserID string `path:"userId" maxLength:"254"`
	KeyID  string `path:"keyId" maxLength:"100"`
	Body   *api.KeyRotation
}

func (s *Service) rotateKey(ctx context.Context, in *rotateKeyInput) (api.APIKey, error) {
	cid, id, err := s.self(ctx, in.UserID)
	if err != nil {
		return api.APIKey{}, err
	}
	return s.communities.RotateKey(ctx, cid, community.KindUser, id, in.KeyID, in.Body)
}

func (s *Service) keyRequests(ctx context.Context, in *keyInput) ([]api.KeyRequest, error) {
	cid, id, err := s.self(ctx, in.UserID)
	if err != nil {
		return nil, err
	}
	return s.communities.KeyRequests(ctx, cid, community.KindUser, id, in.KeyID)
}
