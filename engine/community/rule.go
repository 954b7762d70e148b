package community

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"laurel/api"
	"laurel/engine/db"
)

// Languages are the languages that the member area and the widgets speak.
func Languages() []string { return []string{"en", "es", "de", "fr", "ar", "ja"} }

var (
	slugForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	domainForm = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)
)

// check returns an Invalid error that names the first bad field.
func check(c api.Community) error {
	switch {
	case c.Name == "" || len([]rune(c.Name)) > 100:
		return api.InvalidField("name", "must have 1 to 100 characters")
	case !slugForm.MatchString(c.URI) || len(c.URI) > 63:
		return api.InvalidField("uri", "must be lower-case letters, digits and single hyphens, at most 63")
	case c.Domain != "" && (!domainForm.MatchString(c.Domain) || len(c.Domain) > 253):
		return api.InvalidField("domain", "must be a host name such as club.example.com")
	case !slices.Contains(Languages(), c.Language):
		return api.InvalidField("language", "must be one of "+strings.Join(Languages(), ", "))
	case !IsZone(c.Timezone):
		return api.InvalidField("timezone", "must be an IANA zone such as Europe/Lisbon")
	}
	return nil
}

// IsZone reports whether name is an IANA time zone.
func IsZone(name string) bool {
	if name == "" || name == "Local" {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

// Slug makes an address part of a name: lower-case letters and digits, words
// joined by hyphens; "community" when nothing is left.
func Slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) > 60 {
		slug = strings.TrimRight(slug[:60], "-")
	}
	if slug == "" {
		return "community"
	}
	return slug
}

// taken turns a unique violation into the Conflict it means.
func taken(err error) error {
	if db.IsConflict(err) {
		return api.NewError(api.Conflict, "address_taken", "Another community already has that address.",
			api.FieldError{Field: "uri", Message: "or domain is taken"})
	}
	return err
}
