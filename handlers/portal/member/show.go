package member

import (
	"net/http"
	"net/url"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

// Show is one member's page.
func Show(v *web.Visit) error {
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return err
	}
	return show(v, http.StatusOK, u, nil)
}

// show renders the page; change may put a refused form into it.
func show(v *web.Visit, status int, u api.User, change func(p *page.PageProps)) error {
	p, err := props(v, u)
	if err != nil {
		return err
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Page(p))
}

func props(v *web.Visit, u api.User) (page.PageProps, error) {
	p := page.PageProps{
		PortalProps: v.Portal(web.Name(u), layout.PlaceMembers, ui.Link{Label: "Members", Href: link.Members}, ui.Link{Label: web.Name(u)}),
		Member:      memberOf(v, u), Stats: stats(u.Wallet), CanEdit: true, CanOwner: true, Edit: editForm(v, u),
	}
	progress, err := v.API.Users().Progress(v.Ctx(), u.ID)
	if err != nil {
		return p, err
	}
	p.Member.Progress, p.Wallets = progressOf(progress), wallets(progress)
	for _, fill := range []func(*web.Visit, api.User, *page.PageProps) error{fillBoards, fillBadges, fillLedger, fillAudit, fillKnown, fillActivity, fillKeys, fillRoles, fillSpins, fillStreaks} {
		if err := fill(v, u, &p); err != nil {
			return p, err
		}
	}
	return p, nil
}

func memberOf(v *web.Visit, u api.User) page.Member {
	return page.Member{
		ID: u.ID, Number: u.Number, Name: web.Name(u), Username: u.Username, Email: u.Email, Image: u.Avatar, Shown: label.Badges(u.Badges), Role: web.RoleName(u.Role),
		Verified: u.EmailVerified, Deleted: u.IsDeleted, Dummy: u.IsDummy, Language: label.Language(u.Language), TimeZone: u.Timezone,
		Joined: v.Moment(u.CreatedAt), Seen: v.MomentOf(u.LastLogin),
	}
}

func progressOf(p api.Progress) page.Progress {
	return page.Progress{
		Level: p.Level, Percent: place.Percent(p), XP: p.Wallet.XP, Missing: place.Missing(p),
		Tier: place.TierName(p.Tier), NextTier: place.TierName(p.NextTier), TierLeft: place.TierLeft(p),
	}
}

func wallets(p api.Progress) []page.Wallet {
	return []page.Wallet{
		{Unit: "XP", Balance: p.Wallet.XP, Today: p.TodayXP}, {Unit: "Coins", Balance: p.Wallet.Coins, Today: p.TodayCoins},
		{Unit: "Premium", Balance: p.Wallet.Premium},
	}
}

func stats(w *api.Wallet) []ui.Pair {
	if w == nil {
		return nil
	}
	return []ui.Pair{
		{Name: "Messages", Value: ui.Number(w.Messages)}, {Name: "Replies", Value: ui.Number(w.Replies)},
		{Name: "Reactions", Value: ui.Number(w.Reactions)}, {Name: "Referrals", Value: ui.Number(w.Referrals)},
		{Name: "Visits", Value: ui.Number(w.Visits)}, {Name: "Login streak", Value: ui.Count(w.Streak, "day", "days")},
	}
}

func fillBoards(v *web.Visit, u api.User, p *page.PageProps) error {
	boards, err := place.Boards(v, 6)
	if err != nil || u.IsDeleted {
		return err
	}
	places, err := place.On(v, boards, u.ID)
	for _, at := range places {
		p.Boards = append(p.Boards, page.Standing{
			Board: at.Board.Name, ID: at.Board.ID, Period: label.Period(at.Period), Rank: int64(at.Own.Rank), Of: int64(at.Of), Score: at.Own.Score,
		})
	}
	return err
}

func fillLedger(v *web.Visit, u api.User, p *page.PageProps) error {
	logs, err := v.API.Gamification().Logs(v.Ctx(), api.LedgerQuery{Identifier: u.ID, IdentifierType: "id", Cursor: v.Query("cursor"), Limit: 30})
	if err != nil {
		return err
	}
	for _, l := range place.Lines(logs.Entries) {
		p.Ledger = append(p.Ledger, page.Entry{
			Seq: l.Seq, Action: label.Action(l.Action), Reason: l.Reason, Source: label.Source(l.Source), Undo: undo(u.ID, l),
			XP: l.Delta[api.UnitXP], Coins: l.Delta[api.UnitCoins], Premium: l.Delta[api.UnitPremium],
			XPAfter: l.After[api.UnitXP], CoinsAft: l.After[api.UnitCoins], At: v.Moment(l.CreatedAt),
		})
	}
	if logs.NextCursor != "" {
		p.Older = link.Member(u.ID) + "?" + url.Values{"cursor": {logs.NextCursor}}.Encode() + "#ledger"
	}
	if v.Query("cursor") != "" {
		p.Newer = link.Member(u.ID) + "#ledger"
	}
	return nil
}

func fillAudit(v *web.Visit, u api.User, p *page.PageProps) error {
	q := apiclient.AuditQuery{Paging: apiclient.Paging{Limit: 8}, TargetID: u.ID}
	log, err := v.API.Communities().AuditLog(v.Ctx(), v.Community.ID, q)
	for _, e := range log.Items {
		p.Audit = append(p.Audit, page.Event{Who: e.ActorName, What: label.Deed(e.Action), At: v.Moment(e.CreatedAt)})
	}
	return err
}

// fillKeys lists the member's keys. They are the member's own affair: others
// see none.
func fillKeys(v *web.Visit, u api.User, p *page.PageProps) error {
	if u.ID != v.Me.ID {
		return nil
	}
	keys, err := v.API.UserKeys(u.ID).List(v.Ctx())
	for _, k := range keys {
		p.Keys = append(p.Keys, page.Key{Name: k.Name, Prefix: k.Key, Used: v.MomentOf(k.LastUsedAt), Expires: v.MomentOf(k.ExpireDate), Active: k.IsActive})
	}
	return err
}
