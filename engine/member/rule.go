package member

import (
	"errors"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
)

// checkUsername refuses names that could be taken for an id, a number or an
// address, so that every reference names one member only.
func checkUsername(field, name string) error {
	n := utf8.RuneCountInString(name)
	switch {
	case n < 2 || n > 50:
		return api.InvalidField(field, "must have 2 to 50 characters")
	case isDigits(name):
		return api.InvalidField(field, "must not be digits only")
	case api.IsID(strings.ToLower(name)):
		return api.InvalidField(field, "must not look like an id")
	case strings.ContainsFunc(name, func(r rune) bool { return !isNameRune(r) }):
		return api.InvalidField(field, "may hold letters, digits, dots, hyphens and underscores only")
	}
	return nil
}

func isNameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("._-", r)
}

// checkEmail accepts one bare address, no display name around it.
func checkEmail(field, address string) error {
	got, err := mail.ParseAddress(address)
	if err != nil || got.Address != address || len(address) > 254 || strings.ContainsFunc(address, isForbidden) {
		return api.InvalidField(field, "must be an email address such as ada@example.com")
	}
	return nil
}

// checkText refuses what does not belong into a name.
func checkText(field, text string, most int) error {
	switch {
	case utf8.RuneCountInString(text) > most:
		return api.InvalidField(field, "is too long")
	case strings.ContainsFunc(text, isForbidden):
		return api.InvalidField(field, "holds characters that cannot be shown")
	}
	return nil
}

// isForbidden finds control characters and those that turn the direction of
// the text around them, with which one name can pose as another.
func isForbidden(r rune) bool {
	return unicode.IsControl(r) || r == utf8.RuneError || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069)
}

func checkLanguage(field, language string) error {
	if !slices.Contains(community.Languages(), language) {
		return api.InvalidField(field, "must be one of "+strings.Join(community.Languages(), ", "))
	}
	return nil
}

func checkZone(field, zone string) error {
	if zone != "" && !community.IsZone(zone) {
		return api.InvalidField(field, "must be an IANA zone such as Europe/Lisbon")
	}
	return nil
}

// checkPassword applies the password rules; the code says which one.
func (s *Service) checkPassword(field, password string, personal ...string) error {
	err := s.rules.Check(password, personal...)
	var bad *auth.PasswordError
	if errors.As(err, &bad) {
		return api.NewError(api.Invalid, bad.Code, bad.Message, api.FieldError{Field: field, Message: lowerFirst(bad.Message)})
	}
	return err
}

// lowerFirst makes a sentence a fragment, as field notes are.
func lowerFirst(sentence string) string {
	sentence = strings.TrimSuffix(sentence, ".")
	if sentence == "" {
		return ""
	}
	return strings.ToLower(sentence[:1]) + sentence[1:]
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
