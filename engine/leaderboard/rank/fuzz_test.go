package rank

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

// FuzzBoard reads the rules from the first byte and a change from every five that follow, and compares with the model.
func FuzzBoard(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	f.Add([]byte{6, 0, 1, 0, 5, 9, 0, 2, 0, 5, 9, 0, 3, 0, 5, 8, 3, 2, 0, 0, 0, 0, 4, 0, 4, 1})
	f.Add([]byte{1, 2, 1, 255, 255, 0, 2, 1, 255, 255, 0, 66, 1, 255, 255, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 {
			return
		}
		o := Options{Tie: Tie(data[0] % 4), Ascending: data[0]&4 != 0}
		b, m := New(o), newModel(o)
		for rest := data[1:]; len(rest) >= 5; rest = rest[5:] {
			step(t, b, m, fuzzChange(rest))
		}
		check(t, b, m, rand.New(rand.NewPCG(1, uint64(len(data)))))
	})
}

// fuzzChange reads one change; the high bits of the first byte stretch the score towards the ends of int64, or the member
// number out of the dense range.
func fuzzChange(data []byte) Change {
	c := Change{
		Op:     Op(data[0] % 4),
		Member: uint32(data[1]),
		Value:  int64(int16(binary.LittleEndian.Uint16(data[2:]))),
		At:     int64(int8(data[4])),
	}
	if data[0]&64 != 0 {
		c.Value <<= 48
	}
	if data[0]&128 != 0 {
		c.Member <<= 20
	}
	return c
}
