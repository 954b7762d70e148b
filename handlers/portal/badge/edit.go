package badge

import (
	"net/http"
	"slices"
	"strconv"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/badge"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// maxUpload is how large the form with its two pictures may be, in bytes.
const maxUpload = 5 << 20

// New is the empty form.
func New(v *web.Visit) error {
	crumbs := []ui.Link{{Label: "Badges", Href: link.Badges}, {Label: "New badge"}}
	return v.Page(page.Editor(page.EditorProps{
		PortalProps: v.Portal("New badge", layout.PlaceBadges, crumbs...), Actions: web.Choices(label.BadgeActions(), string(api.BadgeCustom)), Open: true,
	}))
}

// Edit is the page of one badge.
func Edit(v *web.Visit) error {
	b, err := find(v)
	if err != nil {
		return err
	}
	return show(v, http.StatusOK, b, nil)
}

// find reads the badge of the address.
func find(v *web.Visit) (api.Badge, error) {
	all, err := v.API.Badges().List(v.Ctx())
	if err != nil {
		return api.Badge{}, err
	}
	i := slices.IndexFunc(all, func(b api.Badge) bool { return b.ID == v.Param("id") })
	if i < 0 {
		return api.Badge{}, api.NewError(api.NotFound, "badge_not_found", "There is no such badge.")
	}
	return all[i], nil
}

// show renders the page; change may put a refused form into it.
func show(v *web.Visit, status int, b api.Badge, change func(p *page.EditorProps)) error {
	crumbs := []ui.Link{{Label: "Badges", Href: link.Badges}, {Label: b.Title}}
	p := page.EditorProps{
		PortalProps: v.Portal(b.Title, layout.PlaceBadges, crumbs...), ID: b.ID, Title: b.Title, Description: b.Description,
		Actions: web.Choices(label.BadgeActions(), string(b.Action)), Quantity: text(int64(b.Quantity)), Open: bool(b.Applied), Proof: bool(b.NeedsProof),
		Themed: bool(b.IsThemed), Light: onLight(b), Dark: b.DarkImage, Delete: ui.ConfirmProps{Typed: b.Title},
	}
	if b.Award {
		p.XP = text(int64(b.XP))
	}
	if b.AwardCurrency {
		p.Coins = text(int64(b.Coins))
	}
	holders, err := v.API.Badges().Holders(v.Ctx(), b.ID, apiclient.Paging{Page: v.Paging().Page, Limit: 25})
	if err != nil {
		return err
	}
	for _, h := range holders.Items {
		p.Holders = append(p.Holders, page.Holder{ID: h.User.ID, Name: h.User.DisplayName, Image: h.User.Avatar, How: label.AwardSource(h.Source), At: v.Moment(h.AwardedAt)})
	}
	p.Pagination = web.Pages(holders, link.Badge(b.ID), "members", nil)
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Editor(p))
}

func text(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// Create makes a badge.
func Create(v *web.Visit) error {
	return save(v, func(f *web.Form, in api.BadgeInput) (api.Badge, error) { return v.API.Badges().Create(v.Once(f), in) },
		func(f *web.Form, status int) error {
			crumbs := []ui.Link{{Label: "Badges", Href: link.Badges}, {Label: "New badge"}}
			p := page.EditorProps{PortalProps: v.Portal("New badge", layout.PlaceBadges, crumbs...)}
			typed(&p, f)
			return v.Render(status, page.Editor(p))
		})
}

// Update changes a badge.
func Update(v *web.Visit) error {
	b, err := find(v)
	if err != nil {
		return err
	}
	return save(v, func(_ *web.Form, in api.BadgeInput) (api.Badge, error) {
		return v.API.Badges().Update(v.Ctx(), b.ID, in)
	},
		func(f *web.Form, status int) error {
			return show(v, status, b, func(p *page.EditorProps) { typed(p, f) })
		})
}

// save reads the form, uploads its pictures and hands it on; a refused one
// comes back with what was typed and the pictures that arrived.
func save(v *web.Visit, store func(*web.Form, api.BadgeInput) (api.Badge, error), again func(*web.Form, int) error) error {
	f, err := v.Upload(maxUpload)
	if err != nil {
		return err
	}
	for _, picture := range []string{"Light", "Dark"} {
		if err := uploaded(v, f, picture); err != nil {
			return err
		}
	}
	in := input(f)
	if f.Bad() {
		return again(f, http.StatusUnprocessableEntity)
	}
	b, err := store(f, in)
	if err == nil {
		v.Done("“" + b.Title + "” is saved.")
		return v.Go(link.Badge(b.ID))
	}
	if !f.Take(err, web.Renamed{"image": "lightImage"}) {
		return err
	}
	return again(f, f.Status(err))
}

// uploaded keeps the picture that came with the form, in the field of the
// kept one.
func uploaded(v *web.Visit, f *web.Form, which string) error {
	field := map[string]string{"Light": "lightImage", "Dark": "darkImage"}[which]
	files, err := v.Files(field)
	if err != nil || len(files) == 0 {
		return err
	}
	made, err := v.API.Badges().Upload(v.Ctx(), files[0].Content)
	if err == nil {
		f.Values.Set("kept"+which, made.URL)
		return nil
	}
	if !f.Take(err, web.Renamed{"image": field}) {
		return err
	}
	return nil
}

func input(f *web.Form) api.BadgeInput {
	quantity, xp, coins := f.Whole("quantity", 0), f.Whole("awardXpQuantity", 0), f.Whole("awardCurrencyQuantity", 0)
	light, dark, none := f.Text("keptLight"), f.Text("keptDark"), ""
	themed, open, proof := f.On("enabledDarkAndLight"), f.On("applied"), f.On("attachRequired")
	if f.Text("title") == "" {
		f.Refuse("title", "Give it a name.")
	}
	return api.BadgeInput{
		Title: f.Text("title"), Action: api.BadgeAction(f.Text("action")), Quantity: &quantity, Description: f.Ptr("description"),
		Image: &none, LightImage: &light, DarkImage: &dark, IsThemed: &themed, Applied: &open, NeedsProof: &proof, XP: &xp, Coins: &coins,
	}
}

// typed puts a refused form back into the page.
func typed(p *page.EditorProps, f *web.Form) {
	p.Title, p.Description, p.Quantity = f.Text("title"), f.Text("description"), f.Text("quantity")
	p.Actions = web.Choices(label.BadgeActions(), f.Text("action"))
	p.Open, p.Proof, p.Themed = f.On("applied"), f.On("attachRequired"), f.On("enabledDarkAndLight")
	p.XP, p.Coins, p.Light, p.Dark = f.Text("awardXpQuantity"), f.Text("awardCurrencyQuantity"), f.Text("keptLight"), f.Text("keptDark")
	p.Errors, p.Fault = f.Errors, f.Fault
	if p.Fault == "" {
		p.Fault = "Nothing was saved yet. Please check what is marked below."
	}
}

// Delete removes a badge; its name must be typed.
func Delete(v *web.Visit) error {
	b, err := find(v)
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed(b.Title); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.Badge(b.ID))
	}
	if _, err := v.API.Badges().Delete(v.Ctx(), b.ID); err != nil {
		return err
	}
	v.Done("“" + b.Title + "” is deleted.")
	return v.Go(link.Badges)
}

// Award gives the badge to a member.
func Award(v *web.Visit) error {
	b, err := find(v)
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	_, err = v.API.Badges().Award(v.Ctx(), b.ID, f.Text("user"))
	switch {
	case err == nil:
		v.Done("“" + b.Title + "” is awarded.")
		return v.Go(link.Badge(b.ID) + "#holders")
	case api.IsKind(err, api.NotFound):
		f.Refuse("user", "Nobody here is known by that name, address or number.")
	case !f.Take(err, web.Renamed{"userId": "user"}):
		return err
	}
	return show(v, http.StatusUnprocessableEntity, b, func(p *page.EditorProps) {
		p.Award = page.AwardForm{User: f.Text("user"), Error: f.Errors["user"]}
		p.Fault = f.Fault
	})
}
