package embed

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

const widgetColumns = `community_id, id, name, kind, target_id, is_public, is_enabled, allowed_origins, options, created_at, updated_at`

type scanner interface{ Scan(...any) error }

func scanWidget(row scanner) (api.Widget, error) {
	var w api.Widget
	var origins, options string
	var created, updated int64
	err := row.Scan(&w.CommunityID, &w.ID, &w.Name, &w.Kind, &w.TargetID, &w.IsPublic, &w.IsEnabled, &origins, &options, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return w, errWidgetMissing
	}
	if err != nil {
		return w, fmt.Errorf("read widget: %w", err)
	}
	w.CreatedAt, w.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return w, errors.Join(json.Unmarshal([]byte(origins), &w.AllowedOrigins), json.Unmarshal([]byte(options), &w.Options))
}

func oneWidget(ctx context.Context, q db.Querier, communityID, id string) (api.Widget, error) {
	return scanWidget(q.QueryRow(ctx, `SELECT `+widgetColumns+` FROM widgets WHERE community_id = $1 AND id = $2`, communityID, id))
}

// anyWidget finds a widget of any community: frames know nothing but its id.
func anyWidget(ctx context.Context, q db.Querier, id string) (api.Widget, error) {
	return scanWidget(q.QueryRow(ctx, `SELECT `+widgetColumns+` FROM widgets WHERE id = $1`, id))
}

// boardOwner is the community of a board that is named by its id alone.
func boardOwner(ctx context.Context, q db.Querier, boardID string) (string, error) {
	var id string
	err := q.QueryRow(ctx, `SELECT community_id FROM leaderboards WHERE id = $1`, boardID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", errWidgetGone
	}
	return id, err
}

func listWidgets(ctx context.Context, q db.Querier, communityID string, p rest.Paging) ([]api.Widget, int, error) {
	var total int
	if err := q.QueryRow(ctx, `SELECT count(*) FROM widgets WHERE community_id = $1`, communityID).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count widgets: %w", err)
	}
	rows, err := q.Query(ctx, `SELECT `+widgetColumns+` FROM widgets WHERE community_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`,
		communityID, p.Limit, p.Offset())
	if err != nil {
		return nil, 0, fmt.Errorf("list widgets: %w", err)
	}
	defer rows.Close()
	var out []api.Widget
	for rows.Next() {
		w, err := scanWidget(rows)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, w)
	}
	return out, total, rows.Err()
}

func widgetValues(w api.Widget) (origins, options string, err error) {
	o, err1 := json.Marshal(w.AllowedOrigins)
	p, err2 := json.Marshal(w.Options)
	return string(o), string(p), errors.Join(err1, err2)
}

func insertWidget(ctx context.Context, tx *db.Tx, w api.Widget) error {
	origins, options, err := widgetValues(w)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO widgets (`+widgetColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, w.CommunityID, w.ID, w.Name,
		w.Kind, w.TargetID, w.IsPublic, w.IsEnabled, origins, options, db.Micros(w.CreatedAt.Time), db.Micros(w.UpdatedAt.Time))
	return err
}

func updateWidget(ctx context.Context, tx *db.Tx, w api.Widget) error {
	origins, options, err := widgetValues(w)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE widgets SET name = $1, kind = $2, target_id = $3, is_public = $4, is_enabled = $5, allowed_origins = $6,
		options = $7, updated_at = $8 WHERE community_id = $9 AND id = $10`, w.Name, w.Kind, w.TargetID, w.IsPublic, w.IsEnabled, origins,
		options, db.Micros(w.UpdatedAt.Time), w.CommunityID, w.ID)
	return err
}

func deleteWidget(ctx context.Context, tx *db.Tx, w api.Widget) error {
	_, err := tx.Exec(ctx, `DELETE FROM widgets WHERE community_id = $1 AND id = $2`, w.CommunityID, w.ID)
	return err
}
