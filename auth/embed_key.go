package auth

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Algorithm is how a key signs; it is stored with the key.
type Algorithm string

// The algorithms a partner can sign with.
const (
	HS256 Algorithm = "HS256" // with the access secret
	RS256 Algorithm = "RS256" // with a registered RSA key of 2048 to 8192 bits
	EdDSA Algorithm = "EdDSA" // with a registered Ed25519 key
)

const minSecret = 16 // bytes; ours have more, keys brought along may be 20 hex bytes

// VerifyKey is one key under its one algorithm.
type VerifyKey struct {
	ID        string // kid the partner may send; empty when it sends none
	Algorithm Algorithm
	Secret    []byte // HS256 only
	Public    any    // RS256: *rsa.PublicKey; EdDSA: ed25519.PublicKey
}

// KeySpec is an access key as the verifier needs it: who it belongs to and
// every key that is valid now. During a rotation there are two.
type KeySpec struct {
	AccessID    string
	CommunityID string
	Keys        []VerifyKey
}

// SigningSecret is what a partner uses as its HS256 key: the bytes of the
// access secret's text, without surrounding white space. It must be readable
// to verify with, so it is stored sealed, beside the hash that the access-key
// exchange compares with.
func SigningSecret(accessSecret string) VerifyKey {
	return VerifyKey{Algorithm: HS256, Secret: []byte(strings.TrimSpace(accessSecret))}
}

// ParsePublicKey reads a PEM public key (PKIX, or PKCS #1 for RSA) and decides
// the algorithm by its type. The error is a sentence for the person pasting.
func ParsePublicKey(text string) (VerifyKey, error) {
	block, rest := pem.Decode([]byte(strings.TrimSpace(text)))
	if block == nil || strings.TrimSpace(string(rest)) != "" {
		return VerifyKey{}, errors.New("paste one public key in PEM form, beginning with -----BEGIN PUBLIC KEY-----")
	}
	if strings.Contains(block.Type, "PRIVATE") {
		return VerifyKey{}, errors.New("this is a private key: keep it to yourself, replace it, and paste the public one")
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		if public, err = x509.ParsePKCS1PublicKey(block.Bytes); err != nil {
			return VerifyKey{}, errors.New("the public key cannot be read")
		}
	}
	return keyOf(public)
}

func keyOf(public any) (VerifyKey, error) {
	switch k := public.(type) {
	case *rsa.PublicKey:
		if bits := k.N.BitLen(); bits < 2048 || bits > 8192 {
			return VerifyKey{}, fmt.Errorf("an RSA key needs 2048 to 8192 bits, this one has %d", bits)
		}
		return VerifyKey{Algorithm: RS256, Public: k}, nil
	case ed25519.PublicKey:
		return VerifyKey{Algorithm: EdDSA, Public: k}, nil
	}
	return VerifyKey{}, errors.New("only RSA and Ed25519 public keys are accepted")
}

// material is the key in the type its algorithm wants, or nil when the two do
// not belong together.
func (k VerifyKey) material() any {
	switch pub := k.Public.(type) {
	case *rsa.PublicKey:
		if k.Algorithm == RS256 && pub != nil {
			return pub
		}
	case ed25519.PublicKey:
		if k.Algorithm == EdDSA && len(pub) == ed25519.PublicKeySize {
			return pub
		}
	case nil:
		if k.Algorithm == HS256 && len(k.Secret) >= minSecret {
			return k.Secret
		}
	}
	return nil
}

// knows reports whether a kid may stand in the header: none, the access id,
// or the id of one of its keys. A kid never selects a key.
func (s KeySpec) knows(kid string) bool {
	if kid == "" || kid == s.AccessID {
		return true
	}
	for _, k := range s.Keys {
		if k.ID == kid {
			return true
		}
	}
	return false
}

// parse tries every key under its own algorithm.
func (s KeySpec) parse(now time.Time, token string) (*embedWire, error) {
	for _, k := range s.Keys {
		key := k.material()
		if key == nil {
			continue
		}
		var wire embedWire
		err := parseWith(token, &wire, string(k.Algorithm), key, now, jwt.WithAudience(EmbedAudience))
		if err == nil {
			return &wire, nil
		}
		if !isKeyError(err) {
			return nil, &TokenError{embedCode(err), err}
		}
	}
	return nil, &TokenError{CodeEmbedBadKey, nil}
}
