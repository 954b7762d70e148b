package rank

import (
	"math/rand/v2"
	"testing"
)

// TestIndexChangesForm drives an index between its two forms and compares it with a map throughout.
func TestIndexChangesForm(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	x, want := newIndex(0, 0), map[uint32]uint32{}
	set := func(member uint32) {
		_, had := want[member]
		want[member] = r.Uint32()/2 + 1
		if added := x.set(member, want[member]); added == had {
			t.Fatalf("set %d: got added %v, want %v", member, added, !had)
		}
	}
	compare := func(form string, sparse bool) {
		t.Helper()
		if (x.sparse != nil) != sparse || x.count != len(want) {
			t.Fatalf("%s: sparse %v with %d members, want %v with %d", form, x.sparse != nil, x.count, sparse, len(want))
		}
		for member, id := range want {
			if got, ok := x.block(member); !ok || got != id {
				t.Fatalf("%s: member %d: got %d, %v, want %d", form, member, got, ok, id)
			}
		}
		for range 1000 {
			member := r.Uint32()
			if _, ok := x.block(member); ok != (want[member] != 0) {
				t.Fatalf("%s: member %d: got %v", form, member, ok)
			}
		}
	}
	for range 500 {
		set(r.Uint32N(5000))
	}
	compare("few", true)
	for range 10_000 {
		set(r.Uint32N(5000))
	}
	compare("dense", false)
	set(1<<32 - 1)
	compare("one far away", true)
	for member := range want {
		if member%2 == 1 {
			x.drop(member)
			delete(want, member)
		}
	}
	compare("half", true)
}

func TestIndexMadeDenseStaysDense(t *testing.T) {
	const count = 50_000
	x := newIndex(count, count)
	for member := count; member > 0; member-- {
		x.set(uint32(member-1), 7)
	}
	if x.sparse != nil || x.count != count {
		t.Errorf("got sparse %v with %d members", x.sparse != nil, x.count)
	}
}
