package member

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
)

// The purposes of one-use tokens.
const (
	forVerify   = "verify"
	forReset    = "reset"
	forHandover = "handover"
)

// Lives of one-use tokens.
const (
	verifyLife   = 24 * time.Hour
	resetLife    = time.Hour
	claimLife    = 24 * time.Hour
	handoverLife = time.Minute
)

// oneUse is a one-use secret: who it is for and what it does.
type oneUse struct {
	communityID, id   string
	purpose, memberID string
	data              string        // JSON; empty means {}
	life              time.Duration // when it is made
	expiresAt, usedAt time.Time     // when it is read
}

var errTokenInvalid = api.NewError(api.Invalid, "token_invalid", auth.PublicMessage,
	api.FieldError{Field: "token", Message: "is not valid any more"})

// newToken stores the hash of a fresh secret and returns the secret.
func (s *Service) newToken(ctx context.Context, tx *db.Tx, communityID string, t oneUse) (string, error) {
	prefix := auth.PrefixMail
	if t.purpose == forHandover {
		prefix = auth.PrefixSecureAuth
	}
	now, secret := s.k.Now(), auth.NewOpaque(prefix)
	if t.id == "" {
		t.id = api.NewIDAt(now)
	}
	if t.data == "" {
		t.data = "{}"
	}
	_, err := tx.Exec(ctx, `INSERT INTO one_use_tokens (hash, community_id, id, purpose, member_id, data, created_at, expires_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`, secret.Hash, communityID, t.id, t.purpose, t.memberID, t.data, db.Micros(now), db.Micros(now.Add(t.life)))
	if err != nil {
		return "", fmt.Errorf("store one-use token: %w", err)
	}
	return secret.Token, nil
}

const tokenColumns = `community_id, id, purpose, member_id, data, expires_at, used_at`

func scanToken(row scanner) (oneUse, error) {
	var t oneUse
	var expires, used int64
	err := row.Scan(&t.communityID, &t.id, &t.purpose, &t.memberID, &t.data, &expires, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return t, errTokenInvalid
	}
	t.expiresAt, t.usedAt = moment(expires), moment(used)
	return t, wrap(err, "read one-use token")
}

// useToken burns a living token; of any number of callers one gets it.
func useToken(ctx context.Context, tx *db.Tx, purpose, secret string, now time.Time) (oneUse, error) {
	return scanToken(tx.QueryRow(ctx, `UPDATE one_use_tokens SET used_at = $3
		WHERE hash = $1 AND purpose = $2 AND used_at = 0 AND expires_at > $3 RETURNING `+tokenColumns,
		auth.HashKey(secret), purpose, db.Micros(now)))
}

// peekToken reads a token without burning it, whatever its state.
func peekToken(ctx context.Context, q db.Querier, purpose, secret string) (oneUse, error) {
	return scanToken(q.QueryRow(ctx, `SELECT `+tokenColumns+` FROM one_use_tokens WHERE hash = $1 AND purpose = $2`,
		auth.HashKey(secret), purpose))
}

func tokenByID(ctx context.Context, q db.Querier, communityID, purpose, id string) (oneUse, error) {
	return scanToken(q.QueryRow(ctx, `SELECT `+tokenColumns+` FROM one_use_tokens WHERE community_id = $1 AND purpose = $2 AND id = $3`,
		communityID, purpose, id))
}

// status is pending, used or expired.
func (t oneUse) status(now time.Time) string {
	switch {
	case !t.usedAt.IsZero():
		return "used"
	case !now.Before(t.expiresAt):
		return "expired"
	}
	return "pending"
}

// burnTokens ends every living token of a member; purpose empty means all.
func burnTokens(ctx context.Context, tx *db.Tx, communityID, memberID, purpose string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE one_use_tokens SET used_at = $4 WHERE community_id = $1 AND member_id = $2
		AND ($3 = '' OR purpose = $3) AND used_at = 0`, communityID, memberID, purpose, db.Micros(now))
	return wrap(err, "burn one-use tokens")
}

// nameOf is the community's name, for mails.
func nameOf(ctx context.Context, q db.Querier, communityID string) (name string, err error) {
	err = q.QueryRow(ctx, `SELECT name FROM communities WHERE id = $1`, communityID).Scan(&name)
	return name, wrap(err, "name of community "+communityID)
}

// purge removes sign-ins and tokens a week past their time, and failures of a
// day ago.
func purge(ctx context.Context, tx *db.Tx, now time.Time) error {
	old, yesterday := db.Micros(now.AddDate(0, 0, -7)), db.Micros(now.AddDate(0, 0, -1))
	for _, step := range []struct {
		query string
		at    int64
	}{
		{`DELETE FROM logins WHERE expires_at < $1`, db.Micros(now.AddDate(0, 0, -knownDeviceDays))},
		{`DELETE FROM one_use_tokens WHERE expires_at < $1`, old},
		{`DELETE FROM login_failures WHERE last_at < $1`, yesterday},
	} {
		if _, err := tx.Exec(ctx, step.query, step.at); err != nil {
			return fmt.Errorf("purge: %w", err)
		}
	}
	return nil
}
