package auth

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// PublicMessage is the one sentence a stranger is told about any refused
// token, whatever the reason.
const PublicMessage = "This link or token is not valid any more; please reload the page."

// MaxToken is the longest token that is looked at, in bytes.
const MaxToken = 8 << 10

// TokenError says why a token was refused. Code is stable and goes to the
// owner's log, never to the public.
type TokenError struct {
	Code  string
	Cause error // for the log; may be nil
}

// Error is for logs; it never contains the token.
func (e *TokenError) Error() string {
	if e.Cause == nil {
		return e.Code
	}
	return e.Code + ": " + e.Cause.Error()
}

// Unwrap is the cause.
func (e *TokenError) Unwrap() error { return e.Cause }

// Is matches another TokenError with the same code.
func (e *TokenError) Is(target error) bool {
	var t *TokenError
	return errors.As(target, &t) && t.Code == e.Code
}

// Public is the sentence to show: the same for every code.
func (e *TokenError) Public() string { return PublicMessage }

var (
	errForm      = errors.New("not three base64url parts")
	errLong      = errors.New("longer than 8 kB")
	errDuplicate = errors.New("a name occurs twice")
	errHeader    = errors.New("a header that is not accepted")
)

type tokenParts struct {
	header  map[string]json.RawMessage
	payload map[string]json.RawMessage
}

// splitToken checks the form of a compact JWS before anything else looks at
// it: size first, then alphabet, then strict base64 and JSON without
// duplicates. Nothing in the result is verified.
func splitToken(token string) (tokenParts, error) {
	if len(token) > MaxToken {
		return tokenParts{}, errLong
	}
	if strings.Count(token, ".") != 2 || !isTokenText(token) {
		return tokenParts{}, errForm
	}
	parts := strings.Split(token, ".")
	header, err := decodePart(parts[0])
	if err != nil {
		return tokenParts{}, err
	}
	payload, err := decodePart(parts[1])
	if err != nil {
		return tokenParts{}, err
	}
	return tokenParts{header, payload}, nil
}

// isTokenText keeps out line breaks, which Go's base64 would skip.
func isTokenText(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '.' && c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func decodePart(part string) (map[string]json.RawMessage, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		return nil, errForm
	}
	return strictObject(raw)
}

// strictObject decodes one JSON object and nothing after it; a name that
// occurs twice, at any depth, is an error.
func strictObject(raw []byte) (map[string]json.RawMessage, error) {
	if !utf8.Valid(raw) {
		return nil, errForm
	}
	if err := refuseDuplicates(raw); err != nil {
		return nil, err
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, err
	}
	if m == nil {
		return nil, errForm
	}
	return m, nil
}

func refuseDuplicates(raw []byte) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	var seen []map[string]bool // one per open object; nil for an array
	wantName := false
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if seen, wantName, err = step(seen, wantName, tok); err != nil {
			return err
		}
	}
}

// step follows one JSON token; wantName is true where an object's name stands.
func step(seen []map[string]bool, wantName bool, tok json.Token) ([]map[string]bool, bool, error) {
	switch tok {
	case json.Delim('{'):
		return append(seen, map[string]bool{}), true, nil
	case json.Delim('['):
		return append(seen, nil), false, nil
	case json.Delim('}'), json.Delim(']'):
		seen = seen[:len(seen)-1]
		return seen, len(seen) > 0 && seen[len(seen)-1] != nil, nil
	}
	if !wantName {
		return seen, len(seen) > 0 && seen[len(seen)-1] != nil, nil
	}
	name, top := tok.(string), seen[len(seen)-1]
	if top[name] {
		return seen, false, errDuplicate
	}
	top[name] = true
	return seen, false, nil
}

// exactClaims keeps the named members only, so that encoding/json cannot be
// made to take "EXP" for "exp".
func exactClaims(raw []byte, names ...string) ([]byte, error) {
	m, err := strictObject(raw)
	if err != nil {
		return nil, err
	}
	for name := range m {
		if !slices.Contains(names, name) {
			delete(m, name)
		}
	}
	return json.Marshal(m)
}

// checkHeader refuses headers that point at keys or change how a token is
// read, and any type but a plain JWT or those named. It returns the kid.
func checkHeader(h map[string]json.RawMessage, types ...string) (kid string, err error) {
	for _, name := range []string{"jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "zip", "enc"} {
		if _, ok := h[name]; ok {
			return "", errHeader
		}
	}
	var v struct{ Typ, Cty, Kid string }
	for name, to := range map[string]*string{"typ": &v.Typ, "cty": &v.Cty, "kid": &v.Kid} {
		if raw, ok := h[name]; ok && json.Unmarshal(raw, to) != nil {
			return "", errHeader
		}
	}
	typ := strings.ToLower(v.Typ)
	if v.Cty != "" || (typ != "" && typ != "jwt" && !slices.Contains(types, typ)) {
		return "", errHeader
	}
	return v.Kid, nil
}
