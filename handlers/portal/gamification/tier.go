package gamification

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"strconv"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/gamification"
	"laurel/handlers/web"
)

// levels is how many levels of a tier the form shows; a tier may have more,
// which are kept.
const levels = 3

// most is how many tiers there can be.
const most = 50

// newColor is the colour of a tier that is made here.
const newColor = "#8a8f98"

// ShowTiers is the editor of tiers and levels.
func ShowTiers(v *web.Visit) error {
	info, err := v.API.Gamification().Tiers(v.Ctx())
	if err != nil {
		return err
	}
	p, err := tiersProps(v, info)
	if err != nil {
		return err
	}
	p.Demotion, p.Days, p.MinXP = info.Demotion.Rule, typed(int64(info.Demotion.Days)), typed(info.Demotion.MinXP)
	for _, t := range info.Tiers {
		row := page.Tier{ID: t.ID, Name: t.Name, Multiplier: text(int64(cmp.Or(t.Multiplier, 100)))}
		for i, n := range thresholds(info, t) {
			if i < levels {
				row.Levels[i] = text(n)
			}
		}
		p.Tiers = append(p.Tiers, row)
	}
	if len(p.Tiers) < most {
		p.Tiers = append(p.Tiers, page.Tier{})
	}
	return v.Page(page.Tiers(p))
}

// typed is a number in a field that is empty for none.
func typed(n int64) string {
	if n == 0 {
		return ""
	}
	return text(n)
}

// tiersProps is all of the page but the rows and what the form holds.
func tiersProps(v *web.Visit, info api.TierInfo) (page.TiersProps, error) {
	p := page.TiersProps{
		PortalProps: v.Portal("Tiers and levels", layout.PlaceRules), CanEdit: true, ShowTiers: info.Display.Tiers, ShowLevels: info.Display.Levels,
		Standing: map[string]int64{},
	}
	for _, l := range info.Levels {
		p.Curve = append(p.Curve, float64(l.MinXP))
	}
	for _, t := range info.Tiers {
		p.Bounds = append(p.Bounds, t.FromLevel-1)
	}
	standing, err := v.API.Gamification().TierMembers(v.Ctx())
	for _, t := range standing.Tiers {
		p.Standing[t.ID] = t.Members
	}
	return p, err
}

// thresholds are the XP at which a tier's levels begin.
func thresholds(info api.TierInfo, t api.Tier) []int64 {
	var out []int64
	for _, l := range info.Levels {
		if l.Level >= t.FromLevel && l.Level <= t.ToLevel {
			out = append(out, l.MinXP)
		}
	}
	return out
}

// SetTiers stores the ladder: rows without a name are left out.
func SetTiers(v *web.Visit) error {
	info, err := v.API.Gamification().Tiers(v.Ctx())
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	in, rows := tiersInput(info, f)
	if f.Bad() {
		return tiersAgain(v, info, f, http.StatusUnprocessableEntity)
	}
	if _, err = v.API.Gamification().SetTiers(v.Ctx(), in); err == nil {
		v.Done("Tiers and levels are saved.")
		return v.Go(link.Tiers)
	}
	if !takeTiers(f, rows, err) {
		return err
	}
	return tiersAgain(v, info, f, f.Status(err))
}

// tiersInput reads the rows; rows[i] is the form's row of the i-th tier.
func tiersInput(info api.TierInfo, f *web.Form) (in api.TierSettings, rows []int) {
	in = api.TierSettings{Tiers: []api.TierInput{}, Display: &api.TierDisplay{Tiers: f.On("displayTiers"), Levels: f.On("displayLevels")},
		Demotion: &api.TierDemotion{Rule: f.Text("demotion"), Days: int(f.Whole("demotionDays", 0)), MinXP: f.Whole("demotionXP", 0)}}
	known := map[string]api.Tier{}
	for _, t := range info.Tiers {
		known[t.ID] = t
	}
	for row := 0; f.Values.Has(field(row, "name")) && row <= most; row++ {
		if f.Text(field(row, "name")) == "" {
			continue
		}
		was := known[f.Text(field(row, "id"))]
		tier := api.TierInput{Name: f.Text(field(row, "name")), Color: cmp.Or(was.Color, newColor), Perks: was.Perks,
			Multiplier: int(f.Whole(field(row, "multiplier"), 100))}
		for l := range levels {
			if name := levelField(row, l); f.Text(name) != "" {
				tier.Levels = append(tier.Levels, f.Whole(name, 0))
			}
		}
		if len(tier.Levels) == 0 {
			f.Refuse(levelField(row, 0), "Type the XP at which the tier begins.")
		}
		if more := thresholds(info, was); was.ID != "" && len(more) > levels {
			tier.Levels = append(tier.Levels, more[levels:]...)
		}
		in.Tiers, rows = append(in.Tiers, tier), append(rows, row)
	}
	return in, rows
}

func field(row int, part string) string { return fmt.Sprintf("tier-%d-%s", row, part) }

func levelField(row, level int) string { return field(row, "level-"+strconv.Itoa(level+1)) }

var tierField = regexp.MustCompile(`tiers\[(\d+)\](?:\.(?:levels(?:\[(\d+)\])?|(multiplier)))?`)

// takeTiers sorts refusals such as tiers[1].levels[2] to the row's field.
func takeTiers(f *web.Form, rows []int, err error) bool {
	renamed := web.Renamed{"demotion.days": "demotionDays", "demotion.minXp": "demotionXP"}
	for _, name := range web.FieldsOf(err) {
		match := tierField.FindStringSubmatch(name)
		if match == nil {
			continue
		}
		i, _ := strconv.Atoi(match[1])     // digits
		level, _ := strconv.Atoi(match[2]) // digits, or none: the first
		switch {
		case i >= len(rows):
		case match[3] != "":
			renamed[name] = field(rows[i], match[3])
		case len(match[0]) > len("tiers[]")+len(match[1]):
			renamed[name] = levelField(rows[i], min(level, levels-1))
		default:
			renamed[name] = field(rows[i], "name")
		}
	}
	return f.Take(err, renamed)
}

// tiersAgain shows the form with what was typed.
func tiersAgain(v *web.Visit, info api.TierInfo, f *web.Form, status int) error {
	p, err := tiersProps(v, info)
	if err != nil {
		return err
	}
	p.Demotion, p.Days, p.MinXP = f.Text("demotion"), f.Text("demotionDays"), f.Text("demotionXP")
	for row := 0; f.Values.Has(field(row, "name")) && row <= most; row++ {
		t := page.Tier{ID: f.Text(field(row, "id")), Name: f.Text(field(row, "name")), Multiplier: f.Text(field(row, "multiplier"))}
		for l := range levels {
			t.Levels[l] = f.Text(levelField(row, l))
		}
		p.Tiers = append(p.Tiers, t)
	}
	p.ShowTiers, p.ShowLevels = f.On("displayTiers"), f.On("displayLevels")
	p.Errors, p.Fault = f.Errors, f.Fault
	if p.Fault == "" {
		p.Fault = "Nothing was saved yet. Please check what is marked below."
	}
	return v.Render(status, page.Tiers(p))
}
