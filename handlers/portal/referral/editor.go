package referral

import (
	"net/http"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/referral"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// errProgram is for an address that leads to no program.
var errProgram = api.NewError(api.NotFound, "program_not_found", "No program has that id.")

// New is the editor of a new program, with a first stage to begin with.
func New(v *web.Visit) error {
	p, err := editor(v, v.Query("kind") == api.ProgramMilestone)
	if err != nil {
		return err
	}
	p.Enabled, p.Stages = true, []page.StageForm{blankStage()}
	number(p.Stages)
	return v.Page(page.Editor(p))
}

// Edit is the editor of a program.
func Edit(v *web.Visit) error {
	g, err := program(v)
	if err != nil {
		return err
	}
	p, err := editorOf(v, g)
	if err != nil {
		return err
	}
	return v.Page(page.Editor(p))
}

// editor is the frame of the page: what conditions can look at.
func editor(v *web.Visit, milestone bool) (page.EditorProps, error) {
	p := page.EditorProps{PortalProps: v.Portal("Program", layout.PlaceReferrals, ui.Link{Label: "Referrals", Href: link.Referrals}), Milestone: milestone}
	fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
	for _, f := range []ui.Pair{
		{Name: "xp", Value: "XP"}, {Name: "level", Value: "Level"}, {Name: "messages", Value: "Messages"}, {Name: "replies", Value: "Replies"}, {Name: "reactions", Value: "Reactions"},
		{Name: "visits", Value: "Visits"}, {Name: "streak", Value: "Days in a row"}, {Name: "referrals", Value: "Friends brought"}, {Name: "coins", Value: "Coins"},
	} {
		p.Facts = append(p.Facts, form.Option{Value: f.Name, Label: f.Value, Group: "Activity"})
	}
	for _, f := range fields {
		p.Facts = append(p.Facts, form.Option{Value: "field:" + f.Field, Label: f.Name, Group: "User fields"})
	}
	return p, err
}

// program finds the program of the address.
func program(v *web.Visit) (api.Program, error) {
	list, err := v.API.Referrals().Programs(v.Ctx(), "", apiclient.Paging{Limit: 100})
	if err != nil {
		return api.Program{}, err
	}
	for _, g := range list.Items {
		if g.ID == v.Param("id") {
			return g, nil
		}
	}
	return api.Program{}, errProgram
}

func editorOf(v *web.Visit, g api.Program) (page.EditorProps, error) {
	p, err := editor(v, g.Kind == api.ProgramMilestone)
	p.ID, p.Saved, p.Name, p.About, p.Enabled = g.ID, g.Name, g.Name, g.Description, g.IsEnabled
	for _, s := range g.Stages {
		p.Stages = append(p.Stages, stageForm(s))
	}
	number(p.Stages)
	return p, err
}

// Create makes a program, or shows the form again with a part more or less.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p, err := editor(v, f.Text("kind") == api.ProgramMilestone)
	if err != nil {
		return err
	}
	return save(v, f, p, func(in api.ProgramInput) error {
		_, err := v.API.Referrals().CreateProgram(v.Once(f), in)
		return err
	})
}

// Update changes a program, or shows the form again with a part more or less.
func Update(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	g, err := program(v)
	if err != nil {
		return err
	}
	p, err := editorOf(v, g)
	if err != nil {
		return err
	}
	return save(v, f, p, func(in api.ProgramInput) error {
		_, err := v.API.Referrals().UpdateProgram(v.Ctx(), g.ID, in)
		return err
	})
}

func save(v *web.Visit, f *web.Form, p page.EditorProps, store func(api.ProgramInput) error) error {
	read(f, &p)
	if do := f.Text("do"); do != "" {
		p.Stages = change(p.Stages, do)
		return v.Page(page.Editor(p))
	}
	in := input(f, p)
	var err error
	if !f.Bad() {
		if err = store(in); err == nil {
			v.Done("“" + in.Name + "” is saved.")
			return v.Go(link.Referrals)
		}
		if !f.Take(err, wireNames(p.Stages)) {
			return err
		}
	}
	p.Fault, p.Errors = f.Fault, f.Errors
	return v.Render(f.Status(err), page.Editor(p))
}

// Delete takes a program away once its name was typed.
func Delete(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	g, err := program(v)
	if err != nil {
		return err
	}
	if err := f.Typed(g.Name); err != nil {
		p, frameErr := editorOf(v, g)
		if frameErr != nil {
			return frameErr
		}
		p.NotGone = err.Error()
		return v.Render(http.StatusUnprocessableEntity, page.Editor(p))
	}
	if err := v.API.Referrals().DeleteProgram(v.Ctx(), g.ID); err != nil {
		return err
	}
	v.Done("“" + g.Name + "” is deleted.")
	return v.Go(link.Referrals)
}
