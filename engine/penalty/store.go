package penalty

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/rest"
)

const selectPenalties = `SELECT p.id, p.member_id, COALESCE(m.username, ''), p.kind, p.reason, p.ends_at, p.given_by, p.given_name,
	p.revoked_at, p.revoked_reason, p.created_at, p.updated_at FROM penalties p
	LEFT JOIN members m ON m.community_id = p.community_id AND m.id = p.member_id`

func scan(row interface{ Scan(...any) error }) (api.Penalty, error) {
	var p api.Penalty
	var ends, revoked, created, updated int64
	err := row.Scan(&p.ID, &p.UserID, &p.Username, &p.Kind, &p.Reason, &ends, &p.GivenBy, &p.GivenByName, &revoked, &p.RevokedReason, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return p, errNotFound
	}
	p.EndsAt, p.RevokedAt = moment(ends), moment(revoked)
	p.CreatedAt, p.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return p, wrap(err, "read penalty")
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

func one(ctx context.Context, q db.Querier, communityID, id string) (api.Penalty, error) {
	return scan(q.QueryRow(ctx, selectPenalties+` WHERE p.community_id = $1 AND p.id = $2`, communityID, id))
}

// standing lists the suspensions and bans that keep members out now.
func standing(ctx context.Context, q db.Querier, communityID string, now time.Time) ([]api.Penalty, error) {
	return all(ctx, q, selectPenalties+` WHERE p.community_id = $1 AND p.kind IN ('suspension', 'ban') AND p.revoked_at = 0
		AND (p.ends_at = 0 OR p.ends_at > $2) ORDER BY p.kind, p.ends_at DESC`, communityID, db.Micros(now))
}

// standingOf counts the penalties of the same kind that the member is under;
// any number of warnings may stand.
func standingOf(ctx context.Context, q db.Querier, communityID string, p api.Penalty, now time.Time) (n int, err error) {
	if p.Kind == api.PenaltyWarn {
		return 0, nil
	}
	err = q.QueryRow(ctx, `SELECT count(*) FROM penalties WHERE community_id = $1 AND member_id = $2 AND kind = $3 AND revoked_at = 0
		AND (ends_at = 0 OR ends_at > $4)`, communityID, p.UserID, p.Kind, db.Micros(now)).Scan(&n)
	return n, wrap(err, "look up penalties")
}

func all(ctx context.Context, q db.Querier, query string, args ...any) ([]api.Penalty, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list penalties: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []api.Penalty{}
	for rows.Next() {
		p, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

func listPenalties(ctx context.Context, q db.Querier, communityID, memberID string, p rest.Paging) (out []api.Penalty, total int, err error) {
	const where = ` WHERE p.community_id = $1 AND ($2 = '' OR p.member_id = $2)`
	if err := q.QueryRow(ctx, `SELECT count(*) FROM penalties p`+where, communityID, memberID).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count penalties: %w", err)
	}
	out, err = all(ctx, q, selectPenalties+where+` ORDER BY p.created_at DESC, p.id DESC LIMIT $3 OFFSET $4`, communityID, memberID, p.Limit, p.Offset())
	return out, total, err
}

func insert(ctx context.Context, tx *db.Tx, communityID string, p api.Penalty) error {
	_, err := tx.Exec(ctx, `INSERT INTO penalties (community_id, id, member_id, kind, reason, ends_at, given_by, given_name, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, communityID, p.ID, p.UserID, p.Kind, p.Reason, micros(p.EndsAt), p.GivenBy, p.GivenByName,
		db.Micros(p.CreatedAt.Time), db.Micros(p.UpdatedAt.Time))
	return wrap(err, "insert penalty")
}

func update(ctx context.Context, tx *db.Tx, communityID string, p api.Penalty) error {
	_, err := tx.Exec(ctx, `UPDATE penalties SET reason = $3, ends_at = $4, revoked_at = $5, revoked_reason = $6, updated_at = $7
		WHERE community_id = $1 AND id = $2`, communityID, p.ID, p.Reason, micros(p.EndsAt), micros(p.RevokedAt), p.RevokedReason, db.Micros(p.UpdatedAt.Time))
	return wrap(err, "update penalty")
}

// tell mails the member what happened and why.
func (s *Service) tell(ctx context.Context, tx *db.Tx, communityID string, p api.Penalty) error {
	var to string
	err := tx.QueryRow(ctx, `SELECT email FROM members WHERE community_id = $1 AND id = $2`, communityID, p.UserID).Scan(&to)
	if err != nil || to == "" {
		return wrap(err, "address of member")
	}
	home, err := s.communities.ByID(ctx, communityID)
	if err != nil {
		return err
	}
	what := map[api.PenaltyKind]string{api.PenaltyWarn: "You got a warning", api.PenaltySuspend: "You are suspended", api.PenaltyBan: "You are banned"}[p.Kind]
	until := ""
	if p.EndsAt != nil {
		until = " until " + p.EndsAt.UTC().Format("2 January 2006, 15:04") + " UTC"
	}
	return s.mailer.Write(ctx, tx, communityID, event.Mail{To: to, Subject: what + " at " + home.Name,
		Text: fmt.Sprintf("Hello %s,\n\n%s at %s%s.\n\nReason: %s\n", p.Username, "you"+what[3:], home.Name, until, p.Reason)})
}

func wrap(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
