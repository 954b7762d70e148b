package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

// selectUnread lists the communities whose ledger goes on beyond the place
// that is written down.
func selectUnread(ctx context.Context, q db.Querier) ([]string, error) {
	var out []string
	err := db.Each(ctx, q, `SELECT c.community_id FROM counters c LEFT JOIN ledger_readers r ON r.community_id = c.community_id AND r.name = 'rewards'
		WHERE c.name = 'ledger' AND c.n > COALESCE(r.seq, 0)`, nil, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

func selectPlace(ctx context.Context, q db.Querier, communityID string) (seq int64, err error) {
	err = q.QueryRow(ctx, `SELECT seq FROM ledger_readers WHERE community_id = $1 AND name = 'rewards'`, communityID).Scan(&seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read place in ledger: %w", err)
	}
	return seq, nil
}

// moveFrom moves the reader's place and holds its row until the transaction
// ends. Errors: errMoved when it is not where it was.
func moveFrom(ctx context.Context, tx *db.Tx, communityID string, from, to int64) error {
	var was int64
	err := tx.QueryRow(ctx, `INSERT INTO ledger_readers (community_id, name, seq) VALUES ($1, 'rewards', 0)
		ON CONFLICT (community_id, name) DO UPDATE SET seq = ledger_readers.seq RETURNING seq`, communityID).Scan(&was)
	if err != nil {
		return fmt.Errorf("hold place in ledger: %w", err)
	}
	if was != from {
		return errMoved
	}
	if _, err = tx.Exec(ctx, `UPDATE ledger_readers SET seq = $2 WHERE community_id = $1 AND name = 'rewards'`, communityID, to); err != nil {
		return fmt.Errorf("move place in ledger: %w", err)
	}
	return nil
}

func (s *statements) selectStands(ctx context.Context, q db.Querier, communityID string, memberIDs []string) (map[string]stand, error) {
	out := make(map[string]stand, len(memberIDs))
	err := s.Select(ctx, q, `SELECT member_id, tier_shift, tier_seen FROM balances WHERE community_id = $1 AND member_id`,
		[]any{communityID}, memberIDs, func(rows *sql.Rows) error {
			var id string
			var st stand
			err := rows.Scan(&id, &st.shift, &st.tierSeen)
			out[id] = st
			return err
		})
	return out, err
}

// anyDemoted reports whether somebody stands lower on the ladder than the XP.
func anyDemoted(ctx context.Context, q db.Querier, communityID string) (yes bool, err error) {
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM balances WHERE community_id = $1 AND tier_shift < 0)`, communityID).Scan(&yes)
	return yes, err
}

// insertMoves notes moves between tiers, each once for the entry that made it,
// and where they led. Each member moves once.
func (s *statements) insertMoves(ctx context.Context, tx *db.Tx, communityID string, moves []move) error {
	err := s.Insert(ctx, tx, `INSERT INTO tier_changes (community_id, member_id, seq, from_tier, to_tier, reason, created_at)`,
		` ON CONFLICT (community_id, member_id, seq) DO NOTHING`, len(moves), 7, func(i int, args []any) []any {
			m := moves[i]
			return append(args, communityID, m.who.ID, m.seq, m.change.From, m.change.To, m.change.Reason, db.Micros(m.change.CreatedAt.Time))
		})
	if err != nil {
		return err
	}
	arrived := map[string][]string{}
	for _, m := range moves {
		arrived[m.tierID] = append(arrived[m.tierID], m.who.ID)
	}
	for tierID, ids := range arrived {
		if err := s.set(ctx, tx, "tier_seen", communityID, tierID, ids); err != nil {
			return err
		}
	}
	return nil
}

// set writes a column of the members' balances.
func (s *statements) set(ctx context.Context, tx *db.Tx, column, communityID string, value any, memberIDs []string) error {
	return s.Update(ctx, tx, `UPDATE balances SET `+column+` = $1 WHERE community_id = $2 AND member_id`,
		[]any{value, communityID}, memberIDs)
}

// selectMoves lists a member's moves between tiers, newest first.
func selectMoves(ctx context.Context, q db.Querier, communityID, memberID string, limit int) ([]api.TierChange, error) {
	out := []api.TierChange{}
	err := db.Each(ctx, q, `SELECT from_tier, to_tier, reason, created_at FROM tier_changes WHERE community_id = $1 AND member_id = $2
		ORDER BY seq DESC LIMIT $3`, []any{communityID, memberID, limit}, func(rows *sql.Rows) error {
		var c api.TierChange
		var at int64
		err := rows.Scan(&c.From, &c.To, &c.Reason, &at)
		c.CreatedAt = api.At(db.FromMicros(at))
		out = append(out, c)
		return err
	})
	return out, err
}
