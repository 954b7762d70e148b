package place

import (
	"strconv"

	"laurel/api"
)

// Line is one act in a member's ledger: its changes of all units together.
type Line struct {
	api.LedgerEntry       // of the first unit
	Seq             int64 // number in the community's ledger; 0 when the id does not tell
	Delta           map[api.Unit]int64
	After           map[api.Unit]int64 // balances of the units that changed
}

// Lines puts the entries of one act, which follow each other, together: the
// ledger lists each unit that changed by itself.
func Lines(entries []api.LedgerEntry) []Line {
	var out []Line
	last := ""
	for _, e := range entries {
		act := actOf(e)
		if len(out) == 0 || act != last {
			out = append(out, Line{LedgerEntry: e, Seq: seqOf(e), Delta: map[api.Unit]int64{}, After: map[api.Unit]int64{}})
			last = act
		}
		line := &out[len(out)-1]
		line.Delta[e.Unit] += e.Delta
		line.After[e.Unit] = e.BalanceAfter
	}
	return out
}

// actOf is the same for the entries of one act: their ids differ in the first
// digit, which names the unit.
func actOf(e api.LedgerEntry) string {
	if len(e.ID) < 2 {
		return e.ID
	}
	return e.ID[1:]
}

func seqOf(e api.LedgerEntry) int64 {
	if !api.IsID(e.ID) {
		return 0
	}
	n, err := strconv.ParseInt(e.ID[1:], 16, 64)
	if err != nil {
		return 0
	}
	return n
}
