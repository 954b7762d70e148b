package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// MasterKey is the deployment's key: 32 random bytes. Everything else is
// derived from it, so it is the one secret to keep.
type MasterKey [32]byte

// ErrSealed is returned for sealed text that was changed, belongs to another
// place, or was sealed under a key we do not have.
var ErrSealed = errors.New("sealed text cannot be opened")

// Keyring holds the current master key and those it replaced. It seals under
// the first and opens under all. It is safe for concurrent use.
type Keyring struct {
	masters []MasterKey
	current sealKey
	keys    map[string]sealKey
}

type sealKey struct {
	id   string
	aead cipher.AEAD
}

// NewKeyring takes the current key first.
func NewKeyring(current MasterKey, previous ...MasterKey) (*Keyring, error) {
	k := &Keyring{masters: append([]MasterKey{current}, previous...), keys: map[string]sealKey{}}
	for i, m := range k.masters {
		sk, err := newSealKey(m)
		if err != nil {
			return nil, err
		}
		k.keys[sk.id] = sk
		if i == 0 {
			k.current = sk
		}
	}
	return k, nil
}

func newSealKey(m MasterKey) (sealKey, error) {
	block, err := aes.NewCipher(derive(m, "seal"))
	if err != nil {
		return sealKey{}, fmt.Errorf("seal key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return sealKey{}, fmt.Errorf("seal key: %w", err)
	}
	return sealKey{id: hex.EncodeToString(derive(m, "id")[:4]), aead: aead}, nil
}

// derive makes 32 bytes for one purpose; HKDF cannot fail at that length.
func derive(m MasterKey, purpose string) []byte {
	out, _ := hkdf.Key(sha256.New, m[:], nil, "laurel/"+purpose, 32)
	return out
}

// Derive makes a 32-byte key for a purpose from each master key, the current
// one first: the arguments of NewSigner, for one.
func (k *Keyring) Derive(purpose string) [][]byte {
	out := make([][]byte, len(k.masters))
	for i, m := range k.masters {
		out[i] = derive(m, "use/"+purpose)
	}
	return out
}

// EmbedKeys are the keys that embed tokens minted for one access id are
// signed with, the current one first. Each access id has its own, so a token
// of one can never pass for another's.
func (k *Keyring) EmbedKeys(accessID string) []VerifyKey {
	var out []VerifyKey
	for _, secret := range k.Derive("embed/" + accessID) {
		out = append(out, VerifyKey{Algorithm: HS256, Secret: secret})
	}
	return out
}

// Seal encrypts with AES-256-GCM under a random nonce. where names the place
// the text is kept in, such as "webhook:ID:secret"; the text opens nowhere
// else. The result is printable and begins with the key's id.
func (k *Keyring) Seal(plain []byte, where string) string {
	nonce := make([]byte, k.current.aead.NonceSize())
	_, _ = rand.Read(nonce) // crypto/rand.Read never returns an error
	box := k.current.aead.Seal(nonce, nonce, plain, associated(k.current.id, where))
	return "s1." + k.current.id + "." + base64.RawURLEncoding.EncodeToString(box)
}

// Open decrypts what Seal made for the same place, or returns ErrSealed.
func (k *Keyring) Open(sealed, where string) ([]byte, error) {
	rest, ok := strings.CutPrefix(sealed, "s1.")
	id, text, found := strings.Cut(rest, ".")
	key, known := k.keys[id]
	if !ok || !found || !known {
		return nil, ErrSealed
	}
	box, err := base64.RawURLEncoding.Strict().DecodeString(text)
	n := key.aead.NonceSize()
	if err != nil || len(box) < n {
		return nil, ErrSealed
	}
	plain, err := key.aead.Open(nil, box[:n], box[n:], associated(id, where))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// IsCurrent reports whether a sealed text is under the current key; others
// are opened and sealed again when the master key has been rotated.
func (k *Keyring) IsCurrent(sealed string) bool {
	return strings.HasPrefix(sealed, "s1."+k.current.id+".")
}

func associated(id, where string) []byte { return []byte("s1\x00" + id + "\x00" + where) }
