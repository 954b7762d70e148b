package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"laurel/engine/db"
)

const dayColumns = `day, xp, coins, messages, replies, reactions, socials`

func scanDay(rows *sql.Rows, before ...any) (closedDay, error) {
	var d closedDay
	err := rows.Scan(append(before, &d.day, &d.xp, &d.coins, &d.messages, &d.replies, &d.reactions, &d.socials)...)
	return d, err
}

func (d closedDay) args(communityID, memberID string, args []any) []any {
	return append(args, communityID, memberID, d.day, d.xp, d.coins, d.messages, d.replies, d.reactions, d.socials)
}

// memberDay is a row of the table of days.
type memberDay struct {
	memberID string
	closedDay
}

const addDay = ` ON CONFLICT (community_id, member_id, day) DO UPDATE SET xp = member_days.xp + excluded.xp,
coins = member_days.coins + excluded.coins, messages = member_days.messages + excluded.messages, replies = member_days.replies + excluded.replies,
reactions = member_days.reactions + excluded.reactions, socials = member_days.socials + excluded.socials`

const setDay = ` ON CONFLICT (community_id, member_id, day) DO UPDATE SET xp = excluded.xp, coins = excluded.coins,
messages = excluded.messages, replies = excluded.replies, reactions = excluded.reactions, socials = excluded.socials`

// addDays adds what the accounts have of other days than their latest.
func (s *statements) addDays(ctx context.Context, tx *db.Tx, communityID string, accounts []*account) error {
	var days []memberDay
	for _, a := range accounts {
		for _, d := range a.closed {
			days = append(days, memberDay{a.memberID, d})
		}
		a.closed = nil
	}
	return s.writeDays(ctx, tx, communityID, addDay, days)
}

func (s *statements) writeDays(ctx context.Context, tx *db.Tx, communityID, tail string, days []memberDay) error {
	return s.Insert(ctx, tx, `INSERT INTO member_days (community_id, member_id, `+dayColumns+`)`, tail, len(days), 9,
		func(i int, args []any) []any { return days[i].args(communityID, days[i].memberID, args) })
}

// selectDays gives the tallies of a member's days from and to, both included:
// those that are over and the latest.
func selectDays(ctx context.Context, q db.Querier, communityID, memberID, from, to string) (map[string]tally, error) {
	out := map[string]tally{}
	err := db.Each(ctx, q, `SELECT `+dayColumns+` FROM member_days WHERE community_id = $1 AND member_id = $2 AND day >= $3 AND day <= $4`,
		[]any{communityID, memberID, from, to}, func(rows *sql.Rows) error {
			d, err := scanDay(rows)
			out[d.day] = d.tally
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read days of member: %w", err)
	}
	return out, nil
}

// selectDayOf gives the stored tallies of one day by member.
func (s *statements) selectDayOf(ctx context.Context, q db.Querier, communityID, day string, memberIDs []string) (map[string]tally, error) {
	out := map[string]tally{}
	err := s.Select(ctx, q, `SELECT member_id, `+dayColumns+` FROM member_days WHERE community_id = $1 AND day = $2 AND member_id`,
		[]any{communityID, day}, memberIDs, func(rows *sql.Rows) error {
			var id string
			d, err := scanDay(rows, &id)
			out[id] = d.tally
			return err
		})
	return out, err
}

// daysMark is the counter that says a community's days are complete: those of
// ledgers that were begun before the table existed are counted once.
const daysMark = "days"

func selectUncounted(ctx context.Context, q db.Querier) ([]string, error) {
	var out []string
	err := db.Each(ctx, q, `SELECT c.community_id FROM counters c WHERE c.name = 'ledger' AND NOT EXISTS (SELECT 1 FROM counters m
		WHERE m.community_id = c.community_id AND m.name = $1)`, []any{daysMark}, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

func markCounted(ctx context.Context, tx *db.Tx, communityID string) error {
	_, err := tx.Exec(ctx, `INSERT INTO counters (community_id, name, n) VALUES ($1, $2, 1) ON CONFLICT (community_id, name) DO NOTHING`, communityID, daysMark)
	return err
}

// recountMembers is how many members one step of a recount takes.
const recountMembers = 500

// selectHolders lists the members with a balance after an id, in its order,
// with the latest day of each.
func selectHolders(ctx context.Context, q db.Querier, communityID, after string) (ids []string, today map[string]string, err error) {
	today = map[string]string{}
	err = db.Each(ctx, q, `SELECT member_id, today FROM balances WHERE community_id = $1 AND member_id > $2 ORDER BY member_id LIMIT $3`,
		[]any{communityID, after, recountMembers}, func(rows *sql.Rows) error {
			var id, day string
			err := rows.Scan(&id, &day)
			ids, today[id] = append(ids, id), day
			return err
		})
	return ids, today, err
}

// countDays tallies the ledger of some members by day.
func (s *statements) countDays(ctx context.Context, q db.Querier, communityID string, ids []string, day func(micros int64) string) (map[string]map[string]tally, error) {
	out := map[string]map[string]tally{}
	err := s.Select(ctx, q, `SELECT member_id, action, xp, coins, occurred_at FROM ledger WHERE community_id = $1 AND counts AND member_id`,
		[]any{communityID}, ids, func(rows *sql.Rows) error {
			var id, action string
			var xp, coins, at int64
			if err := rows.Scan(&id, &action, &xp, &coins, &at); err != nil {
				return err
			}
			if out[id] == nil {
				out[id] = map[string]tally{}
			}
			of := out[id][day(at)]
			of.add(action, xp, coins)
			out[id][day(at)] = of
			return nil
		})
	return out, err
}

// storeDays writes counted days: the latest one into the balance.
func (s *statements) storeDays(ctx context.Context, tx *db.Tx, communityID string, ids []string, today map[string]string, counted map[string]map[string]tally) error {
	var days []memberDay
	for _, id := range ids {
		for _, day := range slices.Sorted(maps.Keys(counted[id])) {
			t := counted[id][day]
			if day != today[id] {
				days = append(days, memberDay{id, closedDay{day, t}})
				continue
			}
			_, err := tx.Exec(ctx, `UPDATE balances SET today_counts = $3 WHERE community_id = $1 AND member_id = $2`, communityID, id, t.counts())
			if err != nil {
				return fmt.Errorf("count today: %w", err)
			}
		}
	}
	return s.writeDays(ctx, tx, communityID, setDay, days)
}
