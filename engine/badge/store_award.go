package badge

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// award is one badge of one member.
type award struct {
	badgeID, memberID, source string
	xp, coins                 int64
	at                        time.Time
	revoked                   bool
}

// insertAward notes an award; fresh is false when the member has, or once had, the badge.
func insertAward(ctx context.Context, tx *db.Tx, communityID string, a award) (fresh bool, err error) {
	result, err := tx.Exec(ctx, `INSERT INTO badge_awards (community_id, badge_id, member_id, source, xp, coins, awarded_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (community_id, badge_id, member_id) DO NOTHING`, communityID, a.badgeID, a.memberID, a.source, a.xp, a.coins, db.Micros(a.at))
	return did(result, err, "award badge")
}

// restoreAward gives a badge back that was taken away; what it paid stays as it is.
func restoreAward(ctx context.Context, tx *db.Tx, communityID string, a award) (bool, error) {
	result, err := tx.Exec(ctx, `UPDATE badge_awards SET revoked_at = 0, source = $1, awarded_at = $2
		WHERE community_id = $3 AND badge_id = $4 AND member_id = $5 AND revoked_at <> 0`, a.source, db.Micros(a.at), communityID, a.badgeID, a.memberID)
	return did(result, err, "award badge")
}

func revokeAward(ctx context.Context, tx *db.Tx, communityID, badgeID, memberID string, now time.Time) (bool, error) {
	result, err := tx.Exec(ctx, `UPDATE badge_awards SET revoked_at = $1 WHERE community_id = $2 AND badge_id = $3 AND member_id = $4 AND revoked_at = 0`,
		db.Micros(now), communityID, badgeID, memberID)
	return did(result, err, "take badge away")
}

// addHolders counts who holds a badge. Errors: NotFound when it was deleted meanwhile.
func addHolders(ctx context.Context, tx *db.Tx, communityID, badgeID string, n int) error {
	result, err := tx.Exec(ctx, `UPDATE badges SET holders = holders + $1 WHERE community_id = $2 AND id = $3`, n, communityID, badgeID)
	known, err := did(result, err, "count holders")
	if err == nil && !known {
		err = errBadge
	}
	return err
}

// selectAwards lists the awards of members, also those taken away, oldest first.
func selectAwards(ctx context.Context, q db.Querier, communityID string, memberIDs []string) ([]award, error) {
	return list(ctx, q, `SELECT badge_id, member_id, source, xp, coins, awarded_at, revoked_at FROM badge_awards
		WHERE community_id = $1 AND member_id IN (`+marks(2, len(memberIDs))+`) ORDER BY awarded_at, badge_id`, append([]any{communityID}, anys(memberIDs)...),
		func(rows *sql.Rows) (a award, err error) {
			var at, revoked int64
			err = rows.Scan(&a.badgeID, &a.memberID, &a.source, &a.xp, &a.coins, &at, &revoked)
			a.at, a.revoked = db.FromMicros(at), revoked != 0
			return a, err
		})
}

// holders lists a page of the members who hold a badge, newest first.
func holders(ctx context.Context, q db.Querier, communityID, badgeID string, p rest.Paging) (out []api.BadgeHolder, total int, err error) {
	const from = ` FROM badge_awards a JOIN members m ON m.community_id = a.community_id AND m.id = a.member_id
		WHERE a.community_id = $1 AND a.badge_id = $2 AND a.revoked_at = 0 AND m.deleted_at = 0`
	if err = q.QueryRow(ctx, `SELECT count(*)`+from, communityID, badgeID).Scan(&total); err != nil {
		return nil, 0, wrap(err, "count holders")
	}
	out, err = list(ctx, q, `SELECT m.id, m.no, m.username, m.display_name, m.avatar, a.source, a.awarded_at`+from+` ORDER BY a.awarded_at DESC, m.no LIMIT $3 OFFSET $4`,
		[]any{communityID, badgeID, p.Limit, p.Offset()}, func(rows *sql.Rows) (h api.BadgeHolder, err error) {
			var at int64
			err = rows.Scan(&h.User.ID, &h.User.Number, &h.User.Username, &h.User.DisplayName, &h.User.Avatar, &h.Source, &at)
			h.User.DisplayName = first(h.User.DisplayName, h.User.Username)
			h.AwardedAt = api.At(db.FromMicros(at))
			return h, err
		})
	return out, total, err
}

// shown is what a member shows beside the name.
type shown struct {
	ids    []string
	chosen bool // by the member; else the first badges
}

func selectShown(ctx context.Context, q db.Querier, communityID, memberID string) (sh shown, err error) {
	var text string
	err = q.QueryRow(ctx, `SELECT badges, is_chosen FROM badge_shown WHERE community_id = $1 AND member_id = $2`, communityID, memberID).Scan(&text, &sh.chosen)
	if errors.Is(err, sql.ErrNoRows) {
		return sh, nil
	}
	sh.ids = split(text)
	return sh, wrap(err, "read shown badges")
}

// selectAllShown gives what members show, by their id, as it is stored.
func selectAllShown(ctx context.Context, q db.Querier, communityID string, memberIDs []string) (map[string]string, error) {
	type pair struct{ id, badges string }
	all, err := list(ctx, q, `SELECT member_id, badges FROM badge_shown WHERE community_id = $1 AND member_id IN (`+marks(2, len(memberIDs))+`)`,
		append([]any{communityID}, anys(memberIDs)...), func(rows *sql.Rows) (p pair, err error) {
			err = rows.Scan(&p.id, &p.badges)
			return p, err
		})
	out := make(map[string]string, len(all))
	for _, p := range all {
		out[p.id] = p.badges
	}
	return out, err
}

func putShown(ctx context.Context, tx *db.Tx, communityID, memberID string, sh shown) error {
	_, err := tx.Exec(ctx, `INSERT INTO badge_shown (community_id, member_id, badges, is_chosen) VALUES ($1,$2,$3,$4)
		ON CONFLICT (community_id, member_id) DO UPDATE SET badges = excluded.badges, is_chosen = excluded.is_chosen`,
		communityID, memberID, strings.Join(sh.ids, ","), sh.chosen)
	return wrap(err, "write shown badges")
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
