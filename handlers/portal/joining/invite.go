package joining

import (
	"fmt"
	"time"

	"laurel/api"
	"laurel/components/form"
	"laurel/components/link"
	page "laurel/components/page/joining"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// addInvites fills in the links, and the roles that a new one can give.
func addInvites(v *web.Visit, p *page.Props) error {
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return err
	}
	list, err := group(v).Invites(v.Ctx())
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, r := range roles {
		names[r.ID] = r.Title
	}
	for _, i := range list {
		p.Invites = append(p.Invites, inviteOf(v, i, names))
	}
	if p.Invite.Roles == nil {
		p.Invite.Roles = choices(roles, "")
	}
	return nil
}

// choices are the roles that an invite can give; none is the plain invite.
func choices(roles []api.CommunityRole, chosen string) []form.Option {
	out := []form.Option{{Label: "None: count it as my referral", Chosen: chosen == ""}}
	for _, r := range roles {
		if !r.IsDefault {
			out = append(out, form.Option{Value: r.ID, Label: r.Title, Chosen: r.ID == chosen})
		}
	}
	return out
}

func inviteOf(v *web.Visit, i api.Invite, roles map[string]string) page.Invite {
	out := page.Invite{ID: i.ID, URL: i.URL, Open: i.IsOpen, By: i.Creator, Kind: "Counts as a referral", Used: used(i), Ends: v.MomentOf(i.ExpiresAt), State: ui.BadgeProps{Text: "Open", Tone: ui.Good, Dot: true}}
	if i.RoleID != "" {
		out.Kind = "Gives the role " + roles[i.RoleID]
	}
	switch {
	case i.IsOpen:
	case i.RevokedAt != nil:
		out.State = ui.BadgeProps{Text: "Revoked"}
	case i.MaxUses > 0 && i.Uses >= i.MaxUses:
		out.State = ui.BadgeProps{Text: "Used up"}
	default:
		out.State = ui.BadgeProps{Text: "Ended"}
	}
	return out
}

func used(i api.Invite) string {
	if i.MaxUses == 0 {
		return fmt.Sprintf("%s joined", ui.Number(int64(i.Uses)))
	}
	return fmt.Sprintf("%s of %s joined", ui.Number(int64(i.Uses)), ui.Number(int64(i.MaxUses)))
}

// Invite makes a link; a refused form comes back open, with what was typed.
func Invite(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.NewInvite{RoleID: f.Text("role"), MaxUses: int(f.Whole("uses", 0))}
	if days := f.Whole("days", 0); days != 0 {
		at := api.At(v.Now.Add(time.Duration(min(days, 36500)) * 24 * time.Hour))
		in.ExpiresAt = &at
	}
	if !f.Bad() {
		if _, err = group(v).Invite(v.Once(f), in); err == nil {
			v.Done("The link is made: copy it below.")
			return v.Go(link.Joining + "#invites")
		}
		if api.IsKind(err, api.Forbidden) {
			f.Refuse("role", "This role stands above yours: you cannot give it.")
		} else if !f.Take(err, web.Renamed{"roleId": "role", "maxUses": "uses", "expiresAt": "days"}) {
			return err
		}
	}
	roles, listErr := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if listErr != nil {
		return listErr
	}
	return show(v, f.Status(err), page.PolicyForm{}, page.InviteForm{
		Open: true, Roles: choices(roles, in.RoleID), Uses: f.Text("uses"), Days: f.Text("days"), Fault: f.Fault, Errors: f.Errors,
	})
}

// RevokeInvite closes a link.
func RevokeInvite(v *web.Visit) error {
	if _, err := group(v).Revoke(v.Ctx(), v.Param("id")); err != nil {
		return err
	}
	v.Done("The link is closed: nobody joins by it any more.")
	return v.Go(link.Joining + "#invites")
}
