package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/sessions"
)

// Querier runs SQL; the engine's database pools and transactions do.
type Querier interface {
	Exec(ctx context.Context, query string, args ...any) (sql.Result, error)
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// WriteFunc runs fn in a transaction that is durable when it returns nil. fn
// may be run more than once.
type WriteFunc func(ctx context.Context, fn func(ctx context.Context, tx Querier) error) error

// SessionInfo is one session as its owner sees it.
type SessionInfo struct {
	ID        string // handle for Revoke: the hash, useless as a cookie
	UserAgent string
	IP        string
	CreatedAt time.Time
	SeenAt    time.Time // to the minute
	ExpiresAt time.Time // at the latest; earlier when idle
}

type sessionRow struct {
	hash, data, member, community, agent, ip string
	created, seen, expires                   time.Time
}

// SessionHandle is the ID under which List shows a session; empty for one
// that is not stored.
func SessionHandle(ses *sessions.Session) string {
	if ses == nil || ses.ID == "" {
		return ""
	}
	return HashKey(ses.ID)
}

// List is a member's living sessions, last seen first.
func (s *SessionStore) List(ctx context.Context, communityID, memberID string) ([]SessionInfo, error) {
	now := s.c.Clock()
	rows, err := s.c.Read.Query(ctx, `SELECT id_hash, user_agent, ip, created_at, seen_at, expires_at FROM portal_sessions
		WHERE community_id = $1 AND member_id = $2 AND expires_at > $3 AND seen_at > $4
		ORDER BY seen_at DESC, id_hash`, communityID, memberID, now.UnixMicro(), now.Add(-SessionIdle).UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []SessionInfo{}
	for rows.Next() {
		var i SessionInfo
		var created, seen, expires int64
		if err := rows.Scan(&i.ID, &i.UserAgent, &i.IP, &created, &seen, &expires); err != nil {
			return nil, fmt.Errorf("list sessions: %w", err)
		}
		i.CreatedAt, i.SeenAt, i.ExpiresAt = fromMicros(created), fromMicros(seen), fromMicros(expires)
		out = append(out, i)
	}
	return out, rows.Err()
}

// Revoke ends one of a member's own sessions; ErrNoSession when it is not theirs.
func (s *SessionStore) Revoke(ctx context.Context, communityID, memberID, id string) error {
	n, err := s.delete(ctx, `DELETE FROM portal_sessions WHERE community_id = $1 AND member_id = $2 AND id_hash = $3`,
		communityID, memberID, id)
	if err == nil && n == 0 {
		return ErrNoSession
	}
	return err
}

// RevokeAllOf ends a member's sessions except the one with the handle keep,
// which may be empty, and returns how many: when the password changes or the
// account is disabled.
func (s *SessionStore) RevokeAllOf(ctx context.Context, communityID, memberID, keep string) (int64, error) {
	return s.delete(ctx, `DELETE FROM portal_sessions WHERE community_id = $1 AND member_id = $2 AND id_hash <> $3`,
		communityID, memberID, keep)
}

// RevokeCommunity ends every session of a community and returns how many.
func (s *SessionStore) RevokeCommunity(ctx context.Context, communityID string) (int64, error) {
	return s.delete(ctx, `DELETE FROM portal_sessions WHERE community_id = $1`, communityID)
}

// Purge removes sessions that have ended by themselves and returns how many.
func (s *SessionStore) Purge(ctx context.Context) (int64, error) {
	now := s.c.Clock()
	return s.delete(ctx, `DELETE FROM portal_sessions WHERE expires_at <= $1 OR seen_at <= $2`,
		now.UnixMicro(), now.Add(-SessionIdle).UnixMicro())
}

func (s *SessionStore) remove(ctx context.Context, hash string) error {
	_, err := s.delete(ctx, `DELETE FROM portal_sessions WHERE id_hash = $1`, hash)
	return err
}

func (s *SessionStore) delete(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = s.c.Write(ctx, func(ctx context.Context, tx Querier) error {
		n, err = affected(tx.Exec(ctx, query, args...))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	return n, nil
}

func (s *SessionStore) load(ctx context.Context, hash string) (sessionRow, error) {
	now := s.c.Clock()
	row := sessionRow{hash: hash}
	var seen int64
	err := s.c.Read.QueryRow(ctx, `SELECT data, seen_at FROM portal_sessions
		WHERE id_hash = $1 AND expires_at > $2 AND seen_at > $3`,
		hash, now.UnixMicro(), now.Add(-SessionIdle).UnixMicro()).Scan(&row.data, &seen)
	if errors.Is(err, sql.ErrNoRows) {
		return row, ErrNoSession
	}
	if err != nil {
		return row, fmt.Errorf("load session: %w", err)
	}
	row.seen = fromMicros(seen)
	return row, nil
}

// touch notes that a session is in use. A failure is not the reader's: the
// session is valid, and the next request tries again.
func (s *SessionStore) touch(ctx context.Context, row sessionRow) {
	now := s.c.Clock()
	if now.Sub(row.seen) < sessionTouch {
		return
	}
	_ = s.c.Write(ctx, func(ctx context.Context, tx Querier) error {
		_, err := tx.Exec(ctx, `UPDATE portal_sessions SET seen_at = $2 WHERE id_hash = $1 AND seen_at < $2`,
			row.hash, now.UnixMicro())
		return err
	})
}

func (s *SessionStore) update(ctx context.Context, ses *sessions.Session) error {
	hash := HashKey(ses.ID)
	data, err := s.encode(ses, hash)
	if err != nil {
		return err
	}
	err = s.c.Write(ctx, func(ctx context.Context, tx Querier) error {
		n, err := affected(tx.Exec(ctx, `UPDATE portal_sessions SET data = $2, member_id = $3, community_id = $4, seen_at = $5
			WHERE id_hash = $1`, hash, data, textValue(ses, SessionMember), textValue(ses, SessionCommunity), s.c.Clock().UnixMicro()))
		if err == nil && n == 0 {
			return ErrNoSession
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("save session: %w", err)
	}
	return nil
}

// replace removes the session under the old id, if any, and stores the row.
func (s *SessionStore) replace(ctx context.Context, oldID string, row sessionRow) error {
	err := s.c.Write(ctx, func(ctx context.Context, tx Querier) error {
		if oldID != "" {
			if _, err := tx.Exec(ctx, `DELETE FROM portal_sessions WHERE id_hash = $1`, HashKey(oldID)); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO portal_sessions
			(id_hash, data, member_id, community_id, user_agent, ip, created_at, seen_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			row.hash, row.data, row.member, row.community, row.agent, row.ip,
			row.created.UnixMicro(), row.seen.UnixMicro(), row.expires.UnixMicro())
		return err
	})
	if err != nil {
		return fmt.Errorf("store session: %w", err)
	}
	return nil
}

func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func fromMicros(n int64) time.Time { return time.UnixMicro(n).UTC() }
