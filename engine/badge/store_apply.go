package badge

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// wish is an application as it is stored.
type wish struct {
	id, badgeID, memberID, note, status, reason, decidedBy string
	created, decided                                       time.Time
	user                                                   api.UserDigest
}

// proof is a picture of an application.
type proof struct {
	number, width, height int
	name                  string
	content               []byte
}

const wishes = ` FROM badge_applications a JOIN members m ON m.community_id = a.community_id AND m.id = a.member_id WHERE a.community_id = $1 `

const wishColumns = `a.id, a.badge_id, a.member_id, a.note, a.status, a.reason, a.decided_by, a.created_at, a.decided_at, m.no, m.username, m.display_name, m.avatar`

func scanWish(row interface{ Scan(...any) error }) (w wish, err error) {
	var created, decided int64
	err = row.Scan(&w.id, &w.badgeID, &w.memberID, &w.note, &w.status, &w.reason, &w.decidedBy, &created, &decided,
		&w.user.Number, &w.user.Username, &w.user.DisplayName, &w.user.Avatar)
	if errors.Is(err, sql.ErrNoRows) {
		return w, errApplication
	}
	w.created, w.user.ID = db.FromMicros(created), w.memberID
	w.user.DisplayName = first(w.user.DisplayName, w.user.Username)
	if decided != 0 {
		w.decided = db.FromMicros(decided)
	}
	return w, wrap(err, "read application")
}

func insertWish(ctx context.Context, tx *db.Tx, communityID string, w wish, proofs []proof) error {
	_, err := tx.Exec(ctx, `INSERT INTO badge_applications (community_id, id, badge_id, member_id, note, status, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		communityID, w.id, w.badgeID, w.memberID, w.note, w.status, db.Micros(w.created))
	if err != nil {
		return wrap(err, "insert application")
	}
	for _, p := range proofs {
		_, err := tx.Exec(ctx, `INSERT INTO badge_proofs (community_id, application_id, number, name, width, height, content) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			communityID, w.id, p.number, p.name, p.width, p.height, p.content)
		if err != nil {
			return wrap(err, "store proof")
		}
	}
	return nil
}

func selectWish(ctx context.Context, q db.Querier, communityID, id string) (wish, error) {
	return scanWish(q.QueryRow(ctx, `SELECT `+wishColumns+wishes+`AND a.id = $2`, communityID, id))
}

// wishFilter narrows the list of applications; empty parts let all through.
type wishFilter struct{ status, badgeID, memberID string }

// selectWishes lists applications: those that wait the oldest first, others the newest first.
func selectWishes(ctx context.Context, q db.Querier, communityID string, f wishFilter, p rest.Paging) (out []wish, total int, err error) {
	const where = `AND ($2 = '' OR a.status = $2) AND ($3 = '' OR a.badge_id = $3) AND ($4 = '' OR a.member_id = $4)`
	args := []any{communityID, f.status, f.badgeID, f.memberID}
	if err = q.QueryRow(ctx, `SELECT count(*)`+wishes+where, args...).Scan(&total); err != nil {
		return nil, 0, wrap(err, "count applications")
	}
	order := ` ORDER BY a.created_at DESC, a.id DESC`
	if f.status == api.ApplicationWaiting {
		order = ` ORDER BY a.created_at, a.id`
	}
	out, err = list(ctx, q, `SELECT `+wishColumns+wishes+where+order+` LIMIT $5 OFFSET $6`, append(args, p.Limit, p.Offset()), func(rows *sql.Rows) (wish, error) {
		return scanWish(rows)
	})
	return out, total, err
}

// ownWishes are a member's applications, oldest first.
func ownWishes(ctx context.Context, q db.Querier, communityID, memberID string) ([]wish, error) {
	return list(ctx, q, `SELECT `+wishColumns+wishes+`AND a.member_id = $2 ORDER BY a.created_at, a.id`, []any{communityID, memberID}, func(rows *sql.Rows) (wish, error) {
		return scanWish(rows)
	})
}

// decide ends a waiting application; false when it does not wait any more.
func decide(ctx context.Context, tx *db.Tx, communityID, id, status, reason, by string, now time.Time) (bool, error) {
	result, err := tx.Exec(ctx, `UPDATE badge_applications SET status = $1, reason = $2, decided_by = $3, decided_at = $4
		WHERE community_id = $5 AND id = $6 AND status = 'waiting'`, status, reason, by, db.Micros(now), communityID, id)
	return did(result, err, "decide application")
}

// settle approves the waiting application of a member who got the badge anyway.
func settle(ctx context.Context, tx *db.Tx, communityID, badgeID, memberID, by string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE badge_applications SET status = 'approved', decided_by = $1, decided_at = $2
		WHERE community_id = $3 AND badge_id = $4 AND member_id = $5 AND status = 'waiting'`, by, db.Micros(now), communityID, badgeID, memberID)
	return wrap(err, "decide application")
}

// waiting counts the applications that wait, by badge.
func waiting(ctx context.Context, q db.Querier, communityID string) (map[string]int64, error) {
	type pair struct {
		id string
		n  int64
	}
	all, err := list(ctx, q, `SELECT badge_id, count(*) FROM badge_applications WHERE community_id = $1 AND status = 'waiting' GROUP BY badge_id`,
		[]any{communityID}, func(rows *sql.Rows) (p pair, err error) {
			err = rows.Scan(&p.id, &p.n)
			return p, err
		})
	out := make(map[string]int64, len(all))
	for _, p := range all {
		out[p.id] = p.n
	}
	return out, err
}

// proofsOf lists the proofs of applications without their content, by application.
func proofsOf(ctx context.Context, q db.Querier, communityID string, ids []string) (map[string][]api.BadgeProof, error) {
	out := map[string][]api.BadgeProof{}
	_, err := list(ctx, q, `SELECT application_id, number, name, width, height FROM badge_proofs WHERE community_id = $1 AND application_id IN (`+
		marks(2, len(ids))+`) ORDER BY application_id, number`, append([]any{communityID}, anys(ids)...), func(rows *sql.Rows) (id string, err error) {
		var p api.BadgeProof
		err = rows.Scan(&id, &p.Number, &p.Name, &p.Width, &p.Height)
		out[id] = append(out[id], p)
		return id, err
	})
	return out, err
}

func selectProof(ctx context.Context, q db.Querier, communityID, id string, number int64) (content []byte, err error) {
	err = q.QueryRow(ctx, `SELECT content FROM badge_proofs WHERE community_id = $1 AND application_id = $2 AND number = $3`, communityID, id, number).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errPicture
	}
	return content, wrap(err, "read proof")
}
