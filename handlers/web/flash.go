package web

import (
	"encoding/json"

	"laurel/components/ui"
)

// Done notes a success that the next page shows.
func (v *Visit) Done(text string) { v.flash(ui.ToastProps{Text: text, Tone: ui.Good}) }

// Sorry notes a failure that the next page shows.
func (v *Visit) Sorry(text string) { v.flash(ui.ToastProps{Text: text, Tone: ui.Bad}) }

func (v *Visit) flash(t ui.ToastProps) {
	var list []ui.ToastProps
	_ = json.Unmarshal([]byte(v.held(sessionFlash)), &list) // nothing there yet
	raw, err := json.Marshal(append(list, t))
	if err != nil || v.session == nil {
		return
	}
	v.session.Values[sessionFlash] = string(raw)
	v.changed = true
}

func (v *Visit) takeFlash() []ui.ToastProps {
	raw := v.held(sessionFlash)
	if raw == "" {
		return nil
	}
	delete(v.session.Values, sessionFlash)
	v.changed = true
	var list []ui.ToastProps
	if err := json.Unmarshal([]byte(raw), &list); err != nil {
		return nil
	}
	return list
}
