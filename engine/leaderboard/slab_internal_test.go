package leaderboard

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/ledger"
	"laurel/engine/ledger/rule"
)

func someFace(r *rand.Rand, no uint32) face {
	text := func(n int) string { return strings.Repeat("aé漢", r.IntN(n)) }
	return face{
		user:   api.EntryUser{ID: "6b0785183d37addad6179941", Number: int64(no), Username: text(8), DisplayName: text(20), Avatar: text(40)},
		fields: text(5), role: text(3), xp: r.Int64() - r.Int64(), coins: r.Int64(), until: r.Int64N(3), deleted: r.IntN(2) == 0, isDummy: r.IntN(2) == 0,
	}
}

// TestSlabKeepsWhatAMapWould compares a slab with a map under random work
// that makes it compact itself several times.
func TestSlabKeepsWhatAMapWould(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	s, want := newSlab(), map[uint32]face{}
	for range 120_000 {
		no := uint32(r.IntN(3000))
		switch f := someFace(r, no); r.IntN(5) {
		case 0:
			if _, known := want[no]; s.remove(no) != known {
				t.Fatalf("remove %d: got %v", no, !known)
			}
			delete(want, no)
		case 1:
			if known, ok := want[no]; ok {
				e := ledger.Entry{XP: f.xp - known.xp, XPAfter: f.xp, CoinsAfter: f.coins}
				known.xp, known.coins, known.shift = f.xp, f.coins, rule.Shift(known.shift, e.XP)
				want[no] = known
				s.setWallet(no, &e)
			}
		default:
			s.store(no, &f)
			want[no] = f
		}
	}
	if len(s.at) != len(want) {
		t.Errorf("got %d faces, want %d", len(s.at), len(want))
	}
	for no, w := range want {
		var got face
		if !s.load(no, &got) || !cmp.Equal(got, w, cmp.AllowUnexported(face{})) {
			t.Fatalf("face %d: got %+v, want %+v", no, got, w)
		}
	}
	if held := len(s.parts) * slabSize; held > 2*(s.live+4*slabSize)+slabSize {
		t.Errorf("%d bytes are held for %d of faces", held, s.live)
	}
}

func TestSlabLeavesOutWhatIsTooLong(t *testing.T) {
	s := newSlab()
	f := face{fields: "x"}
	if !s.store(1, &f) {
		t.Fatal("a short face was not kept")
	}
	f.fields = strings.Repeat("x", 1<<16)
	if s.store(1, &f) || s.has(1) || s.live != 0 {
		t.Errorf("got kept %v, %d bytes alive; want neither the long face nor the one before it", s.has(1), s.live)
	}
}

func TestChosenFields(t *testing.T) {
	f := face{fields: fieldsText(map[string]string{"country": "PT", "deposits": "1200"})}
	if got := f.chosen([]string{"country", "none"}); !cmp.Equal(got, map[string]string{"country": "PT"}) {
		t.Errorf("got %v", got)
	}
	if got := f.chosen(nil); got != nil {
		t.Errorf("got %v, want none", got)
	}
	if got := (&face{}).chosen([]string{"country"}); got != nil {
		t.Errorf("got %v, want none", got)
	}
}
