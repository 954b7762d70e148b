// Package gamification holds the portal's handlers of what pays: the rules per
// action, and tiers with their levels.
package gamification

import (
	"net/http"
	"regexp"
	"strconv"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/gamification"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// ShowRules is the editor of what each action pays.
func ShowRules(v *web.Visit) error {
	rules, err := v.API.Gamification().Rules(v.Ctx())
	if err != nil {
		return err
	}
	return v.Page(page.Rules(rulesProps(v, rules)))
}

func rulesProps(v *web.Visit, rules []api.ActionRule) page.RulesProps {
	p := page.RulesProps{PortalProps: v.Portal("Gamification rules", layout.PlaceRules), CanEdit: true}
	for _, r := range rules {
		p.Rows = append(p.Rows, page.Rule{
			Action: r.Action, Label: name(r), Hint: r.Action, On: r.Enabled, XP: text(r.XP), Coins: text(r.Coins), Premium: text(r.Premium),
			Cooldown: text(r.Cooldown), Cap: text(r.DailyCap),
		})
	}
	return p
}

func name(r api.ActionRule) string {
	if r.Name != "" {
		return r.Name
	}
	return label.Action(r.Action)
}

func text(n int64) string { return strconv.FormatInt(n, 10) }

// SetRules stores what each action pays. The actions are those that exist: the
// form cannot make others.
func SetRules(v *web.Visit) error {
	rules, err := v.API.Gamification().Rules(v.Ctx())
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	for i, r := range rules {
		rules[i].Enabled = f.On(r.Action + "-on")
		rules[i].XP, rules[i].Coins, rules[i].Premium = f.Whole(r.Action+"-xp", 0), f.Whole(r.Action+"-coins", 0), f.Whole(r.Action+"-premium", 0)
		rules[i].Cooldown, rules[i].DailyCap = f.Whole(r.Action+"-cooldown", 0), f.Whole(r.Action+"-cap", 0)
	}
	if f.Bad() {
		return rulesAgain(v, rules, f, http.StatusUnprocessableEntity)
	}
	if _, err = v.API.Gamification().SetRules(v.Ctx(), rules); err == nil {
		v.Done("The rules are saved. They count from now on.")
		return v.Go(link.Rules)
	}
	if !takeRules(f, rules, err) {
		return err
	}
	return rulesAgain(v, rules, f, f.Status(err))
}

// parts are the rule's fields whose name in the form differs.
var parts = map[string]string{"dailyCap": "cap", "enabled": "on"}

var ruleField = regexp.MustCompile(`\[(\d+)\]\.(\w+)$`)

// takeRules sorts refusals such as rules[2].xp to the field message-xp.
func takeRules(f *web.Form, rules []api.ActionRule, err error) bool {
	renamed := web.Renamed{}
	for _, field := range web.FieldsOf(err) {
		match := ruleField.FindStringSubmatch(field)
		if match == nil {
			continue
		}
		i, _ := strconv.Atoi(match[1]) // digits
		part := match[2]
		if parts[part] != "" {
			part = parts[part]
		}
		if i < len(rules) {
			renamed[field] = rules[i].Action + "-" + part
		}
	}
	return f.Take(err, renamed)
}

// rulesAgain shows the form with what was typed.
func rulesAgain(v *web.Visit, rules []api.ActionRule, f *web.Form, status int) error {
	p := rulesProps(v, rules)
	for i, r := range p.Rows {
		p.Rows[i].On = f.On(r.Action + "-on")
		p.Rows[i].XP, p.Rows[i].Coins, p.Rows[i].Premium = f.Text(r.Action+"-xp"), f.Text(r.Action+"-coins"), f.Text(r.Action+"-premium")
		p.Rows[i].Cooldown, p.Rows[i].Cap = f.Text(r.Action+"-cooldown"), f.Text(r.Action+"-cap")
	}
	p.Errors, p.Fault = f.Errors, f.Fault
	if p.Fault == "" {
		p.Fault = "Nothing was saved yet. Please check what is marked below."
	}
	return v.Render(status, page.Rules(p))
}
