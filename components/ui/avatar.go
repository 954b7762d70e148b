package ui

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
)

// AvatarSize is one of four fixed sizes; the zero value is the 30 px of rows.
type AvatarSize string

// The sizes, in CSS pixels: 22, 30, 44 and 72.
const (
	AvatarTiny  AvatarSize = "xs"
	AvatarRow   AvatarSize = ""
	AvatarLarge AvatarSize = "lg"
	AvatarHuge  AvatarSize = "xl"
)

// AvatarProps is a member's face: an image when there is one, else initials on
// a hue that follows from the name and is the same everywhere.
type AvatarProps struct {
	Name  string
	Image string // address of a square picture, optional
	Size  AvatarSize
}

// Initials are the first letters of the first and the last word of a name, at
// most two; "?" when the name has no letter or digit.
func Initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '’' && r != '\''
	})
	if len(words) == 0 {
		return "?"
	}
	first := firstLetter(words[0])
	if len(words) == 1 {
		return first
	}
	return first + firstLetter(words[len(words)-1])
}

func firstLetter(word string) string {
	for _, r := range word {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
	}
	return ""
}

// HueClass is one of the twelve classes hue-0 … hue-11, chosen by the name.
func HueClass(name string) string {
	h := fnv.New32a()
	h.Write([]byte(name)) // never fails
	return "hue-" + strconv.Itoa(int(h.Sum32()%12))
}

func (p AvatarProps) class() string {
	class := "face " + HueClass(p.Name)
	if p.Image != "" {
		class = "face face-image"
	}
	if p.Size != AvatarRow {
		class += " face-" + string(p.Size)
	}
	return class
}
