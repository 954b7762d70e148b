package channel

import (
	"net/http"
	"slices"
	"strconv"

	"laurel/api"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/channel"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// New is the form of a channel to be made.
func New(v *web.Visit) error {
	h, err := open(v)
	if err != nil {
		return err
	}
	p, err := editor(v, h, api.Channel{Type: api.ChannelOpen, CategoryID: v.Query("category")})
	if err != nil {
		return err
	}
	return v.Page(page.Editor(p))
}

// Show is a channel's form.
func Show(v *web.Visit) error {
	h, err := open(v)
	if err != nil {
		return err
	}
	c, err := h.find(v.Param("id"))
	if err != nil {
		return err
	}
	p, err := editor(v, h, c)
	if err != nil {
		return err
	}
	return v.Page(page.Editor(p))
}

// find is a channel by its id.
func (h house) find(id string) (api.Channel, error) {
	for _, c := range h.channels {
		if c.ID == id {
			return c, nil
		}
	}
	return api.Channel{}, api.NewError(api.NotFound, "channel_not_found", "No channel has that id.")
}

// editor is the form with a channel in it.
func editor(v *web.Visit, h house, c api.Channel) (page.EditorProps, error) {
	title := c.Topic
	if c.ID == "" {
		title = "New channel"
	}
	roles, people, err := speakersOf(v, h, c)
	if err != nil {
		return page.EditorProps{}, err
	}
	p := page.EditorProps{
		PortalProps: v.Portal(title, layout.PlaceChannels, ui.Link{Label: "Channels", Href: link.Channels}, ui.Link{Label: title}),
		ID:          c.ID, Name: c.Topic, About: c.Description, Kinds: kinds(c.Type), Categories: categories(h, c.CategoryID), URL: c.URL,
		Private: c.IsPrivate, Archived: c.IsArchived, Slow: paces(c.SlowMode), Access: accessOf(h, c), SpeakerRoles: roles, Speakers: people,
		RequestRoles: h.options(c.RequestRoles),
	}
	if c.Type == api.ChannelForum && c.ID != "" {
		topics, err := v.API.Channels().Topics(v.Ctx(), c.ID)
		if err != nil {
			return p, err
		}
		for _, t := range topics {
			p.Topics = append(p.Topics, page.Topic{Title: t.Title, Closed: t.IsClosed, At: v.Moment(t.CreatedAt)})
		}
	}
	return p, nil
}

func kinds(chosen api.ChannelType) []form.Option {
	var out []form.Option
	for _, t := range api.ChannelTypes() {
		out = append(out, form.Option{Value: string(t), Label: label.Kind(t), Hint: label.KindHint(t), Chosen: t == chosen})
	}
	return out
}

func categories(h house, chosen string) []form.Option {
	out := []form.Option{{Label: "None"}}
	for _, k := range h.categories {
		out = append(out, form.Option{Value: k.ID, Label: k.Name, Chosen: k.ID == chosen})
	}
	return out
}

// paces are the waits that can be chosen, with the one in force among them.
func paces(now int) []form.Option {
	list := []int{0, 5, 10, 30, 60, 300, 900, 3600, 21600}
	if !slices.Contains(list, now) {
		list = append(list, now)
		slices.Sort(list)
	}
	out := make([]form.Option, len(list))
	for i, n := range list {
		out[i] = form.Option{Value: strconv.Itoa(n), Label: "One message every " + label.Seconds(n), Chosen: n == now}
	}
	out[0].Label = "Off"
	return out
}

// accessOf is what each role may do in the channel.
func accessOf(h house, c api.Channel) []page.Access {
	out := make([]page.Access, 0, len(h.roles))
	for _, r := range h.roles {
		mode, rights := "none", r.Rights()
		for _, a := range c.Permissions {
			if a.RoleID != r.ID {
				continue
			}
			mode = "own"
			if a.Rights != nil {
				mode = "here"
				rights, _ = api.Right(0).With("", a.Rights, false) // checked when it was stored
			}
		}
		out = append(out, accessRow(r, mode, func(i api.RightInfo) bool { return rights&i.Right != 0 }))
	}
	return out
}

func accessRow(r api.CommunityRole, mode string, on func(api.RightInfo) bool) page.Access {
	a := page.Access{RoleID: r.ID, Title: r.Title, Tint: r.Class, Modes: web.Choices([]ui.Pair{
		{Name: "none", Value: "Not named"}, {Name: "own", Value: "Let in, with its own rights"}, {Name: "here", Value: "Let in, with rights set here"},
	}, mode)}
	for _, i := range api.Rights() {
		if !i.InServer {
			a.Rights = append(a.Rights, form.Option{Value: i.Key, Label: label.Right(i.Right), Chosen: on(i)})
		}
	}
	return a
}

// again shows the form with what was typed.
func again(v *web.Visit, h house, c api.Channel, f *web.Form, status int) error {
	p, err := editor(v, h, c)
	if err != nil {
		return err
	}
	if c.ID != "" {
		if was, err := h.find(c.ID); err == nil {
			p.Title = was.Topic
		}
	}
	p.Speakers, p.Errors, p.Fault = f.Text("speakers"), f.Errors, f.Fault
	if p.Fault == "" {
		p.Fault = "Nothing was saved yet. Please check what is marked below."
	}
	if status == 0 {
		status = http.StatusUnprocessableEntity
	}
	return v.Render(status, page.Editor(p))
}
