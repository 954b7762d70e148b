package ui

import "strings"

// TintNames are the colours that people can choose by name.
func TintNames() []string {
	return []string{"red", "orange", "yellow", "green", "teal", "blue", "indigo", "purple", "pink", "gray"}
}

// TintClass is the class of a colour's name; a name that is none of ours is neutral.
func TintClass(name string) string {
	name = strings.ToLower(name)
	if name == "grey" {
		name = "gray"
	}
	for _, known := range TintNames() {
		if name == known {
			return "tint tint-" + known
		}
	}
	return "tint"
}
