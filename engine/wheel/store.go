package wheel

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
)

func selectWheel(ctx context.Context, q db.Querier, communityID string) (c config, err error) {
	var text string
	var updated int64
	err = q.QueryRow(ctx, `SELECT config, updated_at FROM wheels WHERE community_id = $1`, communityID).Scan(&text, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return config{api.Wheel{Segments: []api.WheelSegment{}}}, nil
	}
	if err != nil {
		return c, fmt.Errorf("read wheel: %w", err)
	}
	return c, json.Unmarshal([]byte(text), &c.Wheel)
}

// storeWheel writes the wheel and the stock of its segments.
func storeWheel(ctx context.Context, tx *db.Tx, communityID string, c config, now time.Time) error {
	text, err := json.Marshal(c.Wheel)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO wheels (community_id, config, updated_at) VALUES ($1,$2,$3)
		ON CONFLICT (community_id) DO UPDATE SET config = excluded.config, updated_at = excluded.updated_at`, communityID, string(text), db.Micros(now))
	if err == nil {
		_, err = tx.Exec(ctx, `DELETE FROM wheel_stock WHERE community_id = $1`, communityID)
	}
	for _, s := range c.Segments {
		if err == nil && s.Stock != nil {
			_, err = tx.Exec(ctx, `INSERT INTO wheel_stock (community_id, segment_id, remaining) VALUES ($1,$2,$3)`, communityID, s.ID, *s.Stock)
		}
	}
	if err != nil {
		return fmt.Errorf("store wheel: %w", err)
	}
	return nil
}

// selectStock is what is left, by segment.
func selectStock(ctx context.Context, q db.Querier, communityID string) (map[string]int64, error) {
	rows, err := q.Query(ctx, `SELECT segment_id, remaining FROM wheel_stock WHERE community_id = $1`, communityID)
	if err != nil {
		return nil, fmt.Errorf("read stock: %w", err)
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var id string
		var n int64
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("read stock: %w", err)
		}
		out[id] = n
	}
	return out, rows.Err()
}

// lockStock is selectStock for whoever will take from it: nobody else can
// meanwhile.
func lockStock(ctx context.Context, tx *db.Tx, communityID string) (map[string]int64, error) {
	if _, err := tx.Exec(ctx, `UPDATE wheels SET updated_at = updated_at WHERE community_id = $1`, communityID); err != nil {
		return nil, fmt.Errorf("lock stock: %w", err)
	}
	return selectStock(ctx, tx, communityID)
}

func takeStock(ctx context.Context, tx *db.Tx, communityID, segmentID string) error {
	_, err := tx.Exec(ctx, `UPDATE wheel_stock SET remaining = remaining - 1 WHERE community_id = $1 AND segment_id = $2`, communityID, segmentID)
	if err != nil {
		return fmt.Errorf("take stock: %w", err)
	}
	return nil
}

const playerColumns = `member_id, spins, total, dry, last_at, free_at, disabled, weights, seed_id, seed, client_seed, nonce`

func scanPlayer(row interface{ Scan(...any) error }) (p player, err error) {
	var last, free, disabled int64
	var weights string
	err = row.Scan(&p.memberID, &p.spins, &p.total, &p.dry, &last, &free, &disabled, &weights, &p.seedID, &p.seed, &p.clientSeed, &p.nonce)
	if err != nil {
		return p, fmt.Errorf("read player: %w", err)
	}
	p.lastAt, p.freeAt, p.disabled = moment(last), moment(free), disabled != 0
	return p, json.Unmarshal([]byte(weights), &p.weights)
}

func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return db.FromMicros(us)
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return db.Micros(t)
}

// lockPlayer reads a member's row for change, and makes it from fresh when
// there is none.
func lockPlayer(ctx context.Context, tx *db.Tx, communityID string, fresh player) (player, error) {
	return scanPlayer(tx.QueryRow(ctx, `INSERT INTO wheel_members (community_id, member_id, seed_id, seed, client_seed) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (community_id, member_id) DO UPDATE SET nonce = wheel_members.nonce RETURNING `+playerColumns,
		communityID, fresh.memberID, fresh.seedID, fresh.seed, fresh.clientSeed))
}

// selectPlayer reads a member's row; a member who never came has an empty one.
func selectPlayer(ctx context.Context, q db.Querier, communityID, memberID string) (player, error) {
	p, err := scanPlayer(q.QueryRow(ctx, `SELECT `+playerColumns+` FROM wheel_members WHERE community_id = $1 AND member_id = $2`, communityID, memberID))
	if errors.Is(err, sql.ErrNoRows) {
		return player{memberID: memberID}, nil
	}
	return p, err
}

func storePlayer(ctx context.Context, tx *db.Tx, communityID string, p player) error {
	weights, err := json.Marshal(p.weights)
	if err != nil {
		return err
	}
	if p.weights == nil {
		weights = []byte("{}")
	}
	disabled := 0
	if p.disabled {
		disabled = 1
	}
	_, err = tx.Exec(ctx, `UPDATE wheel_members SET spins = $3, total = $4, dry = $5, last_at = $6, free_at = $7, disabled = $8, weights = $9,
		seed_id = $10, seed = $11, client_seed = $12, nonce = $13 WHERE community_id = $1 AND member_id = $2`, communityID, p.memberID,
		p.spins, p.total, p.dry, micros(p.lastAt), micros(p.freeAt), disabled, string(weights), p.seedID, p.seed, p.clientSeed, p.nonce)
	if err != nil {
		return fmt.Errorf("store player: %w", err)
	}
	return nil
}

func insertSeed(ctx context.Context, tx *db.Tx, communityID string, p player, seed string, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO wheel_seeds (community_id, id, member_id, seed, revealed_at) VALUES ($1,$2,$3,$4,$5)`,
		communityID, p.seedID, p.memberID, seed, db.Micros(now))
	if err != nil {
		return fmt.Errorf("reveal seed: %w", err)
	}
	return nil
}

func insertSpin(ctx context.Context, tx *db.Tx, communityID string, s api.Spin, seedID string) error {
	table, err := json.Marshal(s.Odds)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO wheel_spins (community_id, id, member_id, segment_id, label, type, amount, source, cost, balance_after, seed_id,
		client_seed, nonce, odds, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`, communityID, s.ID, s.UserID, s.SegmentID,
		s.Prize.Label, s.Prize.Type, s.Prize.Amount, s.Source, s.Cost, s.BalanceAfter, seedID, s.Fairness.ClientSeed, s.Fairness.Nonce, string(table), db.Micros(s.SpunAt.Time))
	if err != nil {
		return fmt.Errorf("insert spin: %w", err)
	}
	return nil
}

// selectSpins lists spins, newest first, with seeds that were revealed.
func selectSpins(ctx context.Context, q db.Querier, w *db.Where, limit, offset int) ([]api.Spin, error) {
	rows, err := q.Query(ctx, fmt.Sprintf(`SELECT s.id, s.member_id, m.username, s.segment_id, s.label, s.type, s.amount, s.source, s.cost, s.balance_after, s.seed_id,
		s.client_seed, s.nonce, s.odds, s.created_at, COALESCE(r.seed, '') FROM wheel_spins s
		JOIN members m ON m.community_id = s.community_id AND m.id = s.member_id
		LEFT JOIN wheel_seeds r ON r.community_id = s.community_id AND r.id = s.seed_id%s
		ORDER BY s.created_at DESC, s.id DESC LIMIT %d OFFSET %d`, w.SQL(), limit, offset), w.Args...)
	if err != nil {
		return nil, fmt.Errorf("list spins: %w", err)
	}
	defer rows.Close()
	out := []api.Spin{}
	for rows.Next() {
		s, err := scanSpin(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func scanSpin(rows *sql.Rows) (s api.Spin, err error) {
	var table string
	var at int64
	f := &s.Fairness
	err = rows.Scan(&s.ID, &s.UserID, &s.Username, &s.SegmentID, &s.Prize.Label, &s.Prize.Type, &s.Prize.Amount, &s.Source, &s.Cost, &s.BalanceAfter,
		&f.ServerSeedHash, &f.ClientSeed, &f.Nonce, &table, &at, &f.ServerSeed)
	if err != nil {
		return s, fmt.Errorf("read spin: %w", err)
	}
	s.SpunAt, s.Index = api.At(db.FromMicros(at)), -1
	return s, json.NewDecoder(strings.NewReader(table)).Decode(&s.Odds)
}
