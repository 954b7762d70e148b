package member

import (
	"context"
	"slices"
	"strconv"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

var (
	errRole      = api.NewError(api.Forbidden, "role_forbidden", "Only an owner or admin may give or take a team role, and only an owner the owner's.")
	errTeam      = api.NewError(api.Forbidden, "team_member_protected", "Members of the team are changed by owners and admins only, owners by owners only.")
	errLastOwner = api.NewError(api.Conflict, "last_owner", "A community keeps at least one owner; make somebody else owner first.")
	errOwnOnly   = api.NewError(api.Forbidden, "own_record_only", "You may read your own record only.")
)

type createUserInput struct{ Body api.NewUser }

func (s *Service) createUser(ctx context.Context, in *createUserInput) (api.User, error) {
	c := rest.CallerOf(ctx)
	if !mayGive(c, in.Body.Role) {
		return api.User{}, errRole
	}
	return s.Create(ctx, c.CommunityID, in.Body)
}

// mayGive reports whether the caller may give or take the role.
func mayGive(c rest.Caller, role api.Role) bool {
	switch role {
	case "", api.RoleMember:
		return true
	case api.RoleOwner:
		return c.IsTeam() && c.Role == api.RoleOwner
	}
	return c.IsTeam()
}

type infoInput struct {
	Body struct {
		IDOrEmail string `json:"idOrEmail" minLength:"1" maxLength:"254" doc:"Number as text, email, id or username"`
	}
}

// info is the reference's reply about one user.
func (s *Service) info(ctx context.Context, in *infoInput) (api.UserInfo, error) {
	cid := rest.CallerOf(ctx).CommunityID
	ref, err := s.resolveLive(ctx, cid, in.Body.IDOrEmail)
	if err != nil {
		return api.UserInfo{}, err
	}
	r, err := selectByID(ctx, s.k.DB().Read(), cid, ref.ID)
	if err != nil {
		return api.UserInfo{}, err
	}
	u, err := s.user(ctx, cid, r)
	if err != nil {
		return api.UserInfo{}, err
	}
	day := s.k.Now().In(s.communities.Zone(ctx, cid)).Format(time.DateOnly)
	xp, coins, err := earnedOn(ctx, s.k.DB().Read(), cid, ref.ID, day)
	if err != nil {
		return api.UserInfo{}, err
	}
	info := infoOf(u, xp, coins)
	if info.TimeSpent, err = timeSpent(ctx, s.k.DB().Read(), cid, ref.ID); err != nil {
		return info, err
	}
	return s.withRoles(ctx, cid, ref, info)
}

// withRoles adds the roles that the community gave to the member, lowest
// first; the team's role stays the highest.
func (s *Service) withRoles(ctx context.Context, communityID string, ref Ref, info api.UserInfo) (api.UserInfo, error) {
	if s.Roles == nil {
		return info, nil
	}
	names, err := s.Roles(ctx, communityID, ref.ID)
	slices.Reverse(names)
	if ref.Role != api.RoleMember {
		names = append(names, string(ref.Role))
	}
	if len(names) > 0 {
		info.Roles, info.HighestRole = names, names[len(names)-1]
	}
	return info, err
}

func infoOf(u api.User, todayXP, todayCoins int64) api.UserInfo {
	w := u.Wallet
	if w == nil {
		w = &api.Wallet{}
	}
	roles := []string{"@all"}
	if u.Role != api.RoleMember {
		roles = append(roles, string(u.Role))
	}
	fields := u.CustomFields
	if fields == nil {
		fields = map[string]string{}
	}
	return api.UserInfo{
		UserID: strconv.FormatInt(u.Number, 10), Username: u.Username, XP: w.XP, Coins: w.Coins, Roles: roles,
		HighestRole: roles[len(roles)-1], FirstName: u.FirstName, LastName: u.LastName, XPEarnedToday: todayXP, CoinsEarnedToday: todayCoins,
		Language: languageName(u.Language), TotalMessages: w.Messages, TotalReactions: w.Reactions, VisitCount: w.Visits,
		ReplySent: w.Replies, LoginStreak: w.Streak, CustomFields: fields,
	}
}

func languageName(code string) string {
	names := map[string]string{"en": "English", "es": "Spanish", "de": "German", "fr": "French", "ar": "Arabic", "ja": "Japanese"}
	if name, ok := names[code]; ok {
		return name
	}
	return code
}

type manageInput struct{ Body api.ManageUser }

// manage deletes softly, or restores. Errors: NotFound, Forbidden for the
// team, Conflict when there is nothing to do or for the last owner.
func (s *Service) manage(ctx context.Context, in *manageInput) (api.ManageUser, error) {
	cid := rest.CallerOf(ctx).CommunityID
	ref, err := s.Resolve(ctx, cid, in.Body.User)
	if err != nil {
		return api.ManageUser{}, err
	}
	remove := in.Body.Action == "delete"
	after, err := s.edit(ctx, cid, ref.ID, "user."+in.Body.Action, func(r *record) error {
		if r.Deleted == remove {
			return nothingToDo(remove)
		}
		r.Deleted, r.deletedAt = remove, time.Time{}
		if remove {
			r.deletedAt = s.k.Now()
		}
		return nil
	})
	if err != nil {
		return api.ManageUser{}, err
	}
	s.k.Forget()
	s.changed(cid, after.Ref)
	return in.Body, nil
}

func nothingToDo(remove bool) error {
	if remove {
		return api.NewError(api.Conflict, "user_already_deleted", "The user is deleted already.", api.FieldError{Field: "user", Message: "is deleted already"})
	}
	return api.NewError(api.Conflict, "user_not_deleted", "The user is not deleted.", api.FieldError{Field: "user", Message: "is not deleted"})
}

// edit changes one member in a transaction: the rights over team members and
// the last owner are looked at there, and the audit log gets both states.
// Further work of the same act follows in the same transaction.
func (s *Service) edit(ctx context.Context, communityID, id, action string, change func(r *record) error, further ...func(ctx context.Context, tx *db.Tx) error) (record, error) {
	var after record
	caller := rest.CallerOf(ctx)
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		before, err := selectByID(ctx, tx, communityID, id)
		if err != nil {
			return err
		}
		after = before
		if err := change(&after); err != nil {
			return err
		}
		after.updatedAt = s.k.Now()
		if err := s.mayEdit(ctx, tx, communityID, caller, before, after); err != nil {
			return err
		}
		if err := s.store(ctx, tx, communityID, action, before, after); err != nil {
			return err
		}
		for _, fn := range further {
			if err := fn(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	return after, taken(err)
}

// mayEdit keeps the team from keys, owners from admins, and the last owner.
func (s *Service) mayEdit(ctx context.Context, tx *db.Tx, communityID string, c rest.Caller, before, after record) error {
	own := c.MemberID == before.ID
	switch {
	case !own && !mayGive(c, before.Role):
		return errTeam
	case before.Role != after.Role && (!mayGive(c, after.Role) || !mayGive(c, before.Role)):
		return errRole
	case before.Role != api.RoleOwner || before.Deleted || (after.Role == api.RoleOwner && !after.Deleted):
		return nil
	}
	n, err := owners(ctx, tx, communityID)
	if err == nil && n <= 1 {
		err = errLastOwner
	}
	return err
}

func (s *Service) store(ctx context.Context, tx *db.Tx, communityID, action string, before, after record) error {
	if err := free(ctx, tx, communityID, after); err != nil {
		return err
	}
	if err := first(update(ctx, tx, communityID, after), s.noteValues(ctx, tx, communityID, before, after)); err != nil {
		return err
	}
	if after.Deleted {
		if err := endSessions(ctx, tx, communityID, after.ID, "", s.k.Now()); err != nil {
			return err
		}
	}
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "user", TargetID: after.ID,
		TargetName: before.Username, Before: auditView(before), After: auditView(after)})
}

type patchUserInput struct {
	UserID string `path:"userId" maxLength:"254"`
	Body   api.UserPatch
}

// patchUser changes a member as the team or a partner does.
func (s *Service) patchUser(ctx context.Context, in *patchUserInput) (api.User, error) {
	cid := rest.CallerOf(ctx).CommunityID
	ref, err := s.resolveLive(ctx, cid, in.UserID)
	if err != nil {
		return api.User{}, err
	}
	return s.patch(ctx, cid, ref, in.Body)
}

func (s *Service) patch(ctx context.Context, cid string, ref Ref, p api.UserPatch) (api.User, error) {
	var set []setValue
	fields, err := listFields(ctx, s.k.DB().Read(), cid)
	if err != nil {
		return api.User{}, err
	}
	after, err := s.edit(ctx, cid, ref.ID, "user.update", func(r *record) (err error) {
		if err := applyPatch(r, p); err != nil {
			return err
		}
		set, err = applyFields(r, fields, p.CustomFields)
		return err
	})
	if err != nil {
		return api.User{}, err
	}
	if p.Role != nil {
		s.k.Forget()
	}
	s.changed(cid, after.Ref)
	s.tellFields(ctx, cid, after.Ref, set)
	return s.user(ctx, cid, after)
}

func applyPatch(r *record, p api.UserPatch) error {
	for _, text := range []struct {
		from *string
		into *string
	}{
		{p.Username, &r.Username}, {p.DisplayName, &r.displayName}, {p.FirstName, &r.firstName},
		{p.LastName, &r.lastName}, {p.Language, &r.language}, {p.Timezone, &r.timezone},
	} {
		if text.from != nil {
			*text.into = clean(*text.from)
		}
	}
	if p.Role != nil {
		r.Role = *p.Role
	}
	if p.Tags != nil {
		tags, err := cleanTags(*p.Tags)
		if err != nil {
			return err
		}
		r.tags = tags
	}
	if p.Username != nil {
		if err := checkUsername("username", r.Username); err != nil {
			return err
		}
	}
	return first(checkText("displayName", r.displayName, 100), checkText("firstName", r.firstName, 50),
		checkText("lastName", r.lastName, 50), checkLanguage("language", r.language), checkZone("timezone", r.timezone))
}
