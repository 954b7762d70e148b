package leaderboard

import (
	"context"
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

// face is what rows show of a member.
type face struct {
	user      api.EntryUser
	fields    map[string]string
	xp, coins int64
	until     time.Time // when it must be read again; zero means never
	pending   bool      // being read: dropped when something changes meanwhile
}

// faces keeps what rows show of a community's members, so that a page needs
// no query when its members were shown before, and at most two otherwise.
type faces struct {
	h    *home
	life time.Duration
	mu   sync.RWMutex
	byNo map[uint32]*face
}

func newFaces(h *home) *faces {
	f := &faces{h: h, byNo: map[uint32]*face{}}
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
		known := f.byNo[uint32(e.MemberNo)]
		switch {
		case known == nil:
		case known.pending || (e.XP == 0 && e.Coins == 0 && e.Premium == 0):
			f.remove(uint32(e.MemberNo))
		default:
			next := *known
			next.xp, next.coins = e.XPAfter, e.CoinsAfter
			f.byNo[uint32(e.MemberNo)] = &next
		}
	}
}

func (f *faces) forget(no int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.remove(uint32(no))
}

func (f *faces) remove(no uint32) {
	if f.byNo[no] != nil {
		delete(f.byNo, no)
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
	asked := f.ask(missing, nos)
	read, err := f.read(ctx, missing, nos)
	f.keep(asked, read)
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
		got := f.byNo[no]
		if got == nil || got.pending || (f.life > 0 && now.After(got.until)) {
			missing = append(missing, i)
			continue
		}
		out[i] = *got
	}
	return missing
}

// ask notes that members are being read, to see whether they change meanwhile.
func (f *faces) ask(missing []int, nos []uint32) map[uint32]*face {
	asked := make(map[uint32]*face, len(missing))
	f.mu.Lock()
	defer f.mu.Unlock()
	f.makeRoom(len(missing))
	for _, i := range missing {
		if f.byNo[nos[i]] == nil {
			f.h.s.faces.Add(1)
		}
		asked[nos[i]] = &face{pending: true}
		f.byNo[nos[i]] = asked[nos[i]]
	}
	return asked
}

// makeRoom drops some faces, whichever, when there are too many.
func (f *faces) makeRoom(n int) {
	if f.h.s.faces.Load()+int64(n) <= maxFaces {
		return
	}
	drop := len(f.byNo)/16 + n
	for no := range f.byNo {
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
	out := make(map[uint32]*face, len(cards))
	for no, c := range cards {
		got := faceOf(c, wallets[c.ID])
		if f.life > 0 {
			got.until = f.h.s.k.Now().Add(f.life)
		}
		out[uint32(no)] = got
	}
	return out, nil
}

func faceOf(c member.Card, w api.Wallet) *face {
	return &face{
		user:   api.EntryUser{ID: c.ID, Number: c.No, Username: c.Username, DisplayName: c.DisplayName, Avatar: c.Avatar},
		fields: c.Fields, xp: w.XP, coins: w.Coins,
	}
}

// keep remembers what was read, unless it changed meanwhile.
func (f *faces) keep(asked, read map[uint32]*face) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for no, mine := range asked {
		switch {
		case f.byNo[no] != mine:
		case read[no] != nil:
			f.byNo[no] = read[no]
		default:
			f.remove(no)
		}
	}
}
