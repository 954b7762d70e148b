package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// UserTokenLife is how long a person's token is valid.
const UserTokenLife = 7 * 24 * time.Hour

// The codes of a refused user token.
const (
	CodeTokenMalformed = "token_malformed"
	CodeTokenBadKey    = "token_bad_key"
	CodeTokenExpired   = "token_expired"
	CodeTokenNotYet    = "token_not_yet"
	CodeTokenClaims    = "token_claims"
)

// UserClaims are what a person's token says. The wire form carries MemberID
// twice, as _id and id, which clients of the Returning.AI API rely on.
type UserClaims struct {
	MemberID    string
	CommunityID string
	ID          string // jti, for revocation of this one token
	IssuedAt    time.Time
	ExpiresAt   time.Time
}

type userWire struct {
	jwt.RegisteredClaims
	Member    string `json:"_id"`
	Same      string `json:"id"`
	Community string `json:"cid"`
}

// UnmarshalJSON refuses duplicate names and takes names by exact case only.
func (w *userWire) UnmarshalJSON(raw []byte) error {
	exact, err := exactClaims(raw, "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "_id", "id", "cid")
	if err != nil {
		return err
	}
	type bare userWire // without this method
	return json.Unmarshal(exact, (*bare)(w))
}

// Signer makes and checks people's tokens: HS256 under the deployment's own
// key. It is safe for concurrent use.
type Signer struct {
	clock Clock
	keys  [][]byte
}

// NewSigner takes the current key first and then those that were replaced,
// which are still accepted but never used to sign. Keys are 32 bytes or more.
func NewSigner(clock Clock, keys ...[]byte) (*Signer, error) {
	if len(keys) == 0 {
		return nil, errors.New("a token signer needs a key")
	}
	for i, k := range keys {
		if len(k) < 32 {
			return nil, fmt.Errorf("token key %d has %d bytes, want at least 32", i+1, len(k))
		}
	}
	return &Signer{clock: clock, keys: keys}, nil
}

// Sign makes a token of seven days for a member of a community, with a fresh jti.
func (s *Signer) Sign(memberID, communityID string) (string, UserClaims, error) {
	now := s.clock().UTC().Truncate(time.Second)
	c := UserClaims{MemberID: memberID, CommunityID: communityID, ID: randomText(22), IssuedAt: now, ExpiresAt: now.Add(UserTokenLife)}
	wire := userWire{Member: memberID, Same: memberID, Community: communityID}
	wire.RegisteredClaims.ID = c.ID
	wire.IssuedAt, wire.ExpiresAt = jwt.NewNumericDate(now), jwt.NewNumericDate(c.ExpiresAt)
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, wire).SignedString(s.keys[0])
	if err != nil {
		return "", UserClaims{}, fmt.Errorf("sign user token: %w", err)
	}
	return token, c, nil
}

// Verify checks form, signature, times and required claims; every error is a
// *TokenError. Whether the jti or the member has been revoked is the caller's
// to ask.
func (s *Signer) Verify(token string) (UserClaims, error) {
	parts, err := splitToken(token)
	if err == nil {
		_, err = checkHeader(parts.header)
	}
	if err != nil {
		return UserClaims{}, &TokenError{CodeTokenMalformed, err}
	}
	for _, key := range s.keys {
		var wire userWire
		err = parseWith(token, &wire, jwt.SigningMethodHS256.Alg(), key, s.clock())
		if !isKeyError(err) {
			return wire.claims(err)
		}
	}
	return UserClaims{}, &TokenError{CodeTokenBadKey, err}
}

func (w *userWire) claims(err error) (UserClaims, error) {
	if err != nil {
		return UserClaims{}, &TokenError{userCode(err), err}
	}
	if w.Member == "" || w.Member != w.Same || w.Community == "" || w.RegisteredClaims.ID == "" || w.IssuedAt == nil || len(w.Audience) > 0 {
		return UserClaims{}, &TokenError{CodeTokenClaims, nil}
	}
	if w.ExpiresAt.Sub(w.IssuedAt.Time) > UserTokenLife {
		return UserClaims{}, &TokenError{CodeTokenClaims, errors.New("lives longer than seven days")}
	}
	return UserClaims{
		MemberID: w.Member, CommunityID: w.Community, ID: w.RegisteredClaims.ID,
		IssuedAt: w.IssuedAt.UTC(), ExpiresAt: w.ExpiresAt.UTC(),
	}, nil
}

func userCode(err error) string {
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed):
		return CodeTokenMalformed
	case errors.Is(err, jwt.ErrTokenExpired):
		return CodeTokenExpired
	case errors.Is(err, jwt.ErrTokenUsedBeforeIssued), errors.Is(err, jwt.ErrTokenNotValidYet):
		return CodeTokenNotYet
	}
	return CodeTokenClaims
}

// parseWith verifies a token with one key under one algorithm; the token's
// own idea of either plays no part.
func parseWith(token string, into jwt.Claims, alg string, key any, now time.Time, more ...jwt.ParserOption) error {
	options := append([]jwt.ParserOption{
		jwt.WithValidMethods([]string{alg}),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
		jwt.WithStrictDecoding(),
		jwt.WithTimeFunc(func() time.Time { return now }),
	}, more...)
	_, err := jwt.NewParser(options...).ParseWithClaims(token, into, func(*jwt.Token) (any, error) { return key, nil })
	return err
}

// isKeyError is true when another key may still fit.
func isKeyError(err error) bool {
	return errors.Is(err, jwt.ErrTokenSignatureInvalid) || errors.Is(err, jwt.ErrTokenUnverifiable)
}
