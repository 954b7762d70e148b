package userfield

import (
	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/userfield"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// History is the list of changes of values: of all fields, or of one, which
// may be deleted.
func History(v *web.Visit) error {
	fields := v.API.Fields(v.Community.ID)
	known, err := fields.List(v.Ctx())
	if err != nil {
		return err
	}
	id := v.Query("field")
	changes, err := changesOf(v, fields, id, v.Query("user"))
	if err != nil {
		return err
	}
	p := page.HistoryProps{
		PortalProps: v.Portal("Changes of values", layout.PlaceFields, ui.Link{Label: "User fields", Href: link.UserFields}, ui.Link{Label: "Changes"}),
		Field:       id, User: v.Query("user"), Pagination: web.Pages(changes, link.FieldHistory, "changes", v.Filters("field", "user", "limit")),
	}
	p.Fields = fieldChoices(known, changes.Items, id)
	for _, c := range changes.Items {
		p.Changes = append(p.Changes, change(v, c, known))
	}
	return v.Page(page.History(p))
}

// changesOf are the changes of everything, of a field, of a member, or of one
// value.
func changesOf(v *web.Visit, fields apiclient.Fields, field, user string) (apiclient.Page[api.FieldHistory], error) {
	switch {
	case field == "" && user == "":
		return fields.Histories(v.Ctx(), v.Paging())
	case field == "":
		return fields.UserHistories(v.Ctx(), user, v.Paging())
	case user == "":
		return fields.HistoriesOf(v.Ctx(), field, v.Paging())
	}
	return fields.UserHistoriesOf(v.Ctx(), user, field, v.Paging())
}

func change(v *web.Visit, c api.FieldHistory, known []api.UserField) page.Change {
	out := page.Change{
		MemberID: c.UserID, Field: c.Name, Old: label.FieldValue(c.Type, c.OldValue), New: label.FieldValue(c.Type, c.NewValue),
		Who: label.HistoryBy(c), Source: label.HistorySource(c.Source), At: v.Moment(c.CreatedAt),
	}
	if c.User != nil {
		out.Member = c.User.DisplayName
	}
	for _, f := range known {
		if f.ID == c.FieldID && f.Private {
			out.Old, out.New = label.Covered(out.Old), label.Covered(out.New)
		}
	}
	return out
}

// fieldChoices are the fields to choose from, with those that are deleted and
// among the shown changes.
func fieldChoices(known []api.UserField, changes []api.FieldHistory, chosen string) []form.Option {
	pairs := []ui.Pair{{Value: "Every field"}}
	has := map[string]bool{}
	for _, f := range known {
		has[f.ID] = true
		pairs = append(pairs, ui.Pair{Name: f.ID, Value: f.Name})
	}
	for _, c := range changes {
		if !has[c.FieldID] {
			has[c.FieldID] = true
			pairs = append(pairs, ui.Pair{Name: c.FieldID, Value: c.Name + " (deleted)"})
		}
	}
	return web.Choices(pairs, chosen)
}
