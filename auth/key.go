package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"strings"
)

// KeyKind says what a key opens; it is the letter after "lrl_".
type KeyKind string

// The kinds of keys.
const (
	KeyCommunity  KeyKind = "c" // integration and partner key of a community
	KeyUser       KeyKind = "u" // a person's own key
	KeySystem     KeyKind = "s" // the community's system key
	KeyWidget     KeyKind = "w" // secret of a widget access key pair
	KeySecureAuth KeyKind = "a" // login hand-over
	KeyWidgetAPI  KeyKind = "g" // legacy widget sign-in
)

// ErrKeyForm is returned for text that is not a key of ours: mistyped, cut
// off, or another product's.
var ErrKeyForm = errors.New("not a Laurel key")

const (
	base62    = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	keyRandom = 43 // base62 digits: 256 bits
	keyCheck  = 6  // base62 digits of a CRC-32
	keyShown  = 10 // characters kept for display
)

// Key is a key just made. Secret is shown to its owner once and never stored.
type Key struct {
	Secret string // lrl_c_ + 43 random + 6 check characters
	Hash   string // hex SHA-256 of Secret, what is stored
	Prefix string // the first 10 characters, for lists
}

// NewKey makes a key of 256 random bits. Its prefix and checksum let secret
// scanners find it in leaked text and us refuse a mistyped one without a
// look-up.
func NewKey(kind KeyKind) Key {
	body := "lrl_" + string(kind) + "_" + randomText(keyRandom)
	secret := body + checksum(body)
	return Key{Secret: secret, Hash: HashKey(secret), Prefix: secret[:keyShown]}
}

// HashKey is the stored form of a secret: hex SHA-256 of the text without
// surrounding white space, so that a key pasted with a line break works. A
// plain hash is enough because the secrets are random (ASVS 6.5.2).
func HashKey(secret string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(secret)))
	return hex.EncodeToString(sum[:])
}

// CheckKeyForm returns the kind of a well-formed key, or ErrKeyForm. It says
// nothing about whether the key exists. Keys brought along from elsewhere, in
// other forms, are looked up by HashKey all the same.
func CheckKeyForm(secret string) (KeyKind, error) {
	s := strings.TrimSpace(secret)
	if len(s) != len("lrl_c_")+keyRandom+keyCheck || !strings.HasPrefix(s, "lrl_") || s[5] != '_' {
		return "", ErrKeyForm
	}
	body, sum := s[:len(s)-keyCheck], s[len(s)-keyCheck:]
	if !strings.Contains("cuswag", s[4:5]) || !isBase62(body[6:]) || checksum(body) != sum {
		return "", ErrKeyForm
	}
	return KeyKind(s[4:5]), nil
}

func isBase62(s string) bool {
	for i := range len(s) {
		if strings.IndexByte(base62, s[i]) < 0 {
			return false
		}
	}
	return true
}

func checksum(body string) string {
	n := crc32.ChecksumIEEE([]byte(body))
	var out [keyCheck]byte
	for i := keyCheck - 1; i >= 0; i-- {
		out[i] = base62[n%62]
		n /= 62
	}
	return string(out[:])
}

// randomText is n base62 digits, each equally likely.
func randomText(n int) string {
	out := make([]byte, 0, n)
	buf := make([]byte, n+n/4)
	for len(out) < n {
		_, _ = rand.Read(buf) // crypto/rand.Read never returns an error
		for _, b := range buf {
			if b < 248 && len(out) < n { // 248 = 4 × 62: no digit is favoured
				out = append(out, base62[b%62])
			}
		}
	}
	return string(out)
}
