package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

// fieldRow is a user field with the id of the member who made it.
type fieldRow struct {
	api.UserField
	creatorID string
}

var errFieldNotFound = api.NewError(api.NotFound, "user_field_not_found", "No user field has that id.")

const fieldColumns = `id, field, name, type, options, description, is_required, default_value, is_private, creator_id, created_at, updated_at`

func scanField(row scanner) (fieldRow, error) {
	var f fieldRow
	var options string
	var created, updated int64
	err := row.Scan(&f.ID, &f.Field, &f.Name, &f.Type, &options, &f.Description, &f.Required, &f.Default, &f.Private, &f.creatorID, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return f, errFieldNotFound
	}
	if err != nil {
		return f, fmt.Errorf("read user field: %w", err)
	}
	f.CreatedAt, f.UpdatedAt = api.At(moment(created)), api.At(moment(updated))
	return f, wrap(json.Unmarshal([]byte(options), &f.Options), "options of user field "+f.ID)
}

func listFields(ctx context.Context, q db.Querier, communityID string) ([]fieldRow, error) {
	rows, err := q.Query(ctx, `SELECT `+fieldColumns+` FROM user_fields WHERE community_id = $1 ORDER BY created_at, id`, communityID)
	if err != nil {
		return nil, fmt.Errorf("list user fields: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []fieldRow
	for rows.Next() {
		f, err := scanField(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

func selectField(ctx context.Context, q db.Querier, communityID, id string) (fieldRow, error) {
	return scanField(q.QueryRow(ctx, `SELECT `+fieldColumns+` FROM user_fields WHERE community_id = $1 AND id = $2`, communityID, id))
}

func insertField(ctx context.Context, tx *db.Tx, communityID string, f fieldRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO user_fields (community_id, `+fieldColumns+`)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`, communityID, f.ID, f.Field, f.Name, f.Type, jsonOf(f.Options, "[]"),
		f.Description, f.Required, f.Default, f.Private, f.creatorID, micros(f.CreatedAt.Time), micros(f.UpdatedAt.Time))
	return wrap(err, "insert user field")
}

func updateField(ctx context.Context, tx *db.Tx, communityID string, f fieldRow) error {
	_, err := tx.Exec(ctx, `UPDATE user_fields SET name = $3, type = $4, options = $5, description = $6, is_required = $7,
		default_value = $8, is_private = $9, updated_at = $10 WHERE community_id = $1 AND id = $2`,
		communityID, f.ID, f.Name, f.Type, jsonOf(f.Options, "[]"), f.Description, f.Required, f.Default, f.Private, micros(f.UpdatedAt.Time))
	return wrap(err, "update user field")
}

func deleteField(ctx context.Context, tx *db.Tx, communityID, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM user_fields WHERE community_id = $1 AND id = $2`, communityID, id)
	return wrap(err, "delete user field")
}

// dropValues removes a field's values from up to limit members whose number
// is above after, and returns the last number it looked at; 0 at the end.
func dropValues(ctx context.Context, tx *db.Tx, communityID, field string, after int64, limit int) (int64, error) {
	holders, err := selectHolders(ctx, tx, communityID, field, after, limit)
	if err != nil {
		return 0, err
	}
	for _, h := range holders {
		delete(h.fields, field)
		_, err := tx.Exec(ctx, `UPDATE members SET custom = $3 WHERE community_id = $1 AND no = $2`, communityID, h.no, jsonOf(h.fields, "{}"))
		if err != nil {
			return 0, fmt.Errorf("drop value: %w", err)
		}
		after = h.no
	}
	if len(holders) < limit {
		return 0, nil
	}
	return after, nil
}

type holder struct {
	no     int64
	fields map[string]string
}

// selectHolders scans the members by number: there is no index over values.
func selectHolders(ctx context.Context, q db.Querier, communityID, field string, after int64, limit int) ([]holder, error) {
	name, _ := json.Marshal(field) // text only: cannot fail
	rows, err := q.Query(ctx, `SELECT no, custom FROM members WHERE community_id = $1 AND no > $2 AND custom LIKE $3 ESCAPE '!'
		ORDER BY no LIMIT $4`, communityID, after, "%"+db.Plain(string(name))+":%", limit)
	if err != nil {
		return nil, fmt.Errorf("find values: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []holder
	for rows.Next() {
		var h holder
		var custom string
		if err := rows.Scan(&h.no, &custom); err != nil {
			return nil, fmt.Errorf("find values: %w", err)
		}
		if h.fields, err = fieldsOf(custom); err != nil {
			return nil, fmt.Errorf("values of member %d: %w", h.no, err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}
