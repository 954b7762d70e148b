package joining

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// isOpen reports whether somebody can still join by the invite.
func isOpen(i api.Invite, now time.Time) bool {
	return i.RevokedAt == nil && (i.ExpiresAt == nil || now.Before(i.ExpiresAt.Time)) && (i.MaxUses == 0 || i.Uses < i.MaxUses)
}

// Invite makes an invite link of the caller. Errors: Invalid, NotFound for the
// role, Forbidden when the caller may not give it.
func (s *Service) Invite(ctx context.Context, communityID string, in api.NewInvite) (api.Invite, error) {
	now := s.k.Now()
	if in.ExpiresAt != nil && !in.ExpiresAt.After(now) {
		return api.Invite{}, api.InvalidField("expiresAt", "must be a moment in the future")
	}
	who := rest.CallerOf(ctx)
	i := api.Invite{ID: api.NewIDAt(now), Code: rand.Text()[:16], RoleID: in.RoleID, CreatorID: who.MemberID,
		MaxUses: in.MaxUses, ExpiresAt: in.ExpiresAt, IsOpen: true, CreatedAt: api.At(now)}
	i.URL = s.link(i.Code)
	if who.IsPerson() {
		i.Creator = who.Name
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if i.RoleID != "" {
			if err := s.MayHand(ctx, tx, communityID, i.RoleID); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO invites (community_id, id, code, role_id, creator_id, max_uses, expires_at, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
			communityID, i.ID, i.Code, i.RoleID, i.CreatorID, i.MaxUses, micros(i.ExpiresAt), db.Micros(now))
		if err != nil {
			return wrap(err, "insert invite")
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "invite.create", TargetType: "invite", TargetID: i.ID, After: i})
	})
	return i, err
}

func (s *Service) link(code string) string { return s.base + "/register?invite=" + code }

// Revoke closes an invite; members close their own only. Errors: NotFound.
func (s *Service) Revoke(ctx context.Context, communityID, id string) (api.Invite, error) {
	var i api.Invite
	now, own := s.k.Now(), ownOnly(ctx)
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if i, err = inviteBy(ctx, tx, communityID, "id", id); err != nil {
			return err
		}
		if own != "" && i.CreatorID != own {
			return errNoInvite
		}
		i.RevokedAt, i.IsOpen = api.AtPtr(now), false
		if _, err := tx.Exec(ctx, `UPDATE invites SET revoked_at = $3 WHERE community_id = $1 AND id = $2`, communityID, id, db.Micros(now)); err != nil {
			return wrap(err, "revoke invite")
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "invite.revoke", TargetType: "invite", TargetID: i.ID, After: i})
	})
	i.URL = s.link(i.Code)
	return i, err
}

// ownOnly is the member to whose invites the caller is kept; empty for the team and keys.
func ownOnly(ctx context.Context) string {
	c := rest.CallerOf(ctx)
	if c.Can(api.PermAdminister) {
		return ""
	}
	return c.MemberID
}

// Invites lists the newest invites: all for the team, else the caller's own.
func (s *Service) Invites(ctx context.Context, communityID string) ([]api.Invite, error) {
	rows, err := s.k.DB().Read().Query(ctx, inviteColumns+` WHERE community_id = $1 AND ($2 = '' OR creator_id = $2)
		ORDER BY created_at DESC, id LIMIT 200`, communityID, ownOnly(ctx))
	if err != nil {
		return nil, fmt.Errorf("list invites: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []api.Invite{}
	for rows.Next() {
		i, err := scanInvite(rows)
		if err != nil {
			return nil, err
		}
		i.IsOpen, i.URL = isOpen(i, s.k.Now()), s.link(i.Code)
		out = append(out, i)
	}
	return out, rows.Err()
}

// use counts the invite up once more and gives its role.
func (s *Service) use(ctx context.Context, tx *db.Tx, communityID string, who member.Ref, code string) error {
	i, err := inviteBy(ctx, tx, communityID, "code", code)
	if api.IsKind(err, api.NotFound) || (err == nil && !isOpen(i, s.k.Now())) {
		return errInviteSpent
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE invites SET uses = uses + 1 WHERE community_id = $1 AND id = $2`, communityID, i.ID); err != nil {
		return wrap(err, "use invite")
	}
	if i.RoleID == "" {
		return nil
	}
	err = s.Award(ctx, tx, communityID, who.ID, i.RoleID, "invite")
	if api.IsKind(err, api.NotFound) {
		return nil // the role was deleted since
	}
	return err
}

const inviteColumns = `SELECT id, code, role_id, creator_id, COALESCE((SELECT m.username FROM members m WHERE m.community_id = invites.community_id AND m.id = creator_id), ''),
	max_uses, uses, expires_at, revoked_at, created_at FROM invites`

func scanInvite(row interface{ Scan(...any) error }) (api.Invite, error) {
	var i api.Invite
	var expires, revoked, created int64
	err := row.Scan(&i.ID, &i.Code, &i.RoleID, &i.CreatorID, &i.Creator, &i.MaxUses, &i.Uses, &expires, &revoked, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return i, errNoInvite
	}
	i.ExpiresAt, i.RevokedAt, i.CreatedAt = moment(expires), moment(revoked), api.At(db.FromMicros(created))
	return i, wrap(err, "read invite")
}

// inviteBy finds an invite by one of its unique columns, which is never input.
func inviteBy(ctx context.Context, q db.Querier, communityID, column, value string) (api.Invite, error) {
	return scanInvite(q.QueryRow(ctx, inviteColumns+` WHERE community_id = $1 AND `+column+` = $2`, communityID, value))
}

func moment(us int64) *api.Time {
	if us == 0 {
		return nil
	}
	return api.AtPtr(db.FromMicros(us))
}

func micros(t *api.Time) int64 {
	if t == nil || t.IsZero() {
		return 0
	}
	return db.Micros(t.Time)
}
