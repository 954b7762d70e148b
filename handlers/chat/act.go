package chat

import (
	"net/http"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/chat"
	"laurel/handlers/web"
)

// Act reacts to a message, takes the reaction back, pins or deletes it.
func Act(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	id := f.Text("message")
	err = act(v, f, id)
	if why, ok := reason(err); ok {
		if v.IsScript() {
			return v.Render(http.StatusUnprocessableEntity, page.Refusal(why))
		}
		v.Sorry(why)
		err = nil
	}
	switch {
	case err != nil:
		return err
	case v.IsScript() && f.On("delete"):
		return v.Render(http.StatusOK, page.Refusal(""))
	case v.IsScript():
		return fresh(v, f, id)
	case f.On("delete"):
		v.Done("The message is deleted.")
		return v.Go(link.Channel(v.Param("id")))
	}
	return v.Go(link.Channel(v.Param("id")) + part(f) + "#m-" + id)
}

func act(v *web.Visit, f *web.Form, id string) error {
	m, emoji := v.API.Messages(), f.Text("react")
	switch {
	case emoji != "":
		_, err := m.React(v.Ctx(), api.ReactMessage{MessageID: id, Emoji: emoji})
		if isCode(err, "reaction_exists") {
			err = m.Unreact(v.Ctx(), id, emoji, "")
		}
		return err
	case f.On("delete"):
		return m.Delete(v.Ctx(), id, f.Text("reason"))
	case f.On("pin"):
		_, err := m.Pin(v.Ctx(), id, f.Text("pin") == "1")
		return err
	}
	return api.NewError(api.Invalid, "act_unknown", "Nothing was asked for.")
}

// Typing tells the others that the reader is writing.
func Typing(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	err = v.API.Messages().Typing(v.Ctx(), v.Param("id"), f.On("typing"))
	if _, ok := reason(err); ok {
		err = nil // told when he sends
	}
	if err != nil {
		return err
	}
	return v.Render(http.StatusOK, page.Refusal(""))
}
