package member

import (
	"context"
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/rest"
)

type getUserInput struct {
	UserID      string `path:"userId" maxLength:"254"`
	ID          bool   `query:"_id"`
	Number      bool   `query:"id"`
	Avatar      bool   `query:"avatar"`
	DisplayName bool   `query:"displayName"`
	Username    bool   `query:"username"`
	FirstName   bool   `query:"firstName"`
	LastName    bool   `query:"lastName"`
	Email       bool   `query:"email"`
	IsOnline    bool   `query:"isOnline"`
	LastLogin   bool   `query:"lastLogin"`
}

// shownUser is the reference's form of a user; fields not asked for are left out.
type shownUser struct {
	ID          *string   `json:"_id,omitempty"`
	Number      *int64    `json:"id,omitempty"`
	Avatar      *string   `json:"avatar,omitempty"`
	DisplayName *string   `json:"displayName,omitempty"`
	Username    *string   `json:"username,omitempty"`
	FirstName   *string   `json:"firstName,omitempty"`
	LastName    *string   `json:"lastName,omitempty"`
	Email       *string   `json:"email,omitempty"`
	IsOnline    *bool     `json:"isOnline,omitempty"`
	LastLogin   *api.Time `json:"lastLogin,omitempty" doc:"null for a member that never signed in"`
}

// getUser shows one's own record to a member, any to who holds getUserData.
func (s *Service) getUser(ctx context.Context, in *getUserInput) (shownUser, error) {
	c := rest.CallerOf(ctx)
	ref, err := s.resolveLive(ctx, c.CommunityID, in.UserID)
	if !c.Can(api.PermGetUserData) && (ref.ID != c.MemberID || !mayReadOwn(c)) {
		return shownUser{}, errOwnOnly
	}
	if err != nil {
		return shownUser{}, err
	}
	r, err := selectByID(ctx, s.k.DB().Read(), c.CommunityID, ref.ID)
	return in.choose(r, s.k.Now()), err
}

func mayReadOwn(c rest.Caller) bool {
	return c.Kind != rest.UserKey || c.Can(api.PermReadOwnProfile)
}

func (in *getUserInput) choose(r record, now time.Time) shownUser {
	all := !slices.Contains([]bool{in.ID, in.Number, in.Avatar, in.DisplayName, in.Username, in.FirstName, in.LastName, in.Email, in.IsOnline, in.LastLogin}, true)
	return shownUser{
		ID: when(all || in.ID, r.ID), Number: when(all || in.Number, r.No), Avatar: when(all || in.Avatar, r.avatar),
		DisplayName: when(all || in.DisplayName, r.shownName()), Username: when(all || in.Username, r.Username),
		FirstName: when(all || in.FirstName, r.firstName), LastName: when(all || in.LastName, r.lastName),
		Email: when(all || in.Email, r.email), IsOnline: when(all || in.IsOnline, r.isOnline(now)),
		LastLogin: when(all || in.LastLogin, api.At(r.lastLogin)),
	}
}

func when[T any](shown bool, v T) *T {
	if !shown {
		return nil
	}
	return &v
}
