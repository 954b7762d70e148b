package referral

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"laurel/api"
)

// facts are a member's figures and custom values, by the names that
// conditions use.
type facts map[string]string

var figures = map[string]string{
	"messages": "messages", "replies": "replies", "reactions": "reactions", "visits": "visits", "referrals": "referrals",
	"streak": "days in a row", "level": "level", "xp": "XP", "coins": "coins",
}

const fieldStart = "field:"

func factsOf(w api.Wallet, fields map[string]string) facts {
	f := facts{}
	for name, n := range map[string]int64{
		"messages": w.Messages, "replies": w.Replies, "reactions": w.Reactions, "visits": w.Visits, "referrals": w.Referrals,
		"streak": w.Streak, "level": int64(w.Level), "xp": w.XP, "coins": w.Coins,
	} {
		f[name] = strconv.FormatInt(n, 10)
	}
	for key, value := range fields {
		f[fieldStart+key] = value
	}
	return f
}

// meets reports whether the facts meet the condition. Numbers compare as
// numbers, everything else as text: dates in their ISO form sort as text.
func meets(c api.Condition, f facts) bool {
	got, ok := f[c.Fact]
	if c.Op == "set" || !ok {
		return ok && got != "" && c.Op == "set" || !ok && c.Op == "ne"
	}
	order := strings.Compare(got, c.Value)
	a, err1 := strconv.ParseFloat(got, 64)
	b, err2 := strconv.ParseFloat(c.Value, 64)
	if err1 == nil && err2 == nil {
		order = compare(a, b)
	}
	switch c.Op {
	case "gte":
		return order >= 0
	case "lte":
		return order <= 0
	case "eq":
		return order == 0
	}
	return order != 0
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// requirements holds a stage's conditions against the facts.
func requirements(s api.Stage, f facts) (api.Requirements, bool) {
	out := api.Requirements{Operator: s.Operator, Total: len(s.Conditions), MainConditions: make([]api.MainCondition, len(s.Conditions))}
	for i, g := range s.Conditions {
		group := group(g, f)
		if group.IsMet {
			out.Met++
		}
		out.MainConditions[i] = group
	}
	return out, joined(s.Operator, out.Met, out.Total)
}

func group(g api.ConditionGroup, f facts) api.MainCondition {
	out := api.MainCondition{GroupID: g.ID, Operator: g.Operator, NestedConditions: make([]api.NestedCondition, len(g.Conditions))}
	met, texts := 0, make([]string, len(g.Conditions))
	for i, c := range g.Conditions {
		n := api.NestedCondition{ConditionID: c.ID, Text: text(c), IsMet: meets(c, f)}
		if n.IsMet {
			met++
		}
		out.NestedConditions[i], texts[i] = n, n.Text
	}
	out.Text = strings.Join(texts, " "+strings.ToLower(g.Operator)+" ")
	out.IsMet = joined(g.Operator, met, len(g.Conditions))
	return out
}

func joined(operator string, met, total int) bool {
	if operator == "OR" {
		return met > 0
	}
	return met == total
}

// counted is an amount of something: 10 messages; but level 3.
func counted(fact, value, name string) string {
	if fact == "level" {
		return name + " " + value
	}
	return value + " " + name
}

// text says a condition in words.
func text(c api.Condition) string {
	name, isFigure := figures[c.Fact]
	if !isFigure {
		name = strings.TrimPrefix(c.Fact, fieldStart)
	}
	switch c.Op {
	case "gte":
		return "at least " + counted(c.Fact, c.Value, name)
	case "lte":
		return "at most " + counted(c.Fact, c.Value, name)
	case "set":
		return name + " is filled in"
	case "ne":
		return name + " is not " + c.Value
	}
	return name + " is " + c.Value
}

// checkProgram fills in what may be missing and refuses what cannot be judged.
// Errors: Invalid with the field.
func checkProgram(in *api.ProgramInput) error {
	seen := map[string]bool{}
	for i := range in.Stages {
		s, at := &in.Stages[i], fmt.Sprintf("stages[%d]", i)
		if s.ID == "" {
			s.ID = api.NewID()
		}
		if !api.IsID(s.ID) || seen[s.ID] {
			return api.InvalidField(at+".stageId", "must be an id, and every stage's own")
		}
		seen[s.ID] = true
		if s.RefereeRewards != nil && in.Kind == api.ProgramMilestone {
			return api.InvalidField(at+".refereeRewards", "is for referral programs")
		}
		s.Operator = orAnd(s.Operator)
		if s.DisplaySetting == "" {
			s.DisplaySetting = "visible"
		}
		if err := checkGroups(s.Conditions, at); err != nil {
			return err
		}
	}
	return nil
}

func checkGroups(groups []api.ConditionGroup, at string) error {
	for j := range groups {
		g := &groups[j]
		g.Operator = orAnd(g.Operator)
		if g.ID == "" {
			g.ID = api.NewID()
		}
		for n := range g.Conditions {
			c := &g.Conditions[n]
			if c.ID == "" {
				c.ID = api.NewID()
			}
			if err := checkCondition(*c, fmt.Sprintf("%s.mainConditions[%d].nestedConditions[%d]", at, j, n)); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkCondition(c api.Condition, at string) error {
	_, isFigure := figures[c.Fact]
	isField := strings.HasPrefix(c.Fact, fieldStart) && len(c.Fact) > len(fieldStart)
	_, err := strconv.ParseFloat(c.Value, 64)
	switch {
	case !isFigure && !isField:
		return api.InvalidField(at+".fact", "must be a figure such as messages, or field:KEY")
	case c.Op != "set" && c.Value == "":
		return api.InvalidField(at+".value", "is required")
	case isFigure && c.Op != "set" && err != nil:
		return api.InvalidField(at+".value", "must be a number")
	}
	return nil
}

func orAnd(operator string) string {
	if operator == "" {
		return "AND"
	}
	return operator
}

var codeForm = regexp.MustCompile(`^[A-Z0-9]+(-[A-Z0-9]+)*$`)

// codeKey is a code as it is compared: case does not matter.
func codeKey(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// checkCode refuses codes that are hard to read out, or that could be taken
// for an id or a number.
func checkCode(code string) error {
	key := codeKey(code)
	if len(key) < 4 || len(key) > 30 || !codeForm.MatchString(key) {
		return api.InvalidField("code", "must be 4 to 30 letters, digits and single hyphens")
	}
	if strings.Trim(key, "0123456789") == "" || api.IsID(strings.ToLower(key)) {
		return api.InvalidField("code", "must not look like a number or an id")
	}
	return nil
}
