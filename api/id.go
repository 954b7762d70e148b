package api

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"
)

// NewID makes an ObjectId: 24 lower-case hex digits, the first eight the
// current second, the rest random. Ids sort roughly by creation.
func NewID() string { return NewIDAt(time.Now()) }

// NewIDAt makes an ObjectId for a moment, for clocks that are not the wall's.
func NewIDAt(t time.Time) string {
	var b [12]byte
	binary.BigEndian.PutUint32(b[:4], uint32(t.Unix())) // ObjectIds hold 32-bit seconds by definition
	_, _ = rand.Read(b[4:])
	return hex.EncodeToString(b[:])
}

// SeqID is the ObjectId form of a sequence number: ids of ledger entries.
func SeqID(seq int64) string { return fmt.Sprintf("%024x", seq) }

// IsID reports whether s has the form of an ObjectId.
func IsID(s string) bool {
	if len(s) != 24 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
