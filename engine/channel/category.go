package channel

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Categories lists the categories in their order.
func (s *Service) Categories(ctx context.Context, communityID string) ([]api.Category, error) {
	h, err := s.home(ctx, communityID)
	if err != nil {
		return nil, err
	}
	return append([]api.Category{}, h.categories...), nil
}

// CreateCategory makes a category. Name is required. Errors: Invalid.
func (s *Service) CreateCategory(ctx context.Context, communityID string, in api.CategoryInput) (api.Category, error) {
	now := s.k.Now()
	c := api.Category{ID: api.NewIDAt(now), Roles: []string{}, CreatedAt: api.At(now), UpdatedAt: api.At(now)}
	if err := s.shapeCategory(ctx, communityID, &c, in); err != nil {
		return c, err
	}
	err := s.change(ctx, communityID, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO channel_categories (community_id, id, name, position, is_private, roles, created_at, updated_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`, communityID, c.ID, c.Name, c.Position, c.IsPrivate, pack(c.Roles), db.Micros(now), db.Micros(now))
		if err != nil {
			return fmt.Errorf("insert category: %w", err)
		}
		return s.auditCategory(ctx, tx, communityID, "category.create", c, nil, c)
	})
	return c, err
}

// UpdateCategory changes a category. Errors: NotFound, Invalid.
func (s *Service) UpdateCategory(ctx context.Context, communityID, id string, in api.CategoryInput) (api.Category, error) {
	before, err := oneCategory(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return before, err
	}
	after := before
	if err := s.shapeCategory(ctx, communityID, &after, in); err != nil {
		return after, err
	}
	after.UpdatedAt = api.At(s.k.Now())
	err = s.change(ctx, communityID, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE channel_categories SET name = $3, position = $4, is_private = $5, roles = $6, updated_at = $7
			WHERE community_id = $1 AND id = $2`, communityID, id, after.Name, after.Position, after.IsPrivate, pack(after.Roles), db.Micros(after.UpdatedAt.Time))
		if err != nil {
			return fmt.Errorf("update category: %w", err)
		}
		return s.auditCategory(ctx, tx, communityID, "category.update", after, before, after)
	})
	return after, err
}

// DeleteCategory removes an empty category: channels of a private one would
// else be open to all. Errors: NotFound, Conflict.
func (s *Service) DeleteCategory(ctx context.Context, communityID, id string) (api.Category, error) {
	var c api.Category
	err := s.change(ctx, communityID, func(ctx context.Context, tx *db.Tx) (err error) {
		if c, err = oneCategory(ctx, tx, communityID, id); err != nil {
			return err
		}
		var n int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM channels WHERE community_id = $1 AND category_id = $2`, communityID, id).Scan(&n); err != nil {
			return fmt.Errorf("count channels of category: %w", err)
		}
		if n > 0 {
			return api.NewError(api.Conflict, "category_not_empty", "Move or delete the category's channels first.")
		}
		if _, err := tx.Exec(ctx, `DELETE FROM channel_categories WHERE community_id = $1 AND id = $2`, communityID, id); err != nil {
			return fmt.Errorf("delete category: %w", err)
		}
		return s.auditCategory(ctx, tx, communityID, "category.delete", c, c, nil)
	})
	return c, err
}

func (s *Service) shapeCategory(ctx context.Context, communityID string, c *api.Category, in api.CategoryInput) error {
	set(&c.Name, in.Name)
	set(&c.Position, in.Position)
	set(&c.IsPrivate, in.IsPrivate)
	set(&c.Roles, in.Roles)
	if c.Name = strings.TrimSpace(c.Name); c.Name == "" {
		return api.InvalidField("name", "is required")
	}
	if s.CheckRoles == nil {
		return nil
	}
	return s.CheckRoles(ctx, communityID, "roles", c.Roles)
}

func (s *Service) auditCategory(ctx context.Context, tx *db.Tx, communityID, action string, c api.Category, before, after any) error {
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "category", TargetID: c.ID, TargetName: c.Name, Before: before, After: after})
}

const categoryColumns = `id, name, position, is_private, roles, created_at, updated_at`

func scanCategory(row scanner) (api.Category, error) {
	var c api.Category
	var roles string
	var created, updated int64
	err := row.Scan(&c.ID, &c.Name, &c.Position, &c.IsPrivate, &roles, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return c, errNoCategory
	}
	if err == nil {
		err = json.Unmarshal([]byte(roles), &c.Roles)
	}
	c.CreatedAt, c.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return c, wrap(err, "read category")
}

func oneCategory(ctx context.Context, q db.Querier, communityID, id string) (api.Category, error) {
	return scanCategory(q.QueryRow(ctx, `SELECT `+categoryColumns+` FROM channel_categories WHERE community_id = $1 AND id = $2`, communityID, id))
}

func listCategories(ctx context.Context, q db.Querier, communityID string) ([]api.Category, error) {
	rows, err := q.Query(ctx, `SELECT `+categoryColumns+` FROM channel_categories WHERE community_id = $1 ORDER BY position, created_at, id LIMIT 1000`, communityID)
	if err != nil {
		return nil, fmt.Errorf("list categories: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []api.Category
	for rows.Next() {
		c, err := scanCategory(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}
