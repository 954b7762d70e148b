package auth

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The shortest and longest password that is accepted, in characters.
const (
	MinPassword = 10
	MaxPassword = 256
)

// PasswordError says why a password is refused. Code is stable; Message is a
// sentence for the person choosing it.
type PasswordError struct {
	Code    string // password_short, password_long, password_common, password_personal, password_text
	Message string
}

// Error is the message.
func (e *PasswordError) Error() string { return e.Message }

//go:embed common.txt
var commonText string

// PasswordRules checks new passwords. The zero value refuses by length and
// pattern only; NewPasswordRules adds the list of common passwords. It is
// safe for concurrent use.
type PasswordRules struct {
	common map[string]struct{}
}

// NewPasswordRules reads the built-in list of common passwords.
func NewPasswordRules() *PasswordRules {
	r := &PasswordRules{common: make(map[string]struct{}, 4096)}
	for line := range strings.Lines(commonText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			r.common[line] = struct{}{}
		}
	}
	return r
}

// Check returns nil or a *PasswordError. personal holds the username and
// email address; names shorter than four characters are not looked for, as
// they occur in ordinary words. There are no rules of composition.
func (r *PasswordRules) Check(password string, personal ...string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return &PasswordError{"password_text", "The password must be text."}
	case n < MinPassword:
		return &PasswordError{"password_short", "Use at least 10 characters."}
	case n > MaxPassword:
		return &PasswordError{"password_long", "Use at most 256 characters."}
	case r.isCommon(strings.ToLower(password)):
		return &PasswordError{"password_common", "This password is among the first that attackers try; choose another."}
	case isPersonal(strings.ToLower(password), personal):
		return &PasswordError{"password_personal", "Leave your name and email address out of the password."}
	}
	return nil
}

func (r *PasswordRules) isCommon(lower string) bool {
	if isPattern(lower) || r.listed(lower) {
		return true
	}
	plain := unleet(lower)
	return r.listed(plain) || r.listed(core(lower)) || r.listed(unleet(core(lower))) || r.listed(core(plain))
}

func (r *PasswordRules) listed(s string) bool {
	_, ok := r.common[s]
	return ok && s != ""
}

// core cuts digits and signs off both ends, up to six in all: "summer2024!"
// is as guessable as "summer". Longer ornaments are left alone.
func core(s string) string {
	c := strings.TrimFunc(s, func(c rune) bool { return !unicode.IsLetter(c) })
	if utf8.RuneCountInString(s)-utf8.RuneCountInString(c) > 6 {
		return s
	}
	return c
}

func unleet(s string) string {
	return strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t").Replace(s)
}

// isPattern finds repeated units of up to four characters and walks along the
// alphabet, the digits or a row of the keyboard.
func isPattern(s string) bool {
	for unit := 1; unit <= 4; unit++ {
		if len(s) > unit && repeats(s, unit) {
			return true
		}
	}
	const walks = "abcdefghijklmnopqrstuvwxyz 01234567890123456789 qwertyuiopasdfghjklzxcvbnm 1qaz2wsx3edc4rfv5tgb6yhn7ujm 1q2w3e4r5t6y7u8i9o0p"
	return strings.Contains(walks, s) || strings.Contains(walks, reverse(s))
}

func repeats(s string, unit int) bool {
	for i := unit; i < len(s); i++ {
		if s[i] != s[i-unit] {
			return false
		}
	}
	return true
}

func reverse(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

func isPersonal(lower string, personal []string) bool {
	for _, p := range personal {
		name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(p)), "@")
		if utf8.RuneCountInString(name) >= 4 && strings.Contains(lower, name) {
			return true
		}
	}
	return false
}
