package wheel

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strconv"

	"laurel/api"
)

// errEmpty is for a wheel on which nothing can be drawn.
var errEmpty = api.NewError(api.Conflict, "wheel_empty", "There is nothing left on the wheel.")

// odds is the table in force for one spin: the segments' weights, or the
// member's own; nothing for what is out of stock; and no blanks when a prize
// is due. stock holds what is left of those that have one.
func odds(segments []api.WheelSegment, stock, own map[string]int64, due bool) []api.OddsWeight {
	table := make([]api.OddsWeight, len(segments))
	prizes := int64(0)
	for i, s := range segments {
		w := s.Weight
		if n, ok := own[s.ID]; ok {
			w = n
		}
		if n, ok := stock[s.ID]; ok && n <= 0 {
			w = 0
		}
		table[i] = api.OddsWeight{SegmentID: s.ID, Label: s.Label, Weight: w}
		if s.Type != api.PrizeNothing {
			prizes += w
		}
	}
	if due && prizes > 0 {
		for i, s := range segments {
			if s.Type == api.PrizeNothing {
				table[i].Weight = 0
			}
		}
	}
	return table
}

func total(table []api.OddsWeight) (sum int64) {
	for _, o := range table {
		sum += o.Weight
	}
	return sum
}

// draw finds the segment that the seeds and the nonce decide: the first eight
// bytes of HMAC-SHA-256(server seed, client seed ‖ ":" ‖ nonce ‖ ":" ‖ round),
// big-endian, taken again with the next round when they lie in the remainder
// that would favour the first segments. Error: errEmpty.
func draw(serverSeed []byte, clientSeed string, nonce int64, table []api.OddsWeight) (int, error) {
	sum := uint64(total(table))
	if sum == 0 {
		return 0, errEmpty
	}
	at := number(serverSeed, clientSeed, nonce, sum)
	for i, o := range table {
		if at < uint64(o.Weight) {
			return i, nil
		}
		at -= uint64(o.Weight)
	}
	return 0, errors.New("the weights do not add up")
}

// number is evenly spread below n.
func number(serverSeed []byte, clientSeed string, nonce int64, n uint64) uint64 {
	top := -(-n % n) // the greatest multiple of n below 2^64; 0 stands for 2^64 itself
	mac := hmac.New(sha256.New, serverSeed)
	for round := 0; ; round++ {
		mac.Reset()
		mac.Write([]byte(clientSeed + ":" + strconv.FormatInt(nonce, 10) + ":" + strconv.Itoa(round)))
		v := binary.BigEndian.Uint64(mac.Sum(nil))
		if top == 0 || v < top {
			return v % n
		}
	}
}

func hash(seed []byte) string {
	sum := sha256.Sum256(seed)
	return hex.EncodeToString(sum[:])
}

// shares gives each segment its odds in millionths.
func shares(segments []api.WheelSegment, table []api.OddsWeight) {
	sum := total(table)
	for i := range segments {
		if sum > 0 {
			segments[i].Odds = table[i].Weight * 1_000_000 / sum
		}
	}
}
