package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

// conversion is a conversion as it is kept.
type conversion struct {
	api.Conversion
	community string
	after     string // id of the last member who was looked at
	finished  int64
}

// column is the balance of a unit; units are checked before.
func column(u api.Unit) string {
	switch u {
	case api.UnitXP:
		return "xp"
	case api.UnitCoins:
		return "coins"
	}
	return "premium"
}

// selectLots counts who would be converted now, and how much.
func selectLots(ctx context.Context, q db.Querier, communityID string, in api.ConversionInput) (out api.ConversionPreview, err error) {
	var lots int64
	err = q.QueryRow(ctx, `SELECT count(*), CAST(COALESCE(sum(`+column(in.From)+` / $2), 0) AS BIGINT) FROM balances
		WHERE community_id = $1 AND `+column(in.From)+` >= $2`, communityID, in.Take).Scan(&out.Members, &lots)
	if err != nil {
		return out, fmt.Errorf("count lots: %w", err)
	}
	out.Taken, out.Given = lots*in.Take, lots*in.Give
	return out, nil
}

func insertConversion(ctx context.Context, tx *db.Tx, communityID string, c api.Conversion) error {
	_, err := tx.Exec(ctx, `INSERT INTO conversions (community_id, id, from_unit, to_unit, take, give, state, members, created_by, created_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, communityID, c.ID, string(c.From), string(c.To), c.Take, c.Give, c.State, c.Members,
		c.CreatedBy, db.Micros(c.CreatedAt.Time))
	if err != nil {
		return fmt.Errorf("insert conversion: %w", err)
	}
	return nil
}

func selectConversions(ctx context.Context, q db.Querier, where string, args ...any) ([]conversion, error) {
	var out []conversion
	err := db.Each(ctx, q, `SELECT community_id, id, from_unit, to_unit, take, give, state, after_member, members, done, taken, given, created_by,
		created_at, finished_at FROM conversions WHERE `+where+` ORDER BY created_at DESC, id DESC LIMIT 100`, args, func(rows *sql.Rows) error {
		var c conversion
		var at int64
		err := rows.Scan(&c.community, &c.ID, &c.From, &c.To, &c.Take, &c.Give, &c.State, &c.after, &c.Members, &c.Done, &c.Taken, &c.Given,
			&c.CreatedBy, &at, &c.finished)
		c.CreatedAt = api.At(db.FromMicros(at))
		if c.finished > 0 {
			done := api.At(db.FromMicros(c.finished))
			c.FinishedAt = &done
		}
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read conversions: %w", err)
	}
	return out, nil
}

// holdConversion reads a conversion and holds its row until the transaction ends.
func holdConversion(ctx context.Context, tx *db.Tx, communityID, id string) (*conversion, error) {
	if _, err := tx.Exec(ctx, `UPDATE conversions SET done = done WHERE community_id = $1 AND id = $2`, communityID, id); err != nil {
		return nil, fmt.Errorf("hold conversion: %w", err)
	}
	list, err := selectConversions(ctx, tx, `community_id = $1 AND id = $2`, communityID, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return &conversion{}, nil
	}
	return &list[0], nil
}

// selectLotHolders reads the next members with a whole lot, in the order of ids.
func selectLotHolders(ctx context.Context, tx *db.Tx, c *conversion, limit int) ([]holder, error) {
	from := column(c.From)
	var out []holder
	err := db.Each(ctx, tx, `SELECT member_id, member_no, `+from+`, `+column(c.To)+` FROM balances
		WHERE community_id = $1 AND member_id > $2 AND `+from+` >= $3 ORDER BY member_id LIMIT $4`,
		[]any{c.community, c.after, c.Take, limit}, func(rows *sql.Rows) error {
			var h holder
			err := rows.Scan(&h.who.ID, &h.who.No, &h.from, &h.to)
			out = append(out, h)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read members to convert: %w", err)
	}
	return out, nil
}

func updateConversion(ctx context.Context, tx *db.Tx, c *conversion) error {
	_, err := tx.Exec(ctx, `UPDATE conversions SET state = $3, after_member = $4, done = $5, taken = $6, given = $7, finished_at = $8
		WHERE community_id = $1 AND id = $2`, c.community, c.ID, c.State, c.after, c.Done, c.Taken, c.Given, c.finished)
	if err != nil {
		return fmt.Errorf("update conversion: %w", err)
	}
	return nil
}
