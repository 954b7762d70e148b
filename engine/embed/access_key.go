package embed

import (
	"context"
	"slices"
	"strings"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// accessKey is a stored key pair: the public view and what verifying needs.
type accessKey struct {
	api.AccessKey
	communityID        string
	hash, oldHash      string
	sealed, oldSealed  string
	oldUntil, revokeAt time.Time
}

func (s *Service) keyRoutes() {
	op := func(method, path, id, summary, message string, status int) rest.Op {
		return rest.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "Access keys", Permission: api.PermWidgets, Message: message, Status: status}
	}
	const path = "/v1/widget-access-keys"
	rest.Partner(s.k, op("GET", path, "list-access-keys", "List access keys", "Read access keys success.", 200), s.listKeys)
	create := op("POST", path, "create-access-key", "Create an access key", "Create access key success.", 201)
	create.Private, create.Description = true, "The secret is in this answer and nowhere else."
	rest.Partner(s.k, create, s.createKey)
	rest.Partner(s.k, op("GET", path+"/{id}", "get-access-key", "Read an access key", "Read access key success.", 200), s.getKey)
	rest.Partner(s.k, op("PUT", path+"/{id}", "update-access-key", "Change the named parts of an access key", "Update access key success.", 200), s.updateKey)
	rotate := op("POST", path+"/{id}/rotate", "rotate-access-key", "Give an access key a new secret", "Rotate access key success.", 200)
	rotate.Private, rotate.Description = true, "The old secret works on for overlapHours."
	rest.Partner(s.k, rotate, s.rotateKey)
	rest.Partner(s.k, op("DELETE", path+"/{id}", "revoke-access-key", "Revoke an access key", "Revoke access key success.", 200), s.revokeKey)
	rest.PartnerList(s.k, op("GET", "/v1/widget-embed-log", "list-embed-log", "What happened with embeds, newest first", "Read embed log success.", 200), s.embedLog)
}

func (s *Service) listKeys(ctx context.Context, _ *struct{}) ([]api.AccessKey, error) {
	return listAccessKeys(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID)
}

func (s *Service) getKey(ctx context.Context, in *widgetPath) (api.AccessKey, error) {
	k, err := oneAccessKey(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
	return k.AccessKey, err
}

func (s *Service) createKey(ctx context.Context, in *struct{ Body api.AccessKeyInput }) (api.AccessKey, error) {
	now := s.k.Now()
	k := accessKey{communityID: rest.CallerOf(ctx).CommunityID, AccessKey: api.AccessKey{
		ID: api.NewIDAt(now), AccessID: "ak_" + api.NewIDAt(now), Algorithm: string(auth.HS256), IsActive: true,
		AllowedOrigins: []string{}, IdentifierMap: defaultIdentifiers(), CreatedAt: api.At(now), UpdatedAt: api.At(now),
	}}
	if err := change(&k.AccessKey, in.Body); err != nil {
		return k.AccessKey, err
	}
	secret := s.newSecret(&k)
	if err := s.saveKey(ctx, "access-key.create", nil, k, insertAccessKey); err != nil {
		return k.AccessKey, err
	}
	k.AccessKey.AccessKey = secret
	return k.AccessKey, nil
}

func (s *Service) updateKey(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body api.AccessKeyInput
}) (api.AccessKey, error) {
	k, err := oneAccessKey(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
	if err != nil {
		return k.AccessKey, err
	}
	before := k.AccessKey
	if err := change(&k.AccessKey, in.Body); err != nil {
		return k.AccessKey, err
	}
	k.UpdatedAt = api.At(s.k.Now())
	err = s.saveKey(ctx, "access-key.update", before, k, updateAccessKey)
	s.k.Forget()
	return k.AccessKey, err
}

func (s *Service) rotateKey(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body api.RotateInput
}) (api.AccessKey, error) {
	k, err := oneAccessKey(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
	if err != nil {
		return k.AccessKey, err
	}
	now := s.k.Now()
	k.oldHash, k.oldSealed, k.oldUntil = k.hash, k.sealed, now.Add(time.Duration(in.Body.OverlapHours)*time.Hour)
	k.OldKeyUntil = api.AtPtr(k.oldUntil)
	secret := s.newSecret(&k)
	k.UpdatedAt = api.At(now)
	if err := s.saveKey(ctx, "access-key.rotate", nil, k, updateAccessKey); err != nil {
		return k.AccessKey, err
	}
	k.AccessKey.AccessKey = secret
	return k.AccessKey, nil
}

// revokeKey ends a key, and every widget session that it made, at once.
func (s *Service) revokeKey(ctx context.Context, in *widgetPath) (api.AccessKey, error) {
	k, err := oneAccessKey(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.ID)
	if err != nil {
		return k.AccessKey, err
	}
	now := s.k.Now()
	k.IsActive, k.revokeAt, k.RevokedAt, k.UpdatedAt = false, now, api.AtPtr(now), api.At(now)
	err = s.saveKey(ctx, "access-key.revoke", nil, k, func(ctx context.Context, tx *db.Tx, k accessKey) error {
		if err := updateAccessKey(ctx, tx, k); err != nil {
			return err
		}
		return endSessions(ctx, tx, k.communityID, k.ID, now)
	})
	s.k.Forget()
	s.hub.Signal("access-key:" + k.ID)
	return k.AccessKey, err
}

// newSecret gives the key a fresh secret: hashed for the exchange, sealed for
// checking the partner's own signatures.
func (s *Service) newSecret(k *accessKey) string {
	secret := auth.NewKey(auth.KeyWidget)
	k.hash, k.sealed = secret.Hash, s.keys.Seal([]byte(secret.Secret), "access-key:"+k.ID)
	return secret.Secret
}

func (s *Service) saveKey(ctx context.Context, action string, before any, k accessKey, write func(context.Context, *db.Tx, accessKey) error) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := write(ctx, tx, k); err != nil {
			return err
		}
		ch := rest.Change{Action: action, TargetType: "access-key", TargetID: k.ID, TargetName: k.Name, Before: before, After: k.AccessKey}
		return s.k.Audit(ctx, tx, k.communityID, ch)
	})
}

// defaultIdentifiers says what the usual data- attributes name.
func defaultIdentifiers() map[string]string {
	return map[string]string{"data-email": "email", "data-user-id": "username", "data-userid": "username", "data-customer-id": "externalId"}
}

// change applies an input. Errors: Invalid with the field.
func change(k *api.AccessKey, in api.AccessKeyInput) error {
	set(&k.Name, in.Name)
	set(&k.Algorithm, in.Algorithm)
	set(&k.PublicKey, in.PublicKey)
	set(&k.CreateUsers, in.CreateUsers)
	set(&k.IsActive, in.IsActive)
	set(&k.IdentifierMap, in.IdentifierMap)
	if in.AllowedOrigins != nil {
		list, err := origins("allowedOrigins", *in.AllowedOrigins)
		if err != nil {
			return err
		}
		k.AllowedOrigins = list
	}
	if k.Name = strings.TrimSpace(k.Name); k.Name == "" {
		return api.InvalidField("name", "is required")
	}
	if k.RevokedAt != nil && k.IsActive {
		return api.NewError(api.Conflict, "access_key_revoked", "A revoked access key stays revoked; create a new one.")
	}
	if err := checkIdentifiers(k.IdentifierMap); err != nil {
		return err
	}
	return checkPublicKey(k)
}

func checkIdentifiers(m map[string]string) error {
	for attribute, property := range m {
		if !strings.HasPrefix(attribute, "data-") {
			return api.InvalidField("identifierMap", "must name attributes that begin with data-")
		}
		if !slices.Contains([]string{"email", "username", "id", "externalId"}, property) {
			return api.InvalidField("identifierMap", "must point to email, username, id or externalId")
		}
	}
	return nil
}

func checkPublicKey(k *api.AccessKey) error {
	if k.Algorithm == string(auth.HS256) {
		k.PublicKey = ""
		return nil
	}
	parsed, err := auth.ParsePublicKey(k.PublicKey)
	if err != nil {
		return api.InvalidField("publicKey", "is not usable: "+err.Error())
	}
	if string(parsed.Algorithm) != k.Algorithm {
		return api.InvalidField("publicKey", "is a key for "+string(parsed.Algorithm)+", not for "+k.Algorithm)
	}
	return nil
}
