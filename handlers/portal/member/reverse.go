package member

import (
	"strconv"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

var errEntry = api.NewError(api.NotFound, "entry_not_found", "The member has no ledger entry of that number.")

// AskReverse is the page that asks before an entry is taken back.
func AskReverse(v *web.Visit) error {
	p, err := reverseProps(v)
	if err != nil {
		return err
	}
	return v.Page(page.Reverse(p))
}

func reverseProps(v *web.Visit) (page.ReverseProps, error) {
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return page.ReverseProps{}, err
	}
	name := web.Name(u)
	p := page.ReverseProps{PortalProps: v.Portal("Take back", layout.PlaceMembers, ui.Link{Label: "Members", Href: link.Members}, ui.Link{Label: name, Href: link.Member(u.ID)}, ui.Link{Label: "Take back"}), MemberID: u.ID, Member: name, ID: v.Param("entry")}
	seq, err := strconv.ParseInt(p.ID, 16, 64)
	if err != nil || seq < 0 {
		return p, errEntry
	}
	logs, err := v.API.Gamification().Logs(v.Ctx(), api.LedgerQuery{Identifier: u.ID, IdentifierType: "id", Cursor: api.SeqID(seq + 1), Limit: 10})
	if err != nil {
		return p, err
	}
	for _, l := range place.Lines(logs.Entries) {
		if api.SeqID(l.Seq) == p.ID {
			p.Entry = page.Entry{Action: label.Action(l.Action), Reason: l.Reason, XP: l.Delta[api.UnitXP], Coins: l.Delta[api.UnitCoins], Premium: l.Delta[api.UnitPremium]}
			p.IsBadge = l.Action == "badge"
			return p, nil
		}
	}
	return p, errEntry
}

// Reverse takes an entry back.
func Reverse(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p, err := reverseProps(v)
	if err != nil {
		return err
	}
	_, err = v.API.Users().Reverse(v.Once(f), p.MemberID, p.ID, api.Reversal{Reason: f.Text("reason"), TakeBadge: f.On("badge")})
	if err == nil {
		v.Done("It is taken back.")
		return v.Go(link.Member(p.MemberID))
	}
	if !f.Take(err, nil) {
		return err
	}
	p.Reason, p.Fault, p.Errors = f.Text("reason"), f.Fault, f.Errors
	return v.Render(f.Status(err), page.Reverse(p))
}

// undo is where an entry can be taken back; empty for those that cannot.
func undo(memberID string, l place.Line) string {
	if l.Action == "reversal" || l.Source == "store" {
		return ""
	}
	return link.MemberDo(memberID, "ledger/"+api.SeqID(l.Seq))
}
