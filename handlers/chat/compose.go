package chat

import (
	"laurel/api"
	page "laurel/components/page/chat"
)

// meant takes up what the address says the composer or the page is for:
// ?reply= answers a message, ?edit= changes one, ?delete= asks before one goes.
func (t *view) meant() error {
	c, v := t.shown.Compose, t.v
	if id := v.Query("reply"); id != "" {
		m, err := t.named(id)
		if err != nil || m.ID == "" {
			return err
		}
		c.Reply, c.To, c.Ready = m.ID, author(m), true
	}
	if id := v.Query("edit"); id != "" {
		m, err := t.named(id)
		if err != nil || m.ID == "" || m.User.UserID != v.Me.ID {
			return err
		}
		c.Edit, c.Draft, c.Ready, c.Slow = m.ID, m.Message, true, ""
	}
	return nil
}

// named is a message of the address; none when it is gone.
func (t *view) named(id string) (api.Message, error) {
	m, err := t.v.API.Messages().Get(t.v.Ctx(), id)
	if api.IsKind(err, api.NotFound) {
		return api.Message{}, nil
	}
	return m, err
}

// asking is the dialog before a message is deleted.
func (t *view) asking() error {
	d := &page.Delete{Path: t.shown.Path}
	t.shown.Delete = d
	id := t.v.Query("delete")
	if id == "" {
		return nil
	}
	m, err := t.named(id)
	if m.ID != "" {
		d.ID, d.Text, d.Open = m.ID, excerpt(m), true
	}
	return err
}
