package member

import (
	"context"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// maxBulk is how many members the list lets choose: a page.
const maxBulk = 200

// bulk is an act on the chosen members of the list.
type bulk struct {
	v     *web.Visit
	f     *web.Form
	w     view
	users []string
}

// Bulk acts on the chosen members and goes back to the list as it was.
func Bulk(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	w, err := viewOf(v)
	if err != nil {
		return err
	}
	b := bulk{v, f, w, f.All("user")}
	switch {
	case len(b.users) == 0 && !f.On("all"):
		v.Sorry("Choose whom first.")
	case len(b.users) > maxBulk:
		v.Sorry("Choose at most 200 members.")
	default:
		if err := b.act(); err != nil {
			return err
		}
	}
	return v.Go(w.href(w.place))
}

// act does what the pressed button says; what the API refuses is told on the
// list.
func (b bulk) act() error {
	var err error
	switch b.f.Text("do") {
	case "tags":
		err = b.tags()
	case "give", "take":
		err = b.role(b.f.Text("do") == "give")
	case "award":
		err = b.award()
	case "delete", "restore":
		err = b.manage(b.f.Text("do"))
	default:
		b.v.Sorry("Choose what to do with them.")
	}
	if api.IsKind(err, api.Invalid) || api.IsKind(err, api.Conflict) || api.IsKind(err, api.Forbidden) {
		b.v.Sorry(err.Error())
		return nil
	}
	return err
}

func (b bulk) tags() error {
	in := api.TagUsers{Users: b.users, Add: b.f.Words("add"), Remove: b.f.Words("remove")}
	if b.f.On("all") {
		in.Users, in.Filter = nil, b.w.filter()
	}
	if len(in.Add)+len(in.Remove) == 0 {
		b.v.Sorry("Type a tag to add or to take away.")
		return nil
	}
	done, err := b.v.API.Users().Tag(b.v.Ctx(), b.v.Community.ID, in)
	if err == nil {
		b.v.Done("The tags of " + ui.Count(int64(done.Changed), "member", "members") + " changed, out of " + ui.Number(int64(done.Matched)) + ".")
	}
	return err
}

// each acts on one member after the other; the first refusal is told with how
// many were refused.
func (b bulk) each(done string, act func(ctx context.Context, user string) error) error {
	n, refused, first := 0, 0, ""
	for _, user := range b.users {
		err := act(b.v.Ctx(), user)
		switch {
		case err == nil:
			n++
		case api.IsKind(err, api.Invalid), api.IsKind(err, api.Conflict), api.IsKind(err, api.Forbidden), api.IsKind(err, api.NotFound):
			refused++
			if first == "" {
				first = err.Error()
			}
		default:
			return err
		}
	}
	b.tell(n, refused, done, first)
	return nil
}

func (b bulk) tell(n, refused int, done, why string) {
	if n > 0 {
		b.v.Done(ui.Count(int64(n), "member", "members") + " " + done)
	}
	if refused > 0 {
		b.v.Sorry("Not done for " + ui.Count(int64(refused), "member", "members") + ": " + why)
	}
}

func (b bulk) role(give bool) error {
	role := b.f.Text("role")
	if role == "" {
		b.v.Sorry("Choose a role.")
		return nil
	}
	done, do := "now have the role.", b.v.API.Roles().Give
	if !give {
		done, do = "no longer have the role.", b.v.API.Roles().Take
	}
	return b.each(done, func(ctx context.Context, user string) error {
		_, err := do(ctx, role, user)
		return err
	})
}

// award gives or takes the same points; each member's once, however often the
// form is sent.
func (b bulk) award() error {
	amount := b.f.Whole("amount", 0)
	if b.f.Bad() || amount == 0 || b.f.Text("reason") == "" {
		b.v.Sorry("Type a whole amount other than 0, and a reason.")
		return nil
	}
	in := api.Adjustment{Unit: api.Unit(b.f.Text("unit")), Op: "add", Amount: amount, Reason: b.f.Text("reason")}
	if amount < 0 {
		in.Op, in.Amount = "subtract", -amount
	}
	return b.each("got "+ui.Signed(amount)+" "+label.WalletUnit(in.Unit)+".", func(ctx context.Context, user string) error {
		if once := b.f.Text("once"); once != "" && len(once) <= 64 {
			ctx = apiclient.WithIdempotencyKey(ctx, "portal-"+once+"-"+user)
		}
		_, err := b.v.API.Users().Adjust(ctx, user, in)
		return err
	})
}

func (b bulk) manage(action string) error {
	out, err := b.v.API.Users().ManageMany(b.v.Ctx(), b.v.Community.ID, api.ManageUsers{Action: action, Users: b.users})
	if err != nil {
		return err
	}
	why := ""
	if len(out.Failed) > 0 {
		why = out.Failed[0].Message
	}
	done := map[string]string{"delete": "deleted. You find them under Deleted.", "restore": "restored, with their old ranks."}[action]
	b.tell(out.Done, len(out.Failed), done, why)
	return nil
}
