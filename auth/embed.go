package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// EmbedAudience is the aud of every embed token.
const EmbedAudience = "laurel:embed"

const embedType = "laurel-embed+jwt"

// The codes of a refused embed token. The last three are not found by
// VerifyEmbed but by those who keep keys, sessions and widgets; they stand
// here so that the list is in one place.
const (
	CodeEmbedMalformed    = "embed_malformed"
	CodeEmbedBadKey       = "embed_bad_key"
	CodeEmbedExpired      = "embed_expired"
	CodeEmbedNotYet       = "embed_not_yet"
	CodeEmbedLifetime     = "embed_lifetime"
	CodeEmbedAudience     = "embed_audience"
	CodeEmbedIssuer       = "embed_wrong_issuer"
	CodeEmbedWrongTenant  = "embed_wrong_tenant"
	CodeEmbedWrongWidget  = "embed_wrong_widget"
	CodeEmbedWrongOrigin  = "embed_wrong_origin"
	CodeEmbedMissingClaim = "embed_missing_claim"
	CodeEmbedBadClaim     = "embed_bad_claim"
	CodeEmbedRevoked      = "embed_revoked"
	CodeEmbedReplayed     = "embed_replayed"
	CodeEmbedUnknownUser  = "embed_unknown_user"
)

// EmbedClaims are what an embed token says about the person in front of a
// partner's page. Only the first five are required.
type EmbedClaims struct {
	AccessID  string // iss: the access key
	Subject   string // sub: the partner's identifier of the person
	ID        string // jti: good for one session
	IssuedAt  time.Time
	ExpiresAt time.Time

	CommunityID string            // cid: the tenant; filled from the key when the token has none
	Widget      string            // wid: id or kind of the only widget this opens; empty means any
	Origin      string            // the only page this may be shown on; empty means any the widget allows
	Locale      string            // BCP 47
	Theme       string            // light or dark
	IDs         map[string]string // ids: data-… identifiers and profile fields
}

// Expect is what the token is about to be used for.
type Expect struct {
	CommunityID string // tenant that owns the widget; required
	Widget      string // id
	Kind        string
	Origin      string // of the embedding page, as the browser states it
	// AnyOrigin skips the comparison: for pages whose host cannot be known
	// when they are served. The caller then puts the claim into frame-ancestors.
	AnyOrigin bool
	// AnyWidget skips that comparison: for a token that is only looked at.
	AnyWidget bool
}

type embedWire struct {
	jwt.RegisteredClaims
	CID    string            `json:"cid,omitempty"`
	Wid    string            `json:"wid,omitempty"`
	Origin string            `json:"origin,omitempty"`
	Locale string            `json:"locale,omitempty"`
	Theme  string            `json:"theme,omitempty"`
	IDs    map[string]string `json:"ids,omitempty"`
}

// UnmarshalJSON refuses duplicate names and takes names by exact case only.
func (w *embedWire) UnmarshalJSON(raw []byte) error {
	exact, err := exactClaims(raw, "iss", "sub", "aud", "exp", "nbf", "iat", "jti",
		"cid", "wid", "origin", "locale", "theme", "ids")
	if err != nil {
		return err
	}
	type bare embedWire // without this method
	return json.Unmarshal(exact, (*bare)(w))
}

// MintEmbed signs an embed token under one of our own keys, for a partner
// that exchanged its access key. life is cut to EmbedLife; 0 or less means
// EmbedDefaultLife. A missing ID is made up. The claims returned are those
// signed.
func MintEmbed(now time.Time, key VerifyKey, c EmbedClaims, life time.Duration) (string, EmbedClaims, error) {
	if key.Algorithm != HS256 || len(key.Secret) < minSecret {
		return "", EmbedClaims{}, errors.New("embed tokens are minted with HS256 and a secret of ours")
	}
	if life <= 0 {
		life = EmbedDefaultLife
	}
	if c.ID == "" {
		c.ID = randomText(22)
	}
	c.IssuedAt = now.UTC().Truncate(time.Second)
	c.ExpiresAt = c.IssuedAt.Add(min(life, EmbedLife))
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, wireOf(c))
	t.Header["typ"] = embedType
	token, err := t.SignedString(key.Secret)
	if err != nil {
		return "", EmbedClaims{}, fmt.Errorf("sign embed token: %w", err)
	}
	if len(token) > MaxToken {
		return "", EmbedClaims{}, &TokenError{CodeEmbedMalformed, errLong}
	}
	return token, c, nil
}

func wireOf(c EmbedClaims) embedWire {
	return embedWire{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: c.AccessID, Subject: c.Subject, ID: c.ID, Audience: jwt.ClaimStrings{EmbedAudience},
			IssuedAt: jwt.NewNumericDate(c.IssuedAt), ExpiresAt: jwt.NewNumericDate(c.ExpiresAt),
		},
		CID: c.CommunityID, Wid: c.Widget, Origin: c.Origin, Locale: c.Locale, Theme: c.Theme, IDs: c.IDs,
	}
}

// VerifyEmbed checks a token of either road against the key found by
// PeekIssuer and against its use. Every error is a *TokenError. One use of
// the jti, revocation and whether the person exists are the caller's to ask.
func VerifyEmbed(now time.Time, token string, key KeySpec, want Expect) (EmbedClaims, error) {
	parts, err := splitToken(token)
	if err != nil {
		return EmbedClaims{}, &TokenError{CodeEmbedMalformed, err}
	}
	kid, err := checkHeader(parts.header, embedType)
	if err != nil {
		return EmbedClaims{}, &TokenError{CodeEmbedMalformed, err}
	}
	if !key.knows(kid) {
		return EmbedClaims{}, &TokenError{CodeEmbedBadKey, errors.New("kid names another key")}
	}
	wire, err := key.parse(now, token)
	if err != nil {
		return EmbedClaims{}, err
	}
	if err := wire.check(key, want); err != nil {
		return EmbedClaims{}, err
	}
	return wire.claims(key), nil
}

// PeekIssuer reads the access id out of a token nobody has verified yet: good
// for finding the key to verify it with and for nothing else. It is empty for
// anything malformed.
func PeekIssuer(token string) string {
	parts, err := splitToken(token)
	if err != nil {
		return ""
	}
	var iss string
	if json.Unmarshal(parts.payload["iss"], &iss) != nil || len(iss) > maxName {
		return ""
	}
	return iss
}

func embedCode(err error) string {
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed):
		return CodeEmbedMalformed
	case errors.Is(err, jwt.ErrTokenRequiredClaimMissing):
		return CodeEmbedMissingClaim
	case errors.Is(err, jwt.ErrTokenExpired):
		return CodeEmbedExpired
	case errors.Is(err, jwt.ErrTokenUsedBeforeIssued), errors.Is(err, jwt.ErrTokenNotValidYet):
		return CodeEmbedNotYet
	case errors.Is(err, jwt.ErrTokenInvalidAudience):
		return CodeEmbedAudience
	}
	return CodeEmbedBadClaim
}

const (
	maxName  = 128 // bytes of iss, jti, wid, identifier names
	maxValue = 512 // bytes of sub and identifier values
	maxIDs   = 40
)

func (w *embedWire) check(key KeySpec, want Expect) error {
	switch {
	case w.Issuer == "" || w.Subject == "" || w.ID == "" || w.IssuedAt == nil:
		return &TokenError{CodeEmbedMissingClaim, nil}
	case w.Issuer != key.AccessID:
		return &TokenError{CodeEmbedIssuer, nil}
	case !w.ExpiresAt.After(w.IssuedAt.Time) || w.ExpiresAt.Sub(w.IssuedAt.Time) > EmbedLife:
		return &TokenError{CodeEmbedLifetime, nil}
	case key.CommunityID != want.CommunityID || want.CommunityID == "" || (w.CID != "" && w.CID != want.CommunityID):
		return &TokenError{CodeEmbedWrongTenant, nil}
	case w.Wid != "" && !want.AnyWidget && w.Wid != want.Widget && w.Wid != want.Kind:
		return &TokenError{CodeEmbedWrongWidget, nil}
	case w.Origin != "" && !want.AnyOrigin && !SameOrigin(w.Origin, want.Origin):
		return &TokenError{CodeEmbedWrongOrigin, nil}
	case !w.isTidy():
		return &TokenError{CodeEmbedBadClaim, nil}
	}
	return nil
}

// isTidy holds free text to sane sizes and forms.
func (w *embedWire) isTidy() bool {
	if len(w.Subject) > maxValue || len(w.ID) > maxName || len(w.Locale) > 35 || len(w.IDs) > maxIDs {
		return false
	}
	if w.Theme != "" && w.Theme != "light" && w.Theme != "dark" {
		return false
	}
	if _, err := ParseOrigin(w.Origin); w.Origin != "" && err != nil {
		return false
	}
	for name, value := range w.IDs {
		if !strings.HasPrefix(name, "data-") || len(name) > maxName || len(value) > maxValue {
			return false
		}
	}
	return !strings.ContainsFunc(w.Subject+w.ID+w.Locale, func(r rune) bool { return r < ' ' || r == 0x7f })
}

func (w *embedWire) claims(key KeySpec) EmbedClaims {
	return EmbedClaims{
		AccessID: w.Issuer, Subject: w.Subject, ID: w.ID, IssuedAt: w.IssuedAt.UTC(), ExpiresAt: w.ExpiresAt.UTC(),
		CommunityID: key.CommunityID, Widget: w.Wid, Origin: w.Origin, Locale: w.Locale, Theme: w.Theme, IDs: w.IDs,
	}
}
