package streak

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
)

// selectStreaks reads a community's streaks with all versions of their rules.
func selectStreaks(ctx context.Context, q db.Querier, communityID string) ([]*streak, error) {
	var out []*streak
	byID := map[string]*streak{}
	err := db.Each(ctx, q, `SELECT id, position, v, config, created_at, updated_at FROM streaks WHERE community_id = $1 ORDER BY position, id`,
		[]any{communityID}, func(rows *sql.Rows) error {
			st := &streak{}
			st.CommunityID = communityID
			var text string
			var created, updated int64
			if err := rows.Scan(&st.ID, &st.Order, &st.V, &text, &created, &updated); err != nil {
				return err
			}
			st.CreatedAt, st.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
			out, byID[st.ID] = append(out, st), st
			return json.Unmarshal([]byte(text), &st.StreakSettings)
		})
	if err != nil || len(out) == 0 {
		return out, err
	}
	err = db.Each(ctx, q, `SELECT streak_id, v, config, from_at FROM streak_versions WHERE community_id = $1 ORDER BY streak_id, v`,
		[]any{communityID}, func(rows *sql.Rows) error {
			var id, text string
			var v int
			var from int64
			var set api.StreakSettings
			if err := rows.Scan(&id, &v, &text, &from); err != nil {
				return err
			}
			if st := byID[id]; st != nil {
				if err := json.Unmarshal([]byte(text), &set); err != nil {
					return err
				}
				st.versions = append(st.versions, newRules(v, db.FromMicros(from), set))
			}
			return nil
		})
	return out, err
}

func insertStreak(ctx context.Context, tx *db.Tx, st *streak) error {
	text, err := json.Marshal(st.StreakSettings)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO streaks (community_id, id, position, v, config, created_at, updated_at) VALUES ($1,$2,
		(SELECT COALESCE(MAX(position), 0) + 1 FROM streaks WHERE community_id = $1),$3,$4,$5,$5)`, st.CommunityID, st.ID, st.V, string(text), db.Micros(st.CreatedAt.Time))
	if err != nil {
		return fmt.Errorf("insert streak: %w", err)
	}
	return insertVersion(ctx, tx, st, string(text))
}

func insertVersion(ctx context.Context, tx *db.Tx, st *streak, text string) error {
	_, err := tx.Exec(ctx, `INSERT INTO streak_versions (community_id, streak_id, v, config, from_at) VALUES ($1,$2,$3,$4,$5)`,
		st.CommunityID, st.ID, st.V, text, db.Micros(st.UpdatedAt.Time))
	if err != nil {
		return fmt.Errorf("insert version: %w", err)
	}
	return nil
}

// updateStreak begins a new version. Errors: Conflict when somebody else has
// begun one meanwhile.
func updateStreak(ctx context.Context, tx *db.Tx, st *streak) error {
	text, err := json.Marshal(st.StreakSettings)
	if err != nil {
		return err
	}
	res, err := tx.Exec(ctx, `UPDATE streaks SET config = $4, v = $3, updated_at = $5 WHERE community_id = $1 AND id = $2 AND v = $3 - 1`,
		st.CommunityID, st.ID, st.V, string(text), db.Micros(st.UpdatedAt.Time))
	if err != nil {
		return fmt.Errorf("update streak: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errMeanwhile)
	}
	return insertVersion(ctx, tx, st, string(text))
}

// deleteStreak takes the streak away; its members' rows go by and by.
func deleteStreak(ctx context.Context, tx *db.Tx, communityID, id string) error {
	for _, text := range []string{
		`DELETE FROM streaks WHERE community_id = $1 AND id = $2`,
		`DELETE FROM streak_versions WHERE community_id = $1 AND streak_id = $2`,
		`INSERT INTO streak_trash (community_id, streak_id) VALUES ($1,$2)`,
	} {
		if _, err := tx.Exec(ctx, text, communityID, id); err != nil {
			return fmt.Errorf("delete streak: %w", err)
		}
	}
	return nil
}

// lock makes the transaction the only one that writes where the community's
// members stand.
func lock(ctx context.Context, tx *db.Tx, communityID string) error {
	_, err := tx.Exec(ctx, `INSERT INTO streak_locks (community_id, n) VALUES ($1, 1) ON CONFLICT (community_id) DO UPDATE SET n = streak_locks.n + 1`, communityID)
	if err != nil {
		return fmt.Errorf("lock streaks: %w", err)
	}
	return nil
}

// seat is a member's row.
type seat struct {
	memberID string
	memberNo int64
	state    state
	due      int64 // when time alone changes it next
}

func (s *Service) selectSeats(ctx context.Context, q db.Querier, communityID, streakID string, memberIDs []string) (map[string]*seat, error) {
	out := make(map[string]*seat, len(memberIDs))
	err := s.sql.Select(ctx, q, `SELECT member_id, member_no, state FROM streak_members WHERE community_id = $1 AND streak_id = $2 AND member_id`,
		[]any{communityID, streakID}, memberIDs, func(rows *sql.Rows) error {
			st, err := scanSeat(rows)
			out[st.memberID] = st
			return err
		})
	return out, err
}

func scanSeat(rows *sql.Rows) (*seat, error) {
	st := &seat{}
	var text string
	if err := rows.Scan(&st.memberID, &st.memberNo, &text); err != nil {
		return st, err
	}
	return st, json.Unmarshal([]byte(text), &st.state)
}

// selectLongest lists members by the length of their streak.
func selectLongest(ctx context.Context, q db.Querier, communityID, streakID string, limit, offset int) (out []*seat, total int, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM streak_members WHERE community_id = $1 AND streak_id = $2`, communityID, streakID).Scan(&total)
	if err != nil {
		return nil, 0, err
	}
	err = db.Each(ctx, q, `SELECT member_id, member_no, state FROM streak_members WHERE community_id = $1 AND streak_id = $2
		ORDER BY length DESC, member_no DESC LIMIT $3 OFFSET $4`, []any{communityID, streakID, limit, offset}, func(rows *sql.Rows) error {
		st, err := scanSeat(rows)
		out = append(out, st)
		return err
	})
	return out, total, err
}

func (s *Service) upsertSeats(ctx context.Context, tx *db.Tx, communityID, streakID string, seats []*seat) error {
	texts := make([]string, len(seats))
	for i, st := range seats {
		text, err := json.Marshal(st.state)
		if err != nil {
			return err
		}
		texts[i] = string(text)
	}
	return s.sql.Insert(ctx, tx, `INSERT INTO streak_members (community_id, streak_id, member_id, member_no, length, due_at, state)`,
		` ON CONFLICT (community_id, streak_id, member_id) DO UPDATE SET length = excluded.length, due_at = excluded.due_at, state = excluded.state`,
		len(seats), 7, func(i int, args []any) []any {
			st := seats[i]
			return append(args, communityID, streakID, st.memberID, st.memberNo, st.state.Current, st.due, texts[i])
		})
}

// done is an outcome of a member.
type done struct {
	memberID string
	outcome
}

func (s *Service) upsertLogs(ctx context.Context, tx *db.Tx, communityID, streakID string, list []done, now time.Time) error {
	list = latest(list)
	texts := make([]string, len(list))
	for i, d := range list {
		texts[i] = "{}"
		if !d.reward.IsZero() {
			text, err := json.Marshal(d.reward)
			if err != nil {
				return err
			}
			texts[i] = string(text)
		}
	}
	return s.sql.Insert(ctx, tx, `INSERT INTO streak_logs (community_id, member_id, streak_id, day, status, length, reward, created_at)`,
		` ON CONFLICT (community_id, member_id, streak_id, day) DO UPDATE SET status = excluded.status, length = excluded.length, reward = excluded.reward,
		created_at = excluded.created_at`, len(list), 8, func(i int, args []any) []any {
			d := list[i]
			return append(args, communityID, d.memberID, streakID, d.day, d.status, d.count, texts[i], db.Micros(now))
		})
}

// latest keeps the last outcome of each member's day: one statement cannot
// write a row twice.
func latest(list []done) []done {
	type key struct{ member, day string }
	at := make(map[key]int, len(list))
	out := list[:0:0]
	for _, d := range list {
		k := key{d.memberID, d.day}
		if i, twice := at[k]; twice {
			out[i] = d
			continue
		}
		at[k] = len(out)
		out = append(out, d)
	}
	return out
}

// selectDays are a member's statuses by day, from one date to another.
func selectDays(ctx context.Context, q db.Querier, communityID, streakID, memberID, from, to string) (map[string]string, error) {
	out := map[string]string{}
	err := db.Each(ctx, q, `SELECT day, status FROM streak_logs WHERE community_id = $1 AND member_id = $2 AND streak_id = $3 AND day >= $4 AND day <= $5`,
		[]any{communityID, memberID, streakID, from, to}, func(rows *sql.Rows) error {
			var day, status string
			err := rows.Scan(&day, &status)
			out[day] = status
			return err
		})
	return out, err
}

func selectLogs(ctx context.Context, q db.Querier, w *db.Where, limit, offset int) (out []api.StreakLog, total int, err error) {
	if err := q.QueryRow(ctx, `SELECT count(*) FROM streak_logs l`+w.SQL(), w.Args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	out = []api.StreakLog{}
	err = db.Each(ctx, q, fmt.Sprintf(`SELECT l.streak_id, l.member_id, m.username, l.day, l.status, l.length, l.reward, l.created_at FROM streak_logs l
		JOIN members m ON m.community_id = l.community_id AND m.id = l.member_id%s ORDER BY l.day DESC, l.member_id, l.streak_id LIMIT %d OFFSET %d`, w.SQL(), limit, offset),
		w.Args, func(rows *sql.Rows) error {
			var l api.StreakLog
			var reward string
			var at int64
			if err := rows.Scan(&l.StreakID, &l.UserID, &l.Username, &l.Date, &l.Status, &l.Count, &reward, &at); err != nil {
				return err
			}
			l.ID, l.CreatedAt = l.StreakID+"/"+l.UserID+"/"+l.Date, api.At(db.FromMicros(at))
			err := json.Unmarshal([]byte(reward), &l.Reward)
			out = append(out, l)
			return err
		})
	return out, total, err
}

// selectZones are the time zones of members who have set one.
func (s *Service) selectZones(ctx context.Context, q db.Querier, communityID string, memberIDs []string) (map[string]*time.Location, error) {
	out := map[string]*time.Location{}
	err := s.sql.Select(ctx, q, `SELECT id, timezone FROM members WHERE community_id = $1 AND timezone <> '' AND id`, []any{communityID}, memberIDs, func(rows *sql.Rows) error {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		if zone, err := time.LoadLocation(name); err == nil {
			out[id] = zone
		}
		return nil
	})
	return out, err
}

// dueSeat is a member whose streak changes by time alone.
type dueSeat struct{ communityID, streakID, memberID string }

func selectDue(ctx context.Context, q db.Querier, now time.Time, limit int) ([]dueSeat, error) {
	var out []dueSeat
	err := db.Each(ctx, q, `SELECT community_id, streak_id, member_id FROM streak_members WHERE due_at > 0 AND due_at <= $1 ORDER BY due_at LIMIT $2`,
		[]any{db.Micros(now), limit}, func(rows *sql.Rows) error {
			var d dueSeat
			err := rows.Scan(&d.communityID, &d.streakID, &d.memberID)
			out = append(out, d)
			return err
		})
	return out, err
}

// anyRisk reports whether tellRisk would name somebody.
func anyRisk(ctx context.Context, q db.Querier, st *streak, now, soon time.Time) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM streak_members WHERE due_at > 0 AND due_at > $3 AND due_at <= $4 AND community_id = $1 AND streak_id = $2
		AND told < due_at AND length > 1)`, st.CommunityID, st.ID, db.Micros(now), db.Micros(soon)).Scan(&yes)
	return yes, err
}

// tellRisk names members whose deadline is near and who were not warned of it,
// and notes that they are. Of a streak of one only nobody is warned.
func tellRisk(ctx context.Context, tx *db.Tx, st *streak, now, soon time.Time, limit int) ([]string, error) {
	var ids []string
	err := db.Each(ctx, tx, `UPDATE streak_members SET told = due_at WHERE community_id = $1 AND streak_id = $2 AND member_id IN (
		SELECT member_id FROM streak_members WHERE due_at > 0 AND due_at > $3 AND due_at <= $4 AND community_id = $1 AND streak_id = $2 AND told < due_at AND length > 1 LIMIT $5) RETURNING member_id`,
		[]any{st.CommunityID, st.ID, db.Micros(now), db.Micros(soon), limit}, func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
	return ids, err
}

// rollAll has every member of a streak that was off looked at.
func rollAll(ctx context.Context, tx *db.Tx, communityID, streakID string) error {
	_, err := tx.Exec(ctx, `UPDATE streak_members SET due_at = 1 WHERE community_id = $1 AND streak_id = $2 AND length > 0`, communityID, streakID)
	return err
}

// selectTrash names a streak whose rows are to go.
func selectTrash(ctx context.Context, q db.Querier) (communityID, streakID string, err error) {
	err = q.QueryRow(ctx, `SELECT community_id, streak_id FROM streak_trash LIMIT 1`).Scan(&communityID, &streakID)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return communityID, streakID, err
}

// purgeSome deletes rows of a streak in the trash, up to n of its members; it
// leaves the trash with the last of them.
func purgeSome(ctx context.Context, tx *db.Tx, communityID, streakID string, n int) error {
	var ids []string
	err := db.Each(ctx, tx, `SELECT member_id FROM streak_members WHERE community_id = $1 AND streak_id = $2 LIMIT $3`, []any{communityID, streakID, n}, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		for _, text := range []string{
			`DELETE FROM streak_logs WHERE community_id = $1 AND streak_id = $2 AND member_id = $3`,
			`DELETE FROM streak_members WHERE community_id = $1 AND streak_id = $2 AND member_id = $3`,
		} {
			if _, err := tx.Exec(ctx, text, communityID, streakID, id); err != nil {
				return fmt.Errorf("purge streak: %w", err)
			}
		}
	}
	if len(ids) < n {
		_, err = tx.Exec(ctx, `DELETE FROM streak_trash WHERE community_id = $1 AND streak_id = $2`, communityID, streakID)
	}
	return err
}
