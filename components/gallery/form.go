package gallery

import "laurel/components/form"

func formStates() []State {
	const g = "form"
	bad := form.Field{Name: "slug", Label: "Address", Hint: "Lower case.", Error: "Somebody has it.", Required: true}
	return []State{
		piece(g, "input/plain", form.InputField(form.Input{})),
		piece(g, "input/refused", form.InputField(form.Input{Field: bad, Value: hostile, Pattern: "[a-z]+", MaxLength: 100})),
		piece(g, "input/number", form.InputField(form.Input{Field: form.Field{Name: "xp", Label: "XP"}, Type: "number", Min: "0", Value: "10", Suffix: "XP", List: []string{"5", "10"}})),
		piece(g, "textarea/refused", form.TextAreaField(form.TextArea{Field: bad, Value: hostile, Code: true})),
		piece(g, "select/groups", form.SelectField(form.Select{Field: bad, Options: []form.Option{{Value: "xp", Label: "XP", Chosen: true}, {Value: "u1", Label: hostile, Group: "Fields"}}})),
		piece(g, "check/on", form.CheckBox(form.Check{Field: bad, On: true})),
		piece(g, "switch/off", form.Switch(form.Check{Field: form.Field{Name: "on", Label: "Enabled"}})),
		piece(g, "group/radio", form.ChoiceGroup(form.Group{Field: bad, Radio: true, Options: choices("Light", "Dark")})),
		piece(g, "group/columns", form.ChoiceGroup(form.Group{Field: form.Field{Name: "permissions", Label: "Permissions"}, Columns: true, Options: permissions()})),
		piece(g, "summary/fault", form.Summary(form.Errors{Title: "It was not saved.", Items: []string{hostile}})),
	}
}

func permissions() []form.Option {
	return []form.Option{
		{Value: "activities", Label: "activities", Hint: "send what members did", Chosen: true},
		{Value: "leaderboard", Label: "leaderboard", Hint: "boards and standings", Chosen: true},
		{Value: "getUserData", Label: "getUserData", Hint: "read members"},
		{Value: "createUser", Label: "createUser", Hint: "add members"},
		{Value: "manageUser", Label: "manageUser", Hint: "delete and restore"},
		{Value: "widgets", Label: "widgets", Hint: "widgets and access keys"},
	}
}
