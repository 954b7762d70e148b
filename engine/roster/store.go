package roster

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
)

const lineColumns = `no, username_key, email_key, first_name, last_name, role, language, tags, is_dummy, deleted_at, created_at, last_seen_at, display_name, custom`

func eachLine(ctx context.Context, q db.Querier, where string, args []any, fn func(line)) error {
	rows, err := q.Query(ctx, `SELECT `+lineColumns+` FROM members WHERE community_id = $1 `+where, args...)
	if err != nil {
		return fmt.Errorf("read columns: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		l, err := scanLine(rows)
		if err != nil {
			return fmt.Errorf("read columns: %w", err)
		}
		fn(l)
	}
	return rows.Err()
}

func scanLine(rows *sql.Rows) (line, error) {
	l := line{flags: isThere}
	var tags, custom string
	var dummy bool
	var deleted int64
	err := rows.Scan(&l.no, &l.texts[0], &l.texts[1], &l.texts[2], &l.texts[3], &l.texts[4], &l.texts[5], &tags, &dummy, &deleted, &l.joined, &l.seen, &l.shown, &custom)
	if err != nil {
		return l, err
	}
	if dummy {
		l.flags |= isDummy
	}
	if deleted != 0 {
		l.flags |= isDeleted
	}
	if tags != "[]" && tags != "" {
		err = json.Unmarshal([]byte(tags), &l.tags)
	}
	if custom != "{}" && custom != "" && err == nil {
		err = readTexts(custom, &l.fields)
	}
	return l, err
}

func eachWallet(ctx context.Context, q db.Querier, where string, args []any, fn func(no, xp, coins, premium, shift int64)) error {
	rows, err := q.Query(ctx, `SELECT member_no, xp, coins, premium, tier_shift FROM balances WHERE community_id = $1 `+where, args...)
	if err != nil {
		return fmt.Errorf("read wallets: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var no, xp, coins, premium, shift int64
		if err := rows.Scan(&no, &xp, &coins, &premium, &shift); err != nil {
			return fmt.Errorf("read wallets: %w", err)
		}
		fn(no, xp, coins, premium, shift)
	}
	return rows.Err()
}

// Sizes of a catch-up: entries of the ledger a query, and how many of them at
// most before all wallets are read anew.
const (
	entriesAtOnce = 5000
	entriesAtMost = 200_000
)

// catchUp brings the columns to the state of the database: everything at first
// and when the fields changed, else what was written since.
func (s *Service) catchUp(ctx context.Context, t *table, fields []member.Field) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := s.k.Now()
	if t.shape != shapeOf(fields) {
		if err := s.load(ctx, t, fields); err != nil {
			t.shape = ""
			return err
		}
		t.synced = now
	}
	if err := s.catchMembers(ctx, t, fields, now); err != nil {
		return err
	}
	return s.catchWallets(ctx, t)
}

func (s *Service) load(ctx context.Context, t *table, fields []member.Field) error {
	t.takeDirty()
	t.reset(fields)
	var last int64
	err := s.k.DB().Read().QueryRow(ctx, `SELECT COALESCE(MAX(no), 0) FROM members WHERE community_id = $1`, t.communityID).Scan(&last)
	if err != nil {
		return fmt.Errorf("count columns: %w", err)
	}
	t.grow(last)
	return eachLine(ctx, s.k.DB().Read(), `ORDER BY no`, []any{t.communityID}, func(l line) { t.set(l, fields) })
}

// catchMembers reads newcomers, and who changed: as this process remembers,
// and as the rows of other nodes say.
func (s *Service) catchMembers(ctx context.Context, t *table, fields []member.Field, now time.Time) error {
	q, set := s.k.DB().Read(), func(l line) { t.set(l, fields) }
	if err := eachLine(ctx, q, `AND no > $2 ORDER BY no`, []any{t.communityID, len(t.flags) - 1}, set); err != nil {
		return err
	}
	for _, no := range t.takeDirty() {
		if err := eachLine(ctx, q, `AND no = $2`, []any{t.communityID, no}, set); err != nil {
			t.note(no)
			return err
		}
	}
	since := db.Micros(t.synced.Add(-s.overlap()))
	if err := eachLine(ctx, q, `AND updated_at >= $2`, []any{t.communityID, since}, set); err != nil {
		return err
	}
	t.synced = now
	return nil
}

// catchWallets follows the ledger, whose rows say each balance after them.
func (s *Service) catchWallets(ctx context.Context, t *table) error {
	last, err := s.ledger.Last(ctx, t.communityID)
	if err != nil {
		return err
	}
	if !t.hasWallets || last-t.seq > entriesAtMost {
		err := eachWallet(ctx, s.k.DB().Read(), "", []any{t.communityID}, t.setWallet)
		if err != nil {
			return err
		}
		t.seq, t.hasWallets = last, true
	}
	for t.seq < last {
		entries, err := s.ledger.Since(ctx, t.communityID, t.seq, entriesAtOnce)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, e := range entries {
			if err := s.follow(ctx, t, e); err != nil {
				return err
			}
		}
		t.seq = entries[len(entries)-1].Seq
	}
	return nil
}

// follow takes in an entry of the ledger. Who stands elsewhere on the ladder
// than the XP says, or may from now on, is read again.
func (s *Service) follow(ctx context.Context, t *table, e ledger.Entry) error {
	if t.grow(e.MemberNo); e.XP < 0 || e.Action == rule.Demotion || t.shift[e.MemberNo] != 0 {
		return eachWallet(ctx, s.k.DB().Read(), "AND member_id = $2", []any{t.communityID, e.MemberID}, t.setWallet)
	}
	t.setWallet(e.MemberNo, e.XPAfter, e.CoinsAfter, e.PremiumAfter, 0)
	return nil
}

func (t *table) setWallet(no, xp, coins, premium, shift int64) {
	t.grow(no)
	t.xp[no], t.coins[no], t.premium[no], t.shift[no] = xp, coins, premium, shift
}

var (
	errSegment      = api.NewError(api.NotFound, "segment_not_found", "No segment has that id.")
	errSegmentTaken = api.NewError(api.Conflict, "segment_taken", "Another segment has that name.", api.FieldError{Field: "name", Message: "is taken"})
)

// segmentRow is a segment with the id of who made it.
type segmentRow struct {
	api.Segment
	creatorID string
}

const segmentColumns = `id, name, filter, columns, sort, creator_id, created_at, updated_at`

func scanSegment(row interface{ Scan(...any) error }) (segmentRow, error) {
	var r segmentRow
	var filter, columns string
	var created, updated int64
	err := row.Scan(&r.ID, &r.Name, &filter, &columns, &r.Sort, &r.creatorID, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return r, errSegment
	}
	if err != nil {
		return r, fmt.Errorf("read segment: %w", err)
	}
	r.CreatedAt, r.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return r, errors.Join(json.Unmarshal([]byte(filter), &r.Filter), json.Unmarshal([]byte(columns), &r.Columns))
}

func listSegments(ctx context.Context, q db.Querier, communityID string) ([]segmentRow, error) {
	rows, err := q.Query(ctx, `SELECT `+segmentColumns+` FROM segments WHERE community_id = $1 ORDER BY name_key`, communityID)
	if err != nil {
		return nil, fmt.Errorf("list segments: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []segmentRow
	for rows.Next() {
		r, err := scanSegment(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func selectSegment(ctx context.Context, q db.Querier, communityID, id string) (segmentRow, error) {
	return scanSegment(q.QueryRow(ctx, `SELECT `+segmentColumns+` FROM segments WHERE community_id = $1 AND id = $2`, communityID, id))
}

func upsertSegment(ctx context.Context, tx *db.Tx, communityID string, r segmentRow) error {
	filter, err := json.Marshal(r.Filter)
	if err != nil {
		return err
	}
	columns, err := json.Marshal(r.Columns)
	if err != nil {
		return err
	}
	var other string
	err = tx.QueryRow(ctx, `SELECT id FROM segments WHERE community_id = $1 AND name_key = $2 AND id <> $3`, communityID, strings.ToLower(r.Name), r.ID).Scan(&other)
	if err == nil {
		return errSegmentTaken
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find segment: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO segments (community_id, id, name, name_key, filter, columns, sort, creator_id, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (community_id, id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
		filter = excluded.filter, columns = excluded.columns, sort = excluded.sort, updated_at = excluded.updated_at`,
		communityID, r.ID, r.Name, strings.ToLower(r.Name), string(filter), string(columns), r.Sort, r.creatorID,
		db.Micros(r.CreatedAt.Time), db.Micros(r.UpdatedAt.Time))
	if db.IsConflict(err) {
		return errSegmentTaken
	}
	return err
}

func deleteSegment(ctx context.Context, tx *db.Tx, communityID, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM segments WHERE community_id = $1 AND id = $2`, communityID, id)
	return err
}
