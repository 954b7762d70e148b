package engine

import (
	"context"

	"laurel/engine/db"
)

// connectRoles sets the hooks around who may do what.
func (e *Engine) connectRoles() {
	e.kit.RoleRights = e.Roles.Permissions
	e.Channels.Standing = e.Roles.Standing
	e.Channels.CheckRoles = e.Roles.Check
	e.Channels.Hand = e.Roles.Hand
	e.Channels.Moved = e.Roles.Moved
}

// defaults lays down what a new community starts with.
func (e *Engine) defaults(ctx context.Context, tx *db.Tx, communityID string) error {
	if err := e.Ledger.Defaults(ctx, tx, communityID); err != nil {
		return err
	}
	return e.Roles.Defaults(ctx, tx, communityID)
}
