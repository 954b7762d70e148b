package member

import (
	"context"
	"maps"
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/rest"
)

// onlineFor is how long after the last sign of life a member counts as online.
const onlineFor = 5 * time.Minute

// view is the wire form of a member, without its wallet.
func (r record) view(now time.Time) api.User {
	return api.User{
		ID: r.ID, Number: r.No, Username: r.Username, Email: r.email, DisplayName: r.shownName(), FirstName: r.firstName,
		LastName: r.lastName, Avatar: r.avatar, Language: r.language, Timezone: r.timezone, Role: r.Role,
		EmailVerified: r.emailVerified, Tags: append([]string{}, r.tags...), IsDummy: r.IsDummy, IsDeleted: r.Deleted, IsOnline: r.isOnline(now),
		LastLogin: api.AtPtr(r.lastLogin), LastSeen: api.AtPtr(r.lastSeen), CustomFields: maps.Clone(r.fields), CreatedAt: api.At(r.createdAt), UpdatedAt: api.At(r.updatedAt),
	}
}

// shownName is the display name, or the username when none was chosen.
func (r record) shownName() string {
	if r.displayName == "" {
		return r.Username
	}
	return r.displayName
}

func (r record) isOnline(now time.Time) bool {
	return !r.lastSeen.IsZero() && now.Sub(r.lastSeen) < onlineFor
}

func (r record) digest() api.UserDigest {
	return api.UserDigest{ID: r.ID, Number: r.No, Avatar: r.avatar, DisplayName: r.shownName(), Username: r.Username}
}

// user is a member with its wallet.
func (s *Service) user(ctx context.Context, communityID string, r record) (api.User, error) {
	users, err := s.users(ctx, communityID, []record{r})
	if err != nil {
		return api.User{}, err
	}
	return users[0], nil
}

// users adds the wallets of all with one question.
func (s *Service) users(ctx context.Context, communityID string, rows []record) ([]api.User, error) {
	out, ids := make([]api.User, len(rows)), make([]string, len(rows))
	for i, r := range rows {
		out[i], ids[i] = r.view(s.k.Now()), r.ID
	}
	if err := s.hide(ctx, communityID, out); err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return out, nil
	}
	if s.Badges != nil {
		shown, err := s.Badges(ctx, communityID, ids)
		if err != nil {
			return nil, wrap(err, "badges")
		}
		for i := range out {
			out[i].Badges = shown[out[i].ID]
		}
	}
	if s.Wallets == nil {
		return out, nil
	}
	wallets, err := s.Wallets(ctx, communityID, ids)
	if err != nil {
		return nil, wrap(err, "wallets")
	}
	for i := range out {
		w := wallets[out[i].ID]
		out[i].Wallet = &w
	}
	return out, nil
}

// hide masks the private values of others for callers without the right to
// see them.
func (s *Service) hide(ctx context.Context, communityID string, users []api.User) error {
	c := rest.CallerOf(ctx)
	has := slices.ContainsFunc(users, func(u api.User) bool { return len(u.CustomFields) > 0 })
	if !has || c.Kind == rest.Anonymous || c.Can(api.PermUserFields) {
		return nil
	}
	fields, err := listFields(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return err
	}
	for i := range users {
		if users[i].ID != c.MemberID {
			mask(users[i].CustomFields, fields)
		}
	}
	return nil
}

// Users reads members by number, in the order of the list, with wallets and
// as the caller of ctx may see them. Unknown numbers are left out.
func (s *Service) Users(ctx context.Context, communityID string, nos []int64) ([]api.User, error) {
	rows := make([]record, 0, len(nos))
	for part := range slices.Chunk(nos, cardsAtOnce) {
		found, err := selectByNos(ctx, s.k.DB(), communityID, part)
		if err != nil {
			return nil, err
		}
		rows = append(rows, found...)
	}
	return s.users(ctx, communityID, rows)
}

// Digest is the little that is shown of a member beside something else; nil
// for nobody, and for members that are gone.
func (s *Service) Digest(ctx context.Context, communityID, id string) (*api.UserDigest, error) {
	return s.maker(ctx, communityID, id)
}

// LanguageOf is the language that a member has chosen.
func (s *Service) LanguageOf(ctx context.Context, communityID, id string) (language string, err error) {
	err = s.k.DB().Read().QueryRow(ctx, `SELECT language FROM members WHERE community_id = $1 AND id = $2`, communityID, id).Scan(&language)
	return language, err
}

// Zone is the community's time zone.
func (s *Service) Zone(ctx context.Context, communityID string) *time.Location {
	return s.communities.Zone(ctx, communityID)
}
