package auth

import (
	"log/slog"
	"regexp"
	"strings"
	"unicode"
)

const masked = "••••"

// Mask makes a secret fit to be shown: the first ten characters of a long
// one, which is what lists of keys show, and nothing of a short one.
func Mask(secret string) string {
	if len(secret) < 24 {
		return masked
	}
	return strings.ToValidUTF8(secret[:keyShown], "") + masked
}

// secretText finds what secrets look like inside longer text: our keys and
// opaque values, JSON web tokens, bearer headers, and query parameters.
var secretText = regexp.MustCompile(
	`lrl_[a-z]{1,2}_[0-9A-Za-z]{16,}` +
		`|eyJ[\w-]{5,}\.[\w-]+\.[\w-]*` +
		`|(?i:\bbearer\s+)[^\s"',]+` +
		`|(?i:[?&](?:[\w-]*token|ticket|[\w-]*key|secret|password|code)=)[^&\s"'#]+` +
		`|whsec_[\w+/=-]+`)

// MaskText hides what looks like a secret inside a text, such as an address
// or an error message.
func MaskText(s string) string {
	return secretText.ReplaceAllStringFunc(s, func(m string) string {
		if i := strings.IndexByte(m, '='); i > 0 && (m[0] == '?' || m[0] == '&') {
			return m[:i+1] + masked
		}
		if strings.HasPrefix(m, "lrl_") {
			return m[:min(keyShown, len(m))] + masked
		}
		return masked
	})
}

// RedactAttr is a slog ReplaceAttr function: attributes whose name ends in
// token, key, secret, password, authorization, ticket or cookie lose their
// value, and what looks like a secret in any other text or error is masked.
// key_id and the like stay, being names and not secrets.
func RedactAttr(_ []string, a slog.Attr) slog.Attr {
	if isSecretName(a.Key) {
		return slog.String(a.Key, masked)
	}
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(MaskText(v.String()))
	case slog.KindAny:
		if err, ok := v.Any().(error); ok {
			a.Value = slog.StringValue(MaskText(err.Error()))
		} else if text, ok := v.Any().(interface{ String() string }); ok {
			a.Value = slog.StringValue(MaskText(text.String()))
		}
	}
	return a
}

func isSecretName(name string) bool {
	word := strings.TrimSuffix(lastWord(name), "s")
	switch word {
	case "token", "key", "apikey", "secret", "password", "passwd", "authorization", "ticket", "cookie", "jwt":
		return true
	}
	return false
}

// lastWord is the last part of snake_case, kebab-case or camelCase.
func lastWord(name string) string {
	if i := strings.LastIndexAny(name, "_-. "); i >= 0 {
		name = name[i+1:]
	}
	if strings.ToUpper(name) != name {
		if i := strings.LastIndexFunc(name, unicode.IsUpper); i > 0 {
			name = name[i:]
		}
	}
	return strings.ToLower(name)
}
