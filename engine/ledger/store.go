package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"laurel/engine/db"
	"laurel/engine/ledger/rule"
)

const accountColumns = `member_id, member_no, xp, coins, premium, messages, replies, reactions, referrals, visits,
login_streak, visit_day, today, today_xp, today_coins, updated_at, marks, today_counts, tier_shift`

func scanAccount(rows *sql.Rows) (account, error) {
	var a account
	var marks, counts string
	err := rows.Scan(&a.memberID, &a.memberNo, &a.xp, &a.coins, &a.premium, &a.messages, &a.replies, &a.reactions, &a.referrals,
		&a.visits, &a.streak.Days, &a.streak.Day, &a.today, &a.tally.xp, &a.tally.coins, &a.lastSeen, &marks, &counts, &a.shift)
	a.marks = parseMarks(marks)
	a.tally.parse(counts)
	return a, err
}

const selectBalances = `SELECT ` + accountColumns + ` FROM balances WHERE community_id = $1 AND member_id`

func (s *statements) selectAccounts(ctx context.Context, q db.Querier, communityID string, memberIDs []string, fn func(account)) error {
	return s.Select(ctx, q, selectBalances, []any{communityID}, memberIDs, func(rows *sql.Rows) error {
		a, err := scanAccount(rows)
		fn(a)
		return err
	})
}

func (s *statements) upsertAccounts(ctx context.Context, tx *db.Tx, communityID string, accounts []*account, now int64) error {
	return s.Insert(ctx, tx, `INSERT INTO balances (community_id, `+accountColumns+`)`,
		` ON CONFLICT (community_id, member_id) DO UPDATE SET xp = excluded.xp, coins = excluded.coins, premium = excluded.premium,
		messages = excluded.messages, replies = excluded.replies, reactions = excluded.reactions, referrals = excluded.referrals,
		visits = excluded.visits, login_streak = excluded.login_streak, visit_day = excluded.visit_day, today = excluded.today,
		today_xp = excluded.today_xp, today_coins = excluded.today_coins, updated_at = excluded.updated_at, marks = excluded.marks,
		today_counts = excluded.today_counts, tier_shift = excluded.tier_shift`, len(accounts), 20,
		func(i int, args []any) []any {
			a := accounts[i]
			return append(args, communityID, a.memberID, a.memberNo, a.xp, a.coins, a.premium, a.messages, a.replies, a.reactions,
				a.referrals, a.visits, a.streak.Days, a.streak.Day, a.today, a.tally.xp, a.tally.coins, now, a.marks.String(), a.tally.counts(), a.shift)
		})
}

const entryColumns = `community_id, seq, member_id, member_no, action, xp, coins, premium, xp_after, coins_after, premium_after,
value, counts, occurred_at, created_at`

const rowColumns = entryColumns + `, reason, source, reference, actor`

// moments are the times of a row as they are stored.
type moments struct{ occurred, created int64 }

func entryFields(e *Entry, at *moments) []any {
	return []any{
		&e.CommunityID, &e.Seq, &e.MemberID, &e.MemberNo, &e.Action, &e.XP, &e.Coins, &e.Premium, &e.XPAfter, &e.CoinsAfter,
		&e.PremiumAfter, &e.Value, &e.Counts, &at.occurred, &at.created,
	}
}

func scanEntry(rows *sql.Rows) (Entry, error) {
	var e Entry
	var at moments
	err := rows.Scan(entryFields(&e, &at)...)
	e.OccurredAt, e.CreatedAt = db.FromMicros(at.occurred), db.FromMicros(at.created)
	return e, err
}

func scanRow(rows *sql.Rows) (row, error) {
	var r row
	var at moments
	err := rows.Scan(append(entryFields(&r.Entry, &at), &r.reason, &r.source, &r.reference, &r.actor)...)
	r.OccurredAt, r.CreatedAt = db.FromMicros(at.occurred), db.FromMicros(at.created)
	return r, err
}

func (s *statements) insertRows(ctx context.Context, tx *db.Tx, communityID string, rows []row) error {
	return s.Insert(ctx, tx, `INSERT INTO ledger (`+rowColumns+`)`, "", len(rows), 19,
		func(i int, args []any) []any {
			r := &rows[i]
			return append(args, communityID, r.Seq, r.MemberID, r.MemberNo, r.Action, r.XP, r.Coins, r.Premium, r.XPAfter, r.CoinsAfter,
				r.PremiumAfter, r.Value, r.Counts, db.Micros(r.OccurredAt), db.Micros(r.CreatedAt), r.reason, r.source, r.reference, r.actor)
		})
}

const selectByReference = `SELECT ` + rowColumns + ` FROM ledger WHERE community_id = $1 AND source = $2 AND reference <> '' AND reference`

func (s *statements) selectReferences(ctx context.Context, q db.Querier, communityID, source string, references []string, fn func(row)) error {
	return s.Select(ctx, q, selectByReference, []any{communityID, source}, references, func(rows *sql.Rows) error {
		r, err := scanRow(rows)
		fn(r)
		return err
	})
}

// claim takes the next n numbers of the community and returns the last.
func claim(ctx context.Context, tx *db.Tx, communityID string, n int64) (last int64, err error) {
	err = tx.QueryRow(ctx, `INSERT INTO counters (community_id, name, n) VALUES ($1, 'ledger', $2)
		ON CONFLICT (community_id, name) DO UPDATE SET n = counters.n + excluded.n RETURNING n`, communityID, n).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("claim ledger numbers: %w", err)
	}
	return last, nil
}

func selectLast(ctx context.Context, q db.Querier, communityID string) (last int64, err error) {
	err = q.QueryRow(ctx, `SELECT n FROM counters WHERE community_id = $1 AND name = 'ledger'`, communityID).Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("last ledger number: %w", err)
	}
	return last, nil
}

func selectSince(ctx context.Context, q db.Querier, communityID string, after int64, limit int) ([]Entry, error) {
	out := make([]Entry, 0, min(limit, 1000))
	err := db.Each(ctx, q, `SELECT `+entryColumns+` FROM ledger WHERE community_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
		[]any{communityID, after, limit}, func(rows *sql.Rows) error {
			e, err := scanEntry(rows)
			out = append(out, e)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	return out, nil
}

// maxPaid is how many paid acts of a member a late act is compared with.
const maxPaid = 5000

var errEnough = errors.New("enough")

// selectPaid lists the paid acts of a member and action since a moment (in
// microseconds), newest first.
func selectPaid(ctx context.Context, q db.Querier, communityID string, key paidKey, since int64, day func(time.Time) string) (rule.History, error) {
	var out rule.History
	err := db.Each(ctx, q, `SELECT occurred_at, created_at FROM ledger WHERE community_id = $1 AND member_id = $2 AND action = $3 AND reason = ''
		ORDER BY seq DESC LIMIT $4`, []any{communityID, key.memberID, key.action, maxPaid}, func(rows *sql.Rows) error {
		var at moments
		if err := rows.Scan(&at.occurred, &at.created); err != nil {
			return err
		}
		if at.created < since {
			return errEnough
		}
		out = append(out, rule.Act{At: at.occurred, Day: day(db.FromMicros(at.occurred))})
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, fmt.Errorf("read paid acts: %w", err)
	}
	return out, nil
}

// selectAccountAt is a member's account as it stood after an entry: balances
// from the entry, counters by counting the rows up to it.
func selectAccountAt(ctx context.Context, q db.Querier, communityID string, e Entry, zone *time.Location) (account, error) {
	a := account{memberID: e.MemberID, memberNo: e.MemberNo, xp: e.XPAfter, coins: e.CoinsAfter, premium: e.PremiumAfter}
	var visit int64
	err := db.Each(ctx, q, `SELECT action, count(*), max(seq), max(occurred_at) FROM ledger
		WHERE community_id = $1 AND member_id = $2 AND seq <= $3 AND counts GROUP BY action`,
		[]any{communityID, e.MemberID, e.Seq}, func(rows *sql.Rows) error {
			var action string
			var n, last, at int64
			err := rows.Scan(&action, &n, &last, &at)
			a.add(action, n)
			if action == rule.Visit {
				visit, a.streak.Day = last, rule.Day(db.FromMicros(at), zone)
			}
			return err
		})
	if err != nil || visit == 0 {
		return a, err
	}
	err = q.QueryRow(ctx, `SELECT value FROM ledger WHERE community_id = $1 AND seq = $2`, communityID, visit).Scan(&a.streak.Days)
	return a, err
}

// selectLog reads the newest rows of a page and two more: the one that the
// page before ended in, and one to tell that more follows.
func selectLog(ctx context.Context, q db.Querier, communityID string, page logQuery) ([]row, error) {
	where, args := page.conditions(communityID)
	var out []row
	err := db.Each(ctx, q, `SELECT `+rowColumns+` FROM ledger WHERE `+where+fmt.Sprintf(` ORDER BY seq DESC LIMIT %d`, page.limit+2), args,
		func(rows *sql.Rows) error {
			r, err := scanRow(rows)
			out = append(out, r)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read ledger of member: %w", err)
	}
	return out, nil
}

// selectGap is the first number that the community's ledger lacks.
func selectGap(ctx context.Context, q db.Querier, communityID string) (seq int64, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(min(g.seq), 1) FROM (SELECT seq + 1 AS seq FROM ledger l WHERE community_id = $1
		AND NOT EXISTS (SELECT 1 FROM ledger n WHERE n.community_id = l.community_id AND n.seq = l.seq + 1)
		UNION ALL SELECT 1 AS seq WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE community_id = $1 AND seq = 1)) g`, communityID).Scan(&seq)
	if err != nil {
		return 0, fmt.Errorf("find missing entry: %w", err)
	}
	return seq, nil
}
