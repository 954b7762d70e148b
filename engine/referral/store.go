package referral

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// person is what is judged of a member.
type person struct {
	member.Ref
	community       string
	email, avatar   string
	referrer        string // member id
	verified        bool
	fields          map[string]string
	joined, changed time.Time
}

const personColumns = `id, no, username, role, is_dummy, deleted_at, email, avatar, referred_by, email_verified, custom, created_at, updated_at`

func queryPeople(ctx context.Context, q db.Querier, communityID, where string, args ...any) ([]person, error) {
	rows, err := q.Query(ctx, `SELECT `+personColumns+` FROM members WHERE community_id = $1 `+where, append([]any{communityID}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	defer rows.Close()
	var out []person
	for rows.Next() {
		p := person{community: communityID}
		var deleted, created, changed int64
		var custom string
		if err := rows.Scan(&p.ID, &p.No, &p.Username, &p.Role, &p.IsDummy, &deleted, &p.email, &p.avatar, &p.referrer, &p.verified, &custom, &created, &changed); err != nil {
			return nil, fmt.Errorf("read member: %w", err)
		}
		if err := json.Unmarshal([]byte(custom), &p.fields); err != nil {
			return nil, fmt.Errorf("values of member %s: %w", p.ID, err)
		}
		p.Deleted, p.joined, p.changed = deleted != 0, db.FromMicros(created), db.FromMicros(changed)
		out = append(out, p)
	}
	return out, rows.Err()
}

func selectPeople(ctx context.Context, q db.Querier, communityID string, ids []string) ([]person, error) {
	return queryPeople(ctx, q, communityID, `AND id IN (`+marks(2, len(ids))+`) ORDER BY no`, anys(ids)...)
}

// mostAlike is how many members with the same value are looked at.
const mostAlike = 50

// byField lists the ids of living members with a value in a custom field. The
// filter may find more by their hash; the values decide.
func (s *Service) byField(ctx context.Context, communityID, field, value string) ([]string, error) {
	numbers, err := s.Match(ctx, communityID, field, value)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	args := make([]any, min(len(numbers), mostAlike))
	for i := range args {
		args[i] = numbers[i]
	}
	people, err := queryPeople(ctx, s.k.DB().Read(), communityID, `AND deleted_at = 0 AND no IN (`+marks(2, len(args))+`) ORDER BY no`, args...)
	var out []string
	for _, p := range people {
		if p.fields[field] == value {
			out = append(out, p.ID)
		}
	}
	return out, err
}

func marks(from, n int) string {
	list := make([]string, max(n, 1))
	list[0] = "''"
	for i := range n {
		list[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(list, ",")
}

func anys(ids []string) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = id
	}
	return out
}

func keys(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for id := range set {
		out = append(out, id)
	}
	return out
}

// mark is how far a community was followed: its ledger, and its members by
// when they changed.
type mark struct {
	seq, at int64
	id      string
}

// after is the position behind what was read.
func (m mark) after(entries []ledger.Entry, people []person, now time.Time) mark {
	if len(entries) > 0 {
		m.seq = entries[len(entries)-1].Seq
	}
	if len(people) == stepSize {
		last := people[len(people)-1]
		m.at, m.id = db.Micros(last.changed), last.ID
	} else if len(people) > 0 {
		m.at, m.id = db.Micros(now.Add(-lookBack)), ""
	}
	return m
}

func selectMark(ctx context.Context, q db.Querier, communityID string) (mark, error) {
	var m mark
	err := q.QueryRow(ctx, `SELECT seq, changed_at, changed_id FROM referral_marks WHERE community_id = $1`, communityID).Scan(&m.seq, &m.at, &m.id)
	if errors.Is(err, sql.ErrNoRows) {
		return mark{}, nil
	}
	return m, err
}

func changedSince(ctx context.Context, q db.Querier, communityID string, m mark, limit int) ([]person, error) {
	return queryPeople(ctx, q, communityID, `AND (updated_at, id) > ($2, $3) ORDER BY updated_at, id LIMIT $4`, m.at, m.id, limit)
}

// putMark moves on, unless somebody has moved the position meanwhile.
func putMark(ctx context.Context, tx *db.Tx, communityID string, from, to mark) error {
	if err := firstMark(ctx, tx, communityID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE referral_marks SET seq = $1, changed_at = $2, changed_id = $3
		WHERE community_id = $4 AND seq = $5 AND changed_at = $6 AND changed_id = $7`, to.seq, to.at, to.id, communityID, from.seq, from.at, from.id)
	return err
}

func firstMark(ctx context.Context, tx *db.Tx, communityID string) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_marks (community_id, seq, changed_at, changed_id) VALUES ($1, 0, 0, '') ON CONFLICT DO NOTHING`, communityID)
	return err
}

// resetMark has every member judged anew. The position below zero differs
// from any before, so that a step under way does not move past it.
func resetMark(ctx context.Context, tx *db.Tx, communityID string) error {
	if err := firstMark(ctx, tx, communityID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE referral_marks SET changed_at = CASE WHEN changed_at < 0 THEN changed_at - 1 ELSE -1 END, changed_id = '' WHERE community_id = $1`, communityID)
	return err
}

// finished is what a member has finished, by program/stage.
type finished map[string]passedStage

type passedStage struct {
	at        time.Time
	xp, coins int64
}

func selectFinished(ctx context.Context, q db.Querier, communityID string, ids []string) (map[string]finished, error) {
	rows, err := q.Query(ctx, `SELECT member_id, program_id, stage_id, xp, coins, completed_at FROM referral_progress
		WHERE community_id = $1 AND member_id IN (`+marks(2, len(ids))+`)`, append([]any{communityID}, anys(ids)...)...)
	if err != nil {
		return nil, fmt.Errorf("read progress: %w", err)
	}
	defer rows.Close()
	out := map[string]finished{}
	for rows.Next() {
		var who, program, stage string
		var p passedStage
		var at int64
		if err := rows.Scan(&who, &program, &stage, &p.xp, &p.coins, &at); err != nil {
			return nil, fmt.Errorf("read progress: %w", err)
		}
		p.at = db.FromMicros(at)
		if out[who] == nil {
			out[who] = finished{}
		}
		out[who][program+"/"+stage] = p
	}
	return out, rows.Err()
}

// putFinished notes a passed stage; fresh is false when it was noted before.
func putFinished(ctx context.Context, tx *db.Tx, communityID string, d due, now time.Time) (fresh bool, err error) {
	result, err := tx.Exec(ctx, `INSERT INTO referral_progress (community_id, member_id, program_id, stage_id, referrer_id, xp, coins, completed_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT DO NOTHING`,
		communityID, d.who.ID, d.program.ID, d.stage.ID, d.earner(), d.stage.Rewards.XP, d.stage.Rewards.Coins, db.Micros(now))
	if err != nil {
		return false, fmt.Errorf("note passed stage: %w", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

func (d due) earner() string {
	if d.program.Kind == api.ProgramMilestone {
		return ""
	}
	return d.who.referrer
}

// earned is what a member's referrals have paid so far.
func earned(ctx context.Context, q db.Querier, communityID, memberID string) (r api.Reward, err error) {
	err = q.QueryRow(ctx, `SELECT COALESCE(SUM(xp), 0), COALESCE(SUM(coins), 0) FROM referral_progress WHERE community_id = $1 AND referrer_id = $2`,
		communityID, memberID).Scan(&r.XP, &r.Coins)
	return r, err
}

func referrerOf(ctx context.Context, q db.Querier, communityID, memberID string) (string, error) {
	var id string
	err := q.QueryRow(ctx, `SELECT referred_by FROM members WHERE community_id = $1 AND id = $2`, communityID, memberID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

func setReferrer(ctx context.Context, tx *db.Tx, communityID, memberID, referrer string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE members SET referred_by = $1, updated_at = $2 WHERE community_id = $3 AND id = $4`, referrer, db.Micros(now), communityID, memberID)
	return err
}
