package embed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
)

// sessionRow is a widget session. gone means that its member was deleted, its
// widget switched off or removed, or its access key revoked.
type sessionRow struct {
	ID, communityID, keyID, widgetID, memberID, origin string
	memberNo                                           int64
	expires                                            time.Time
	revoked, gone                                      bool
}

const selectSession = `SELECT s.id, s.community_id, s.access_key_id, s.widget_id, s.member_id, s.origin, s.expires_at, s.revoked_at,
COALESCE(m.no, 0), COALESCE(m.deleted_at, 1), COALESCE(w.is_enabled, s.widget_id LIKE 'b-%'), COALESCE(k.is_active, s.access_key_id = '')
FROM embed_sessions s
LEFT JOIN members m ON m.community_id = s.community_id AND m.id = s.member_id
LEFT JOIN widgets w ON w.community_id = s.community_id AND w.id = s.widget_id
LEFT JOIN access_keys k ON k.community_id = s.community_id AND k.id = s.access_key_id
WHERE `

func scanSession(row scanner) (sessionRow, error) {
	var s sessionRow
	var expires, revoked, deleted int64
	var widget, key bool
	err := row.Scan(&s.ID, &s.communityID, &s.keyID, &s.widgetID, &s.memberID, &s.origin, &expires, &revoked, &s.memberNo, &deleted, &widget, &key)
	if errors.Is(err, sql.ErrNoRows) {
		return s, &auth.TokenError{Code: auth.CodeEmbedBadKey, Cause: errors.New("no such session")}
	}
	if err != nil {
		return s, fmt.Errorf("read embed session: %w", err)
	}
	s.expires, s.revoked, s.gone = moment(expires), revoked != 0, deleted != 0 || !widget || !key
	return s, nil
}

func sessionByID(ctx context.Context, q db.Querier, id string) (sessionRow, error) {
	return scanSession(q.QueryRow(ctx, selectSession+`s.id = $1`, id))
}

func sessionByRefresh(ctx context.Context, q db.Querier, hash string) (sessionRow, error) {
	return scanSession(q.QueryRow(ctx, selectSession+`s.refresh_hash = $1`, hash))
}

func insertSession(ctx context.Context, tx *db.Tx, s sessionRow, refreshHash string, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO embed_sessions (id, community_id, refresh_hash, access_key_id, widget_id, member_id, origin, created_at, expires_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, s.ID, s.communityID, refreshHash, s.keyID, s.widgetID, s.memberID, s.origin, micros(now), micros(s.expires))
	return err
}

// replaceRefresh spends a refresh token; of two renewals with it one fails.
func replaceRefresh(ctx context.Context, tx *db.Tx, s sessionRow, old, fresh string) error {
	res, err := tx.Exec(ctx, `UPDATE embed_sessions SET refresh_hash = $1 WHERE id = $2 AND refresh_hash = $3`, fresh, s.ID, old)
	return oneRow(res, err)
}

// oneRow is nil when exactly one row changed, and a replay otherwise.
func oneRow(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err == nil && n != 1 {
		return &auth.TokenError{Code: auth.CodeEmbedReplayed}
	}
	return err
}

// spend uses up the jti or the ticket of an opening.
func spend(ctx context.Context, tx *db.Tx, o opening, now time.Time) error {
	if o.ticket != "" {
		return oneRow(tx.Exec(ctx, `UPDATE one_use_tokens SET used_at = $1 WHERE hash = $2 AND used_at = 0`, micros(now), o.ticket))
	}
	return oneRow(tx.Exec(ctx, `INSERT INTO embed_used (community_id, jti, expires_at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`,
		o.widget.CommunityID, o.key.AccessID+"/"+o.jti, micros(o.expires.Add(auth.Leeway))))
}

type ticketRow struct {
	memberID, data string
	expires        time.Time
	used           bool
}

func insertTicket(ctx context.Context, tx *db.Tx, communityID, memberID, hash, data string, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO one_use_tokens (hash, community_id, id, purpose, member_id, data, created_at, expires_at)
		VALUES ($1,$2,$3,'embed-ticket',$4,$5,$6,$7)`, hash, communityID, api.NewIDAt(now), memberID, data, micros(now), micros(now.Add(auth.TicketLife)))
	return err
}

func oneTicket(ctx context.Context, q db.Querier, communityID, hash string) (ticketRow, error) {
	var t ticketRow
	var expires, used int64
	err := q.QueryRow(ctx, `SELECT member_id, data, expires_at, used_at FROM one_use_tokens WHERE hash = $1 AND community_id = $2 AND purpose = 'embed-ticket'`,
		hash, communityID).Scan(&t.memberID, &t.data, &expires, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return t, &auth.TokenError{Code: auth.CodeEmbedBadKey, Cause: errors.New("unknown ticket")}
	}
	t.expires, t.used = moment(expires), used != 0
	return t, err
}

func byExternalID(ctx context.Context, q db.Querier, communityID, externalID string) (string, error) {
	var id string
	err := q.QueryRow(ctx, `SELECT id FROM members WHERE community_id = $1 AND external_id = $2`, communityID, externalID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", errUnknownUser
	}
	return id, err
}

// usernameOf makes a username of the local part of an address.
func usernameOf(email string) string {
	local, _, _ := strings.Cut(email, "@")
	if len(local) < 2 {
		return "member-" + api.NewID()[16:]
	}
	return cut(local, 40)
}

// Forget drops spent tokens, tickets and sessions that have expired anyway.
func (s *Service) Forget(ctx context.Context) error {
	now := micros(s.k.Now())
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, text := range []string{
			`DELETE FROM embed_used WHERE expires_at < $1`,
			`DELETE FROM one_use_tokens WHERE purpose = 'embed-ticket' AND expires_at < $1`,
			`DELETE FROM embed_sessions WHERE expires_at < $1`,
		} {
			if _, err := tx.Exec(ctx, text, now); err != nil {
				return fmt.Errorf("forget old embeds: %w", err)
			}
		}
		return nil
	})
}
