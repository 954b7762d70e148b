package member

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
)

// The growing delay: five tries are free; from then on each failure doubles
// the wait before the next try. Quiet for a while, and all is forgotten, so
// that nobody can be locked out for good.
const (
	freeTries   = 5
	firstWait   = 10 * time.Second
	longestWait = 10 * time.Minute
	tryWindow   = 15 * time.Minute
)

// wait is how long after the last of n failures the next try is taken.
func wait(failures int64) time.Duration {
	if failures < freeTries {
		return 0
	}
	d := firstWait
	for i := int64(freeTries); i < failures && d < longestWait; i++ {
		d *= 2
	}
	return min(d, longestWait)
}

// failures is what is remembered of an account's failed tries.
type failures struct {
	n    int64
	last time.Time
}

// next counts a try at a moment, or says how long it has to wait.
func (f failures) next(now time.Time) (failures, time.Duration) {
	if now.Sub(f.last) >= tryWindow {
		f = failures{}
	}
	if left := f.last.Add(wait(f.n)).Sub(now); f.n > 0 && left > 0 {
		return f, left
	}
	return failures{f.n + 1, now}, 0
}

func tooSoon(left time.Duration) error {
	return &api.Error{Kind: api.RateLimited, Code: "too_many_attempts", RetryAfter: left,
		Message: "Too many wrong attempts. Wait a little and try again."}
}

// accountKey names an account in the table of failures by what was typed, so
// that unknown accounts are counted like known ones. It is a hash: people type
// passwords into the wrong field.
func accountKey(kind, typed string) string { return auth.HashKey(kind + ":" + typed) }

// countTry counts a try before its secret is looked at, so that a thousand at
// once are not free; success clears the count. Errors: RateLimited.
func (s *Service) countTry(ctx context.Context, communityID, account string) error {
	now := s.k.Now()
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		known, err := selectFailures(ctx, tx, communityID, account)
		if err != nil {
			return err
		}
		counted, left := known.next(now)
		if left > 0 {
			return tooSoon(left)
		}
		return saveFailures(ctx, tx, communityID, account, counted)
	})
}

func selectFailures(ctx context.Context, q db.Querier, communityID, account string) (failures, error) {
	var f failures
	var last int64
	err := q.QueryRow(ctx, `SELECT failures, last_at FROM login_failures WHERE community_id = $1 AND account = $2`,
		communityID, account).Scan(&f.n, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil
	}
	f.last = moment(last)
	return f, wrap(err, "read failed sign-ins")
}

func saveFailures(ctx context.Context, tx *db.Tx, communityID, account string, f failures) error {
	_, err := tx.Exec(ctx, `INSERT INTO login_failures (community_id, account, failures, last_at) VALUES ($1,$2,$3,$4)
		ON CONFLICT (community_id, account) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at`,
		communityID, account, f.n, micros(f.last))
	return wrap(err, "count failed sign-in")
}

func clearFailures(ctx context.Context, tx *db.Tx, communityID string, accounts ...string) error {
	for _, account := range accounts {
		_, err := tx.Exec(ctx, `DELETE FROM login_failures WHERE community_id = $1 AND account = $2`, communityID, account)
		if err != nil {
			return wrap(err, "clear failed sign-ins")
		}
	}
	return nil
}
