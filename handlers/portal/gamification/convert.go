package gamification

import (
	"fmt"
	"net/http"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/gamification"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// ShowConversions tells what a conversion would do, and how far earlier ones are.
func ShowConversions(v *web.Visit) error {
	p, err := convertProps(v, v.Query)
	if err != nil || v.Query("from") == "" {
		return render(v, http.StatusOK, p, err)
	}
	f := &web.Form{Values: v.Request().URL.Query(), Errors: map[string]string{}}
	in := conversionInput(f)
	if !f.Bad() {
		var preview api.ConversionPreview
		if preview, err = v.API.Gamification().PreviewConversion(v.Ctx(), in); err == nil {
			p.Preview = previewed(in, preview)
			return v.Page(page.Convert(p))
		}
		if !f.Take(err, nil) {
			return err
		}
	}
	p.Errors, p.Fault = f.Errors, f.Fault
	return v.Render(http.StatusUnprocessableEntity, page.Convert(p))
}

func render(v *web.Visit, status int, p page.ConvertProps, err error) error {
	if err != nil {
		return err
	}
	return v.Render(status, page.Convert(p))
}

// convertProps is the page with what typed gives for the form's fields.
func convertProps(v *web.Visit, typed func(string) string) (page.ConvertProps, error) {
	p := page.ConvertProps{
		PortalProps: v.Portal("Convert units", layout.PlaceRules),
		From:        web.Choices(units(), either(typed("from"), string(api.UnitCoins))), To: web.Choices(units(), either(typed("to"), string(api.UnitXP))),
		Take: either(typed("take"), "10"), Give: either(typed("give"), "1"),
	}
	list, err := v.API.Gamification().Conversions(v.Ctx())
	for _, c := range list {
		p.Rows = append(p.Rows, page.Conversion{
			What: lots(c.Take, c.From) + " to " + lots(c.Give, c.To), Done: c.Done, Members: c.Members, Running: c.State == "running",
			Result: lots(c.Taken, c.From) + " became " + lots(c.Given, c.To), By: c.CreatedBy, At: v.Moment(c.CreatedAt),
		})
	}
	return p, err
}

func either(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func units() []ui.Pair {
	return []ui.Pair{{Name: string(api.UnitXP), Value: "XP"}, {Name: string(api.UnitCoins), Value: "coins"}, {Name: string(api.UnitPremium), Value: "premium points"}}
}

// lots is an amount with its unit: "340 coins".
func lots(n int64, unit api.Unit) string {
	for _, u := range units() {
		if u.Name == string(unit) {
			return ui.Number(n) + " " + u.Value
		}
	}
	return ui.Number(n)
}

func conversionInput(f *web.Form) api.ConversionInput {
	return api.ConversionInput{From: api.Unit(f.Text("from")), To: api.Unit(f.Text("to")), Take: f.Whole("take", 0), Give: f.Whole("give", 0), Confirm: f.Text("confirm")}
}

func previewed(in api.ConversionInput, p api.ConversionPreview) *page.ConvertPreview {
	out := &page.ConvertPreview{Words: p.Confirm, Nobody: p.Members == 0, Hidden: []ui.Pair{
		{Name: "from", Value: string(in.From)}, {Name: "to", Value: string(in.To)}, {Name: "take", Value: text(in.Take)}, {Name: "give", Value: text(in.Give)},
	}}
	out.Sentence = fmt.Sprintf("%s hold %s or more: together they give %s and get %s.", people(p.Members), lots(in.Take, in.From), lots(p.Taken, in.From), lots(p.Given, in.To))
	if out.Nobody {
		out.Sentence = "Nobody holds " + lots(in.Take, in.From) + "."
	}
	return out
}

func people(n int64) string {
	if n == 1 {
		return "One member"
	}
	return ui.Number(n) + " members"
}

// Convert begins a conversion that was confirmed by its words.
func Convert(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := conversionInput(f)
	if !f.Bad() {
		if _, err = v.API.Gamification().Convert(v.Once(f), in); err == nil {
			v.Done("The conversion has begun.")
			return v.Go(link.Conversions)
		}
		if !f.Take(err, nil) {
			return err
		}
	}
	p, propsErr := convertProps(v, f.Text)
	if propsErr != nil {
		return propsErr
	}
	p.Errors, p.Fault = f.Errors, f.Fault
	if preview, again := v.API.Gamification().PreviewConversion(v.Ctx(), in); again == nil {
		p.Preview, p.Open, p.Refused = previewed(in, preview), true, either(f.Errors["confirm"], f.Fault)
	}
	return v.Render(f.Status(err), page.Convert(p))
}
