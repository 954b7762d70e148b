package leaderboard

import (
	"errors"
	"net/http"

	"laurel/api"
	page "laurel/components/page/leaderboard"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// previewRows is how many rows the editor's preview shows.
const previewRows = 10

// Preview answers with the standings of what is in the editor's form: as a part
// of the page for its script, as the whole editor for the button.
func Preview(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if v.IsScript() {
		fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
		if err != nil {
			return err
		}
		return v.Page(page.StandingsTable(previewOf(v, f, fields)))
	}
	title := f.Text("name")
	if title == "" || f.Text("id") == "" {
		title = "New leaderboard"
	}
	p, err := editor(v, f.Text("id"), title, f)
	if err != nil {
		return err
	}
	return v.Render(http.StatusOK, page.Editor(p))
}

// previewOf asks the API for the standings of a draft. A draft with mistakes has
// none; the table then says what is missing.
func previewOf(v *web.Visit, f *web.Form, fields []api.UserField) page.Standings {
	draft := &web.Form{Values: f.Values, Errors: map[string]string{}} // the form's own notes stay as they are
	in := input(v, draft)
	for _, why := range draft.Errors {
		return page.Standings{Note: why}
	}
	if in.Name == nil || *in.Name == "" {
		in.Name = ptr("New leaderboard")
	}
	s, err := v.API.Leaderboards().Preview(v.Ctx(), in)
	if err != nil {
		return page.Standings{Note: noteOf(err)}
	}
	s.Entries = s.Entries[:min(previewRows, len(s.Entries))]
	out := Standings(s, label.Unit(f.Text("rankingField"), fields))
	out.Note = "Nobody has points that count with these settings."
	return out
}

func noteOf(err error) string {
	var e *api.Error
	if errors.As(err, &e) && e.Kind != api.Internal {
		return e.Message
	}
	return "The preview is not available right now."
}
