package engine

import (
	"context"

	"laurel/engine/db"
	"laurel/engine/role"
)

// connectRoles sets the hooks around who may do what.
func (e *Engine) connectRoles() {
	e.kit.RoleRights = e.Roles.Permissions
	e.Channels.Standing = e.Roles.Standing
	e.Channels.CheckRoles = e.Roles.Check
	e.Channels.Hand = e.Roles.Hand
	e.Channels.Moved = e.Roles.Moved
	e.Channels.Barred = e.Penalties.Barred
	e.Penalties.Standing, e.Penalties.Actor, e.Penalties.Outranks = e.Roles.Standing, e.Roles.Actor, role.Outranks
	e.kit.Barred = e.Penalties.Barred
	e.Members.Barred = e.Penalties.Barred
	e.Members.Roles = e.Roles.Names
	e.Roster.Holders = e.Roles.Numbers
	e.Ledger.Rewards = append(e.Ledger.Rewards, e.Roles.ByXP)
	e.Joining.MayHand, e.Joining.Award = e.Roles.MayHand, e.Roles.Award
	e.Members.Admit, e.Members.OnJoin = e.Joining.Admit, e.Joining.Joined
}

// defaults lays down what a new community starts with.
func (e *Engine) defaults(ctx context.Context, tx *db.Tx, communityID string) error {
	if err := e.Ledger.Defaults(ctx, tx, communityID); err != nil {
		return err
	}
	if err := e.Store.Defaults(ctx, tx, communityID); err != nil {
		return err
	}
	return e.Roles.Defaults(ctx, tx, communityID)
}
