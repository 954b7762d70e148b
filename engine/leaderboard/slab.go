package leaderboard

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"time"

	"laurel/api"
	"laurel/engine/ledger"
	"laurel/engine/ledger/rule"
)

// slabSize is how much a slab holds; no face is larger.
const slabSize = 1 << 20

// slab keeps faces as bytes without pointers, so that a million of them costs
// the garbage collector nothing. It is not safe for concurrent use.
type slab struct {
	parts [][]byte
	at    map[uint32]uint64 // part and offset, by member number
	live  int               // bytes of faces that are kept
	dead  int               // bytes of those that were replaced or removed
}

// A kept face is a head of fixed size, and then its texts one after another:
// id, username, display name, avatar, role, the fields as JSON, and badges.
const (
	headXP    = 0
	headCoins = 8
	headShift = 16
	headUntil = 24 // microseconds; 0 means for good
	headFlags = 32
	headTexts = 34 // lengths of two bytes
	texts     = 7
	headSize  = headTexts + texts*2

	flagDeleted = 1
	flagDummy   = 2
)

func newSlab() slab { return slab{at: map[uint32]uint64{}} }

func (s *slab) has(no uint32) bool { _, ok := s.at[no]; return ok }

func (s *slab) record(no uint32) []byte {
	at, ok := s.at[no]
	if !ok {
		return nil
	}
	return s.parts[at/slabSize][at%slabSize:]
}

// load reads a face into f; false when it is not kept.
func (s *slab) load(no uint32, f *face) bool {
	r := s.record(no)
	if r == nil {
		return false
	}
	f.xp, f.coins = int64(binary.LittleEndian.Uint64(r[headXP:])), int64(binary.LittleEndian.Uint64(r[headCoins:]))
	f.shift, f.until = int64(binary.LittleEndian.Uint64(r[headShift:])), int64(binary.LittleEndian.Uint64(r[headUntil:]))
	f.deleted, f.isDummy = r[headFlags]&flagDeleted != 0, r[headFlags]&flagDummy != 0
	all := string(r[headSize:size(r)]) // one piece for all texts
	for i, into := range [texts]*string{&f.user.ID, &f.user.Username, &f.user.DisplayName, &f.user.Avatar, &f.role, &f.fields, &f.badges} {
		n := length(r, i)
		*into, all = all[:n], all[n:]
	}
	f.user.Number = int64(no)
	return true
}

func length(r []byte, text int) int { return int(binary.LittleEndian.Uint16(r[headTexts+2*text:])) }

func size(r []byte) int {
	n := headSize
	for i := range texts {
		n += length(r, i)
	}
	return n
}

// store keeps a face, in place of an older one; one with a text too long to
// be kept is left out, which is false.
func (s *slab) store(no uint32, f *face) bool {
	s.remove(no)
	all := [texts]string{f.user.ID, f.user.Username, f.user.DisplayName, f.user.Avatar, f.role, f.fields, f.badges}
	n := headSize
	for _, text := range all {
		if len(text) > math.MaxUint16 {
			return false
		}
		n += len(text)
	}
	r := s.room(no, n)
	r = binary.LittleEndian.AppendUint64(r, uint64(f.xp))
	r = binary.LittleEndian.AppendUint64(r, uint64(f.coins))
	r = binary.LittleEndian.AppendUint64(r, uint64(f.shift))
	r = binary.LittleEndian.AppendUint64(r, uint64(f.until))
	r = append(r, flags(f), 0)
	for _, text := range all {
		r = binary.LittleEndian.AppendUint16(r, uint16(len(text)))
	}
	for _, text := range all {
		r = append(r, text...)
	}
	s.live += n
	return true
}

func flags(f *face) (b byte) {
	if f.deleted {
		b |= flagDeleted
	}
	if f.isDummy {
		b |= flagDummy
	}
	return b
}

// room finds place for n bytes and notes it for the member.
func (s *slab) room(no uint32, n int) []byte {
	last := len(s.parts) - 1
	if last < 0 || len(s.parts[last])+n > slabSize {
		s.parts = append(s.parts, make([]byte, 0, slabSize))
		last++
	}
	from := len(s.parts[last])
	s.at[no] = uint64(last)*slabSize + uint64(from)
	s.parts[last] = s.parts[last][:from+n]
	return s.parts[last][from:from:len(s.parts[last])]
}

// setWallet takes in what an entry changed.
func (s *slab) setWallet(no uint32, e *ledger.Entry) {
	r := s.record(no)
	shift := rule.Shift(int64(binary.LittleEndian.Uint64(r[headShift:])), e.XP)
	binary.LittleEndian.PutUint64(r[headXP:], uint64(e.XPAfter))
	binary.LittleEndian.PutUint64(r[headCoins:], uint64(e.CoinsAfter))
	binary.LittleEndian.PutUint64(r[headShift:], uint64(shift))
}

// remove forgets a face. Once most of the bytes are dead, the living ones move
// together.
func (s *slab) remove(no uint32) bool {
	r := s.record(no)
	if r == nil {
		return false
	}
	n := size(r)
	delete(s.at, no)
	s.live, s.dead = s.live-n, s.dead+n
	if s.dead > s.live+4*slabSize {
		s.compact()
	}
	return true
}

func (s *slab) compact() {
	old := *s
	*s = slab{at: make(map[uint32]uint64, len(old.at)), live: old.live}
	for no := range old.at {
		r := old.record(no)
		n := size(r)
		copy(s.room(no, n)[:n], r[:n])
	}
}

// fieldsText is custom values as they are kept.
func fieldsText(fields map[string]string) string {
	if len(fields) == 0 {
		return ""
	}
	text, _ := json.Marshal(fields) //nolint:errchkjson // a map of texts
	return string(text)
}

// chosen picks the named ones of a face's fields.
func (f *face) chosen(keys []string) map[string]string {
	if f.fields == "" || len(keys) == 0 {
		return nil
	}
	var all, out map[string]string
	_ = json.Unmarshal([]byte(f.fields), &all) // written by fieldsText
	for _, key := range keys {
		value, ok := all[key]
		if ok && out == nil {
			out = make(map[string]string, len(keys))
		}
		if ok {
			out[key] = value
		}
	}
	return out
}

// face is what rows show of a member.
type face struct {
	user      api.EntryUser
	fields    string // custom values as JSON; empty when there are none
	badges    string // shown beside the name, as ShownBadges has them
	xp, coins int64
	shift     int64 // what the standing on the ladder differs from the XP
	until     int64 // microseconds when it must be read again; zero means never
	role      string
	deleted   bool
	isDummy   bool
}

func (f *face) isOver(now time.Time) bool { return f.until != 0 && now.UnixMicro() > f.until }
