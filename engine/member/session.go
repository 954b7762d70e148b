package member

import (
	"context"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// knownDeviceDays is how long a sign-in makes its address a known one.
const knownDeviceDays = 90

// begin signs a member in: a token, its row, and the note of when.
func (s *Service) begin(ctx context.Context, tx *db.Tx, communityID string, r record) (api.Session, error) {
	if s.Barred != nil {
		if err := s.Barred(ctx, communityID, r.ID); err != nil {
			return api.Session{}, err
		}
	}
	token, claims, err := s.k.Tokens().Sign(r.ID, communityID)
	if err != nil {
		return api.Session{}, err
	}
	now := s.k.Now()
	_, err = tx.Exec(ctx, `INSERT INTO logins (jti, community_id, member_id, ip, user_agent, created_at, expires_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7)`, claims.ID, communityID, r.ID, clean(rest.ClientIP(ctx)), clean(rest.UserAgent(ctx)),
		db.Micros(now), db.Micros(claims.ExpiresAt))
	if err != nil {
		return api.Session{}, fmt.Errorf("store sign-in: %w", err)
	}
	_, err = tx.Exec(ctx, `UPDATE members SET last_login_at = $3, last_seen_at = $3 WHERE community_id = $1 AND id = $2`,
		communityID, r.ID, db.Micros(now))
	return api.Session{Token: token, ExpiresAt: api.At(claims.ExpiresAt)}, wrap(err, "note sign-in")
}

// signedIn completes the reply of a sign-in and tells of the visit.
func (s *Service) signedIn(ctx context.Context, communityID string, r record, session api.Session) (api.Session, error) {
	if s.OnVisit != nil {
		s.OnVisit(ctx, communityID, r.Ref)
	}
	r.lastLogin, r.lastSeen = s.k.Now(), s.k.Now()
	s.seen(communityID, r.No, r.lastSeen)
	var err error
	session.User, err = s.user(ctx, communityID, r)
	return session, err
}

// endSessions revokes a member's sign-ins but the one with the id keep, which
// may be empty. The caller forgets credentials after the commit.
func endSessions(ctx context.Context, tx *db.Tx, communityID, memberID, keep string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE logins SET revoked_at = $4 WHERE community_id = $1 AND member_id = $2 AND jti <> $3 AND revoked_at = 0`,
		communityID, memberID, keep, db.Micros(now))
	return wrap(err, "end sessions")
}

// isKnownDevice reports whether the member signed in from the address lately.
func isKnownDevice(ctx context.Context, q db.Querier, communityID, memberID, ip string, now time.Time) (bool, error) {
	var n int
	err := q.QueryRow(ctx, `SELECT count(*) FROM logins WHERE community_id = $1 AND member_id = $2 AND ip = $3 AND created_at > $4`,
		communityID, memberID, ip, db.Micros(now.AddDate(0, 0, -knownDeviceDays))).Scan(&n)
	return n > 0, wrap(err, "look up device")
}

func (s *Service) logout(ctx context.Context, _ *struct{}) (*api.Empty, error) {
	c := rest.CallerOf(ctx)
	return nil, s.endSession(ctx, c.CommunityID, c.MemberID, c.KeyID)
}

func (s *Service) sessions(ctx context.Context, _ *struct{}) ([]api.SignIn, error) {
	c := rest.CallerOf(ctx)
	return listSessions(ctx, s.k.DB().Read(), c, s.k.Now())
}

type sessionInput struct {
	ID string `path:"jti" maxLength:"100"`
}

func (s *Service) deleteSession(ctx context.Context, in *sessionInput) (*api.Empty, error) {
	c := rest.CallerOf(ctx)
	return nil, s.endSession(ctx, c.CommunityID, c.MemberID, in.ID)
}

// endSession ends one of the member's own sessions. Errors: NotFound.
func (s *Service) endSession(ctx context.Context, communityID, memberID, id string) error {
	defer s.k.Forget()
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		result, err := tx.Exec(ctx, `UPDATE logins SET revoked_at = $4 WHERE community_id = $1 AND member_id = $2 AND jti = $3 AND revoked_at = 0`,
			communityID, memberID, id, db.Micros(s.k.Now()))
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return first(err, api.NewError(api.NotFound, "session_not_found", "You have no session with that id."))
		}
		return nil
	})
}

func listSessions(ctx context.Context, q db.Querier, c rest.Caller, now time.Time) ([]api.SignIn, error) {
	rows, err := q.Query(ctx, `SELECT jti, ip, user_agent, created_at, expires_at FROM logins
		WHERE community_id = $1 AND member_id = $2 AND revoked_at = 0 AND expires_at > $3 ORDER BY created_at DESC, jti LIMIT 200`,
		c.CommunityID, c.MemberID, db.Micros(now))
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []api.SignIn{}
	for rows.Next() {
		var i api.SignIn
		var created, expires int64
		if err := rows.Scan(&i.ID, &i.IP, &i.UserAgent, &created, &expires); err != nil {
			return nil, fmt.Errorf("list sessions: %w", err)
		}
		i.CreatedAt, i.ExpiresAt, i.IsCurrent = api.At(moment(created)), api.At(moment(expires)), i.ID == c.KeyID
		out = append(out, i)
	}
	return out, rows.Err()
}
