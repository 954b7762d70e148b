package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// ErrHashForm is returned for a stored hash that is not an argon2id PHC
// string within sane bounds.
var ErrHashForm = errors.New("not a usable argon2id hash")

// Params are the costs of a password hash.
type Params struct {
	Memory  uint32 // KiB
	Time    uint32 // passes
	Threads uint8
}

// DefaultParams are the costs used in production: 64 MiB, one pass, one
// thread, above the least that OWASP ASVS 5.0 appendix C asks for. The thread
// count is fixed so that a hash does not depend on the machine it was made on.
func DefaultParams() Params { return Params{Memory: 64 * 1024, Time: 1, Threads: 1} }

// CheapParams are costs for tests only: a hash takes well under a millisecond.
func CheapParams() Params { return Params{Memory: 64, Time: 1, Threads: 1} }

const (
	saltLen     = 16
	digestLen   = 32
	maxMemory   = 1 << 20 // KiB; a stored hash that asks for more is refused
	maxTime     = 16
	maxPassword = 1024 // bytes; 256 characters of at most four bytes
)

// Hasher makes and checks argon2id hashes. At most a fixed number of hashes
// run at once, so that a rush of sign-ins queues instead of taking all memory.
// It is safe for concurrent use.
type Hasher struct {
	params Params
	slots  chan struct{}
	dummy  string
}

// NewHasher makes a hasher; parallel is the number of hashes computed at the
// same time and is at least 1. Peak memory is parallel times p.Memory.
func NewHasher(p Params, parallel int) *Hasher {
	h := &Hasher{params: p, slots: make(chan struct{}, max(1, parallel))}
	h.dummy = encodeHash(p, make([]byte, saltLen), make([]byte, digestLen))
	return h
}

// Hash returns the PHC string of a password under a fresh salt. It fails only
// when ctx ends while waiting for a slot.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // crypto/rand.Read never returns an error
	digest, err := h.derive(ctx, password, salt, h.params)
	if err != nil {
		return "", err
	}
	return encodeHash(h.params, salt, digest), nil
}

// Verify compares a password with a stored PHC string in constant time.
// rehash is true when ok and the string was made with other costs than the
// hasher's: the caller then stores a new Hash. Errors: ErrHashForm, or ctx's.
func (h *Hasher) Verify(ctx context.Context, password, encoded string) (ok, rehash bool, err error) {
	p, salt, want, err := decodeHash(encoded)
	if err != nil {
		return false, false, err
	}
	got, err := h.derive(ctx, password, salt, p)
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(got, want) == 1 && len(password) <= maxPassword
	return ok, ok && p != h.params, nil
}

// VerifyNobody spends the time of a Verify for an account that does not exist
// or has no password, so that timing does not tell. It returns ctx's error only.
func (h *Hasher) VerifyNobody(ctx context.Context, password string) error {
	_, _, err := h.Verify(ctx, password, h.dummy)
	return err
}

func (h *Hasher) derive(ctx context.Context, password string, salt []byte, p Params) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for a password hash: %w", ctx.Err())
	}
	defer func() { <-h.slots }()
	if len(password) > maxPassword {
		password = password[:maxPassword]
	}
	return argon2.IDKey(norm.NFKC.Bytes([]byte(password)), salt, p.Time, p.Memory, p.Threads, digestLen), nil
}

func encodeHash(p Params, salt, digest []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, p.Memory, p.Time, p.Threads, b64.EncodeToString(salt), b64.EncodeToString(digest))
}

func decodeHash(s string) (p Params, salt, digest []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, ErrHashForm
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Time, &p.Threads); err != nil {
		return p, nil, nil, ErrHashForm
	}
	b64 := base64.RawStdEncoding.Strict()
	salt, errSalt := b64.DecodeString(parts[4])
	digest, errDigest := b64.DecodeString(parts[5])
	if errSalt != nil || errDigest != nil || !saneHash(p, salt, digest) {
		return p, nil, nil, ErrHashForm
	}
	return p, salt, digest, nil
}

func saneHash(p Params, salt, digest []byte) bool {
	return p.Memory >= 8 && p.Memory <= maxMemory && p.Time >= 1 && p.Time <= maxTime &&
		p.Threads >= 1 && len(salt) >= 8 && len(digest) == digestLen
}
