package community

import (
	"context"
	"log/slog"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
)

// The kinds of stored keys.
const (
	KindCommunity  = "community"
	KindUser       = "user"
	KindSystem     = "system"
	KindSecureAuth = "secureAuth"
	KindWidget     = "widget"
)

var authKinds = map[string]auth.KeyKind{
	KindCommunity: auth.KeyCommunity, KindUser: auth.KeyUser, KindSystem: auth.KeySystem,
	KindSecureAuth: auth.KeySecureAuth, KindWidget: auth.KeyWidgetAPI,
}

// IssueKey makes a key of a kind that has many: community keys, or the keys
// of one member. The answer alone holds the secret. Errors: Invalid.
func (s *Service) IssueKey(ctx context.Context, communityID, kind, memberID string, in api.NewAPIKey) (api.APIKey, error) {
	row, err := s.newRow(kind, memberID, in)
	if err != nil {
		return api.APIKey{}, err
	}
	secret := auth.NewKey(authKinds[kind])
	row.key.Key = secret.Prefix
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := insertKey(ctx, tx, communityID, row, secret.Hash); err != nil {
			return err
		}
		return s.auditKey(ctx, tx, communityID, "create", row, nil, &row.key)
	})
	if err != nil {
		return api.APIKey{}, err
	}
	row.key.Key = secret.Secret
	return row.key, nil
}

func (s *Service) newRow(kind, memberID string, in api.NewAPIKey) (keyRow, error) {
	if err := api.CheckPermissions(in.Permissions, permissionsFor(kind)); err != nil {
		return keyRow{}, err
	}
	if err := checkChannels(kind, in.ChannelIDs); err != nil {
		return keyRow{}, err
	}
	now := s.k.Now()
	expires, err := expiry(now, in.ExpirePeriod, in.ExpireDate)
	if err != nil {
		return keyRow{}, err
	}
	k := api.APIKey{
		ID: api.NewIDAt(now), Name: in.Name, Permissions: in.Permissions, ExpirePeriod: in.ExpirePeriod, ExpireDate: api.AtPtr(expires),
		ChannelIDs: in.ChannelIDs,
		IsActive:   in.IsActive == nil || *in.IsActive, CreatedAt: api.At(now), UpdatedAt: api.At(now),
	}
	if k.Permissions == nil {
		k.Permissions = []api.Permission{}
	}
	return keyRow{kind: kind, memberID: memberID, key: k}, nil
}

func permissionsFor(kind string) []api.Permission {
	if kind == KindUser {
		return api.UserPermissions()
	}
	return api.CommunityPermissions()
}

// expiry is when a key ends: the date when given, else the days; zero is never.
func expiry(now time.Time, days int, date string) (time.Time, error) {
	if date != "" {
		at, err := api.ParseTime(date)
		if err != nil || !at.After(now) {
			return time.Time{}, api.InvalidField("expireDate", "must be a time in the future")
		}
		return at, nil
	}
	if days == 0 {
		return time.Time{}, nil
	}
	return now.AddDate(0, 0, days), nil
}

// change applies a patch to a key.
func change(now time.Time, k api.APIKey, kind string, p api.APIKeyPatch) (api.APIKey, error) {
	if p.Name != nil {
		k.Name = *p.Name
	}
	if p.IsActive != nil {
		k.IsActive = *p.IsActive
	}
	if p.Permissions != nil {
		if err := api.CheckPermissions(*p.Permissions, permissionsFor(kind)); err != nil {
			return k, err
		}
		k.Permissions = *p.Permissions
	}
	if p.ChannelIDs != nil {
		if err := checkChannels(kind, *p.ChannelIDs); err != nil {
			return k, err
		}
		k.ChannelIDs = *p.ChannelIDs
	}
	k.UpdatedAt = api.At(now)
	if p.ExpirePeriod == nil && p.ExpireDate == nil {
		return k, nil
	}
	days, date := 0, ""
	if p.ExpirePeriod != nil {
		days = *p.ExpirePeriod
	}
	if p.ExpireDate != nil {
		date = *p.ExpireDate
	}
	expires, err := expiry(now, days, date)
	k.ExpirePeriod, k.ExpireDate = days, api.AtPtr(expires)
	return k, err
}

// Keys lists the keys of a kind; memberID narrows to one member's own.
func (s *Service) Keys(ctx context.Context, communityID, kind, memberID string) ([]api.APIKey, error) {
	return listKeys(ctx, s.k.DB().Read(), communityID, kind, memberID)
}

// ChangeKey changes a key. Errors: NotFound, Invalid.
func (s *Service) ChangeKey(ctx context.Context, communityID, kind, memberID, id string, p api.APIKeyPatch) (api.APIKey, error) {
	row, err := oneKey(ctx, s.k.DB().Read(), communityID, kind, memberID, id)
	if err != nil {
		return api.APIKey{}, err
	}
	before := row.key
	if row.key, err = change(s.k.Now(), row.key, kind, p); err != nil {
		return api.APIKey{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := updateKey(ctx, tx, communityID, row.key); err != nil {
			return err
		}
		return s.auditKey(ctx, tx, communityID, "update", row, &before, &row.key)
	})
	s.k.Forget()
	return row.key, err
}

// RevokeKey deletes a key: access with it stops at once. Errors: NotFound.
func (s *Service) RevokeKey(ctx context.Context, communityID, kind, memberID, id string) (api.APIKey, error) {
	row, err := oneKey(ctx, s.k.DB().Read(), communityID, kind, memberID, id)
	if err != nil {
		return api.APIKey{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := deleteKey(ctx, tx, communityID, id); err != nil {
			return err
		}
		return s.auditKey(ctx, tx, communityID, "delete", row, &row.key, nil)
	})
	s.k.Forget()
	return row.key, err
}

// RotateKey gives a key a new secret; the old one stops at once, or works on
// for the hours of overlap that are asked for. Errors: NotFound.
func (s *Service) RotateKey(ctx context.Context, communityID, kind, memberID, id string, in *api.KeyRotation) (api.APIKey, error) {
	row, err := oneKey(ctx, s.k.DB().Read(), communityID, kind, memberID, id)
	if err != nil {
		return api.APIKey{}, err
	}
	secret := auth.NewKey(authKinds[kind])
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := replaceHash(ctx, tx, communityID, id, secret, s.k.Now(), s.overlap(in)); err != nil {
			return err
		}
		return s.auditKey(ctx, tx, communityID, "rotate", row, nil, nil)
	})
	s.k.Forget()
	row.key.Key, row.key.OverlapUntil = secret.Secret, api.AtPtr(s.overlap(in))
	return row.key, err
}

// overlap is until when a rotated key's old secret works; zero when it stops
// at once.
func (s *Service) overlap(in *api.KeyRotation) time.Time {
	if in == nil || in.OverlapHours == 0 {
		return time.Time{}
	}
	return s.k.Now().Add(time.Duration(in.OverlapHours) * time.Hour)
}

// KeyRequests lists the newest requests that came with a key. Errors: NotFound.
func (s *Service) KeyRequests(ctx context.Context, communityID, kind, memberID, id string) ([]api.KeyRequest, error) {
	if _, err := oneKey(ctx, s.k.DB().Read(), communityID, kind, memberID, id); err != nil {
		return nil, err
	}
	if err := s.k.FlushUsage(ctx); err != nil {
		s.k.Log().WarnContext(ctx, "use of keys not written down", slog.Any("cause", err))
	}
	return keyRequests(ctx, s.k.DB().Read(), communityID, id)
}

// checkChannels refuses a limit to channels where it has no meaning.
func checkChannels(kind string, ids []string) error {
	if kind != KindUser && len(ids) > 0 {
		return api.InvalidField("channelIds", "only a member's own keys can be limited to channels")
	}
	for _, id := range ids {
		if !api.IsID(id) {
			return api.InvalidField("channelIds", "must hold ids of channels")
		}
	}
	return nil
}

func (s *Service) auditKey(ctx context.Context, tx *db.Tx, communityID, verb string, row keyRow, before, after *api.APIKey) error {
	ch := auditChange(row.kind+"-key."+verb, row.kind+"-key", row.key.ID, row.key.Name)
	if before != nil {
		ch.Before = *before
	}
	if after != nil {
		ch.After = *after
	}
	return s.k.Audit(ctx, tx, communityID, ch)
}
