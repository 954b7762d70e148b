package leaderboard

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// maxFaces bounds how many members' names and wallets are kept in memory, over
// all communities.
const maxFaces = 1_200_000

// otherNodes is how long a name is believed where another node may change it.
const otherNodes = 5 * time.Second

// faceCount is how many faces are kept in all.
type faceCount struct{ atomic.Int64 }

// faces keeps what rows show of a community's members, so that a page needs
// no query when its members were shown before, and at most three otherwise.
type faces struct {
	h       *home
	life    time.Duration
	mu      sync.RWMutex
	kept    slab
	reading map[uint32]*asking // being read: dropped when something changes meanwhile
}

// asking is one reading of faces from the database.
type asking struct{ _ byte } // of some size, so that no two have one address

func newFaces(h *home) *faces {
	f := &faces{h: h, kept: newSlab(), reading: map[uint32]*asking{}}
	if h.s.k.DB().Dialect() == db.PostgreSQL {
		f.life = otherNodes
	}
	return f
}

// touch takes in the wallets that entries changed, and forgets the members
// whose fields they set.
func (f *faces) touch(entries []ledger.Entry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range entries {
		e := &entries[i]
		no := uint32(e.MemberNo)
		switch {
		case e.XP == 0 && e.Coins == 0 && e.Premium == 0:
			f.remove(no)
		case f.kept.has(no):
			f.kept.setWallet(no, e)
		}
		delete(f.reading, no)
	}
}

func (f *faces) forget(no int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.remove(uint32(no))
	delete(f.reading, uint32(no))
}

func (f *faces) remove(no uint32) {
	if f.kept.remove(no) {
		f.h.s.faces.Add(-1)
	}
}

// of gives the faces of members in the order of their numbers given; members
// that do not exist have empty ones.
func (f *faces) of(ctx context.Context, nos []uint32) ([]face, error) {
	out := make([]face, len(nos))
	missing := f.known(nos, out)
	if len(missing) == 0 {
		return out, nil
	}
	mine := f.ask(missing, nos)
	read, err := f.read(ctx, missing, nos)
	f.keep(mine, missing, nos, read)
	for _, i := range missing {
		if got := read[nos[i]]; got != nil {
			out[i] = *got
		}
	}
	return out, err
}

func (f *faces) known(nos []uint32, out []face) (missing []int) {
	now := time.Time{}
	if f.life > 0 {
		now = f.h.s.k.Now()
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	for i, no := range nos {
		if !f.kept.load(no, &out[i]) || out[i].isOver(now) {
			out[i] = face{}
			missing = append(missing, i)
		}
	}
	return missing
}

// ask notes that members are being read, to see whether they change meanwhile.
func (f *faces) ask(missing []int, nos []uint32) *asking {
	mine := &asking{}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, i := range missing {
		f.reading[nos[i]] = mine
	}
	return mine
}

// makeRoom drops some faces, whichever, when there are too many.
func (f *faces) makeRoom(n int) {
	if f.h.s.faces.Load()+int64(n) <= maxFaces {
		return
	}
	drop := len(f.kept.at)/16 + n
	for no := range f.kept.at {
		if drop--; drop < 0 {
			return
		}
		f.remove(no)
	}
}

func (f *faces) read(ctx context.Context, missing []int, nos []uint32) (map[uint32]*face, error) {
	wanted := make([]int64, len(missing))
	for i, at := range missing {
		wanted[i] = int64(nos[at])
	}
	cards, err := f.h.s.members.Cards(ctx, f.h.id, wanted)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(cards))
	for _, c := range cards {
		ids = append(ids, c.ID)
	}
	wallets, err := f.h.s.ledgers.Wallets(ctx, f.h.id, ids)
	if err != nil {
		return nil, err
	}
	var badges map[string]string
	if f.h.s.ShownBadges != nil {
		if badges, err = f.h.s.ShownBadges(ctx, f.h.id, ids); err != nil {
			return nil, err
		}
	}
	out := make(map[uint32]*face, len(cards))
	for no, c := range cards {
		got := faceOf(c, wallets[c.ID])
		got.badges = badges[c.ID]
		if f.life > 0 {
			got.until = db.Micros(f.h.s.k.Now().Add(f.life))
		}
		out[uint32(no)] = got
	}
	return out, nil
}

func faceOf(c member.Card, w api.Wallet) *face {
	return &face{
		user:   api.EntryUser{ID: c.ID, Number: c.No, Username: c.Username, DisplayName: c.DisplayName, Avatar: c.Avatar},
		fields: fieldsText(c.Fields), xp: w.XP, coins: w.Coins, shift: w.TierShift,
		deleted: c.Deleted, isDummy: c.IsDummy, role: string(c.Role),
	}
}

// keep remembers what was read, unless it changed or was asked again meanwhile.
func (f *faces) keep(mine *asking, missing []int, nos []uint32, read map[uint32]*face) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.makeRoom(len(missing))
	for _, i := range missing {
		no := nos[i]
		if f.reading[no] != mine {
			continue
		}
		delete(f.reading, no)
		f.remove(no)
		if read[no] != nil && f.kept.store(no, read[no]) {
			f.h.s.faces.Add(1)
		}
	}
}

// Numbered finds a member by number among those that boards have in memory;
// false when it is not there, which says nothing.
func (s *Service) Numbered(communityID string, no int64) (member.Ref, bool) {
	s.mu.RLock()
	h := s.homes[communityID]
	s.mu.RUnlock()
	var out [1]face
	if h == nil || no > math.MaxUint32 || len(h.faces.known([]uint32{uint32(no)}, out[:])) > 0 {
		return member.Ref{}, false
	}
	f := &out[0]
	return member.Ref{ID: f.user.ID, No: no, Username: f.user.Username, Role: api.Role(f.role), IsDummy: f.isDummy, Deleted: f.deleted}, true
}
