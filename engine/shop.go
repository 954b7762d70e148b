package engine

import (
	"context"

	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/store"
)

// connectStore sets what the store looks at, and what it gives.
func (e *Engine) connectStore() {
	e.Store.Person = e.person
	e.Store.MayGiveRole, e.Store.HasBadge = e.Roles.MayHand, e.Badges.Has
	e.Store.GiveRole = func(ctx context.Context, tx *db.Tx, communityID, memberID, roleID string) error {
		return e.Roles.Award(ctx, tx, communityID, memberID, roleID, "store")
	}
	e.Store.GiveSpins, e.Store.GiveBadge = e.Wheel.Grant, e.Badges.Prize
	e.Store.RoleGiven = e.Roles.Moved
	e.Store.BadgeGiven = func(communityID string, who member.Ref) { e.Badges.FaceChanged(communityID, who.No) }
	e.Members.Exports["purchases"], e.Members.Exports["notifications"] = e.Store.Export, e.Notices.Export
	e.Store.Notify, e.Badges.Notify, e.Referrals.Notify, e.Streaks.Notify, e.Streaks.NotifyAll = e.Notices.Tell, e.Notices.Tell, e.Notices.Tell, e.Notices.Tell, e.Notices.TellAll
}

// person is what the store's audiences look at.
func (e *Engine) person(ctx context.Context, communityID string, who member.Ref) (store.Person, error) {
	p := store.Person{ID: who.ID, Username: who.Username, Roles: []string{string(who.Role)}}
	roles, err := e.Roles.Of(ctx, communityID, who.ID)
	if err != nil {
		return p, err
	}
	for _, r := range roles {
		p.Roles = append(p.Roles, r.ID, r.Title)
	}
	cards, err := e.Members.Cards(ctx, communityID, []int64{who.No})
	if err != nil {
		return p, err
	}
	p.Tags = cards[who.No].Tags
	if p.Language, err = e.Members.LanguageOf(ctx, communityID, who.ID); err != nil {
		return p, err
	}
	wallets, err := e.Ledger.Wallets(ctx, communityID, []string{who.ID})
	if t := wallets[who.ID].Tier; t != nil {
		p.Tier = t.Name
	}
	return p, err
}
