package channel

import (
	"slices"

	"laurel/api"
	"laurel/components/link"
	"laurel/handlers/web"
)

// Create makes a channel, below the others of its category.
func Create(v *web.Visit) error {
	return save(v, api.Channel{}, func(h house, f *web.Form, in api.ChannelInput) (api.Channel, error) {
		last := 1
		for _, c := range h.in(*in.CategoryID) {
			last = max(last, c.Position+1)
		}
		in.Position = &last
		return v.API.Channels().Create(v.Once(f), in)
	})
}

// Update changes a channel.
func Update(v *web.Visit) error {
	return save(v, api.Channel{ID: v.Param("id")}, func(_ house, _ *web.Form, in api.ChannelInput) (api.Channel, error) {
		return v.API.Channels().Update(v.Ctx(), v.Param("id"), in)
	})
}

func save(v *web.Visit, was api.Channel, act func(house, *web.Form, api.ChannelInput) (api.Channel, error)) error {
	h, err := open(v)
	if err != nil {
		return err
	}
	if was.ID != "" {
		if was, err = h.find(was.ID); err != nil {
			return err
		}
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	in, err := typed(v, h, f, was)
	if err != nil {
		return err
	}
	if f.Bad() {
		return again(v, h, with(was, in), f, 0)
	}
	c, err := act(h, f, in)
	if err == nil {
		v.Done("“" + c.Topic + "” is saved.")
		return v.Go(link.Channels)
	}
	if !f.Take(err, nil) {
		return err
	}
	return again(v, h, with(was, in), f, f.Status(err))
}

// typed is what the form holds. What the kind does not have is left empty.
func typed(v *web.Visit, h house, f *web.Form, was api.Channel) (api.ChannelInput, error) {
	kind := api.ChannelType(f.Text("channelType"))
	private, archived := f.On("isPrivate"), f.On("isArchived")
	slow, access, asking, address := int(f.Whole("slowMode", 0)), permissions(h, f), f.All("requestRoles"), ""
	if kind == api.ChannelIframe {
		address = f.Text("url")
	}
	in := api.ChannelInput{
		Topic: f.Ptr("topic"), Type: &kind, Description: f.Ptr("description"), CategoryID: f.Ptr("categoryId"), URL: &address,
		IsPrivate: &private, SlowMode: &slow, Permissions: &access, RequestRoles: &asking,
	}
	if was.ID != "" {
		in.IsArchived = &archived
	}
	if in.CategoryID == nil {
		in.CategoryID = new(string)
	}
	people, err := speakers(v, f)
	in.Speakers = &people
	return in, err
}

// permissions are the roles that the form names, with the rights set here.
func permissions(h house, f *web.Form) []api.ChannelAccess {
	out := []api.ChannelAccess{}
	for _, r := range h.roles {
		switch f.Text("access-" + r.ID) {
		case "own":
			out = append(out, api.ChannelAccess{RoleID: r.ID})
		case "here":
			set := map[string]bool{}
			for _, i := range api.Rights() {
				if !i.InServer {
					set[i.Key] = slices.Contains(f.All("rights-"+r.ID), i.Key)
				}
			}
			out = append(out, api.ChannelAccess{RoleID: r.ID, Rights: set})
		}
	}
	return out
}

// with is the channel as it would be with the input.
func with(c api.Channel, in api.ChannelInput) api.Channel {
	if in.Topic != nil {
		c.Topic = *in.Topic
	}
	if in.Description != nil {
		c.Description = *in.Description
	}
	if in.IsArchived != nil {
		c.IsArchived = *in.IsArchived
	}
	c.Type, c.CategoryID, c.URL, c.IsPrivate, c.SlowMode = *in.Type, *in.CategoryID, *in.URL, *in.IsPrivate, *in.SlowMode
	c.Permissions, c.RequestRoles, c.Speakers = *in.Permissions, *in.RequestRoles, *in.Speakers
	return c
}

// Archive closes a channel for new messages, or opens it again.
func Archive(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	archived := f.On("archived")
	c, err := v.API.Channels().Update(v.Ctx(), v.Param("id"), api.ChannelInput{IsArchived: &archived})
	if err != nil {
		return err
	}
	if archived {
		v.Done("“" + c.Topic + "” is archived. It stays readable.")
	} else {
		v.Done("“" + c.Topic + "” is open again.")
	}
	return v.Go(link.Channels)
}

// Delete removes a channel with its messages; its name must be typed.
func Delete(v *web.Visit) error {
	h, err := open(v)
	if err != nil {
		return err
	}
	c, err := h.find(v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed(c.Topic); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.ChannelAt(c.ID))
	}
	if _, err := v.API.Channels().Delete(v.Ctx(), c.ID); err != nil {
		return err
	}
	v.Done("“" + c.Topic + "” is deleted.")
	return v.Go(link.Channels)
}
