package streak

import (
	"net/http"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/streak"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// New is the editor of a new streak, with a habit to begin with.
func New(v *web.Visit) error {
	p, err := frame(v)
	if err != nil {
		return err
	}
	p.Enabled, p.Rows = true, []page.Condition{{Fact: "count:messages", Value: "1"}}
	p.V = map[string]string{"every": "1", "unit": "daily", "operator": "and", "daystype": "everyday", "zone": "community", "risk": "6", "start": v.Now.In(v.Zone()).Format("2006-01-02")}
	p.Marks = []page.Mark{{Count: "7", Coins: "50"}}
	return v.Page(page.Editor(numbered(p)))
}

// Edit is the editor of a streak.
func Edit(v *web.Visit) error {
	s, err := v.API.Streaks().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	p, err := editorOf(v, s)
	if err != nil {
		return err
	}
	return v.Page(page.Editor(p))
}

// frame is what surrounds the form: what can be counted, and the badges.
func frame(v *web.Visit) (page.EditorProps, error) {
	p := page.EditorProps{PortalProps: v.Portal("Streak", layout.PlaceStreaks, ui.Link{Label: "Streaks", Href: link.StreakList})}
	rules, err := v.API.Gamification().Rules(v.Ctx())
	if err != nil {
		return p, err
	}
	for _, action := range []string{"messages", "replies", "reactions", "visits"} {
		p.Facts = append(p.Facts, form.Option{Value: "count:" + action, Label: label.Action(action), Group: "How often"})
	}
	for _, r := range rules {
		if !counted[r.Action] {
			p.Facts = append(p.Facts, form.Option{Value: "count:" + r.Action, Label: r.Name, Group: "How often"})
		}
	}
	for _, r := range rules {
		p.Facts = append(p.Facts, form.Option{Value: "sum:" + r.Action, Label: r.Name, Group: "Sum of their values"})
	}
	if err := fieldFacts(v, &p); err != nil {
		return p, err
	}
	badges, err := v.API.Badges().List(v.Ctx())
	p.Badges = []form.Option{{Label: "None"}}
	for _, b := range badges {
		p.Badges = append(p.Badges, form.Option{Value: b.ID, Label: b.Title})
	}
	return p, err
}

// counted are the actions that conditions call by other names.
var counted = map[string]bool{"message": true, "reply": true, "react": true, "visit": true}

func fieldFacts(v *web.Visit, p *page.EditorProps) error {
	fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
	for _, kind := range []ui.Pair{{Name: "value:", Value: "A field is reported at least at"}, {Name: "increase:", Value: "A field grows by"}} {
		for _, f := range fields {
			if f.Type == "number" || f.Type == "numerical" {
				p.Facts = append(p.Facts, form.Option{Value: kind.Name + f.Field, Label: f.Name, Group: kind.Value})
			}
		}
	}
	return err
}

func editorOf(v *web.Visit, s api.Streak) (page.EditorProps, error) {
	p, err := frame(v)
	if err != nil {
		return p, err
	}
	p.ID, p.Saved = s.ID, s.Name
	fill(&p, s.StreakSettings)
	who, err := v.API.Streaks().Members(v.Ctx(), s.ID, apiclient.Paging{Limit: latest})
	if err != nil {
		return p, err
	}
	for _, m := range who.Items {
		p.Longest = append(p.Longest, page.Taker{Who: ui.PersonProps{Name: m.Username, Href: link.Member(m.UserID)}, Current: label.StreakLength(m.Current, m.Timeframe), State: label.StreakState(m.State)})
	}
	logs, err := v.API.Streaks().Logs(v.Ctx(), apiclient.StreakLogQuery{Paging: apiclient.Paging{Limit: latest}, StreakID: s.ID})
	p.Logs = logsOf(logs.Items, []api.Streak{s})
	return numbered(p), err
}

// Create makes a streak, or shows the form again with a part more or less.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p, err := frame(v)
	if err != nil {
		return err
	}
	return save(v, f, p, func(in api.StreakSettings) error {
		_, err := v.API.Streaks().Create(v.Once(f), in)
		return err
	})
}

// Update changes a streak, or shows the form again with a part more or less.
func Update(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	s, err := v.API.Streaks().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	p, err := editorOf(v, s)
	if err != nil {
		return err
	}
	return save(v, f, p, func(in api.StreakSettings) error {
		_, err := v.API.Streaks().Update(v.Ctx(), s.ID, in)
		return err
	})
}

func save(v *web.Visit, f *web.Form, p page.EditorProps, store func(api.StreakSettings) error) error {
	read(f, &p)
	if do := f.Text("do"); do != "" {
		return v.Page(page.Editor(numbered(change(p, do))))
	}
	in := input(f, p)
	var err error
	if !f.Bad() {
		if err = store(in); err == nil {
			v.Done("“" + in.Name + "” is saved.")
			return v.Go(link.StreakList)
		}
		if !f.Take(err, wireNames(p)) {
			return err
		}
	}
	p.Fault, p.Errors = f.Fault, f.Errors
	return v.Render(f.Status(err), page.Editor(p))
}

// Delete takes a streak away once its name was typed.
func Delete(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	s, err := v.API.Streaks().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	if err := f.Typed(s.Name); err != nil {
		p, frameErr := editorOf(v, s)
		if frameErr != nil {
			return frameErr
		}
		p.NotGone = err.Error()
		return v.Render(http.StatusUnprocessableEntity, page.Editor(p))
	}
	if err := v.API.Streaks().Delete(v.Ctx(), s.ID); err != nil {
		return err
	}
	v.Done("“" + s.Name + "” is deleted.")
	return v.Go(link.StreakList)
}
