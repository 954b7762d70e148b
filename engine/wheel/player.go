package wheel

import (
	"time"

	"laurel/api"
)

// player is where a member stands at the wheel.
type player struct {
	memberID       string
	spins          int64 // granted ones that are left
	total          int64
	dry            int64 // spins since the last prize
	lastAt, freeAt time.Time
	disabled       bool
	weights        map[string]int64
	seedID, seed   string // hash of the server seed, and the seed sealed
	clientSeed     string
	nonce          int64 // of the next spin
}

// freeDue is when the next free spin is due; nil when there are none.
func (p player) freeDue(c config, now time.Time) *api.Time {
	if c.FreeEvery == 0 {
		return nil
	}
	due := now
	if !p.freeAt.IsZero() {
		due = p.freeAt.Add(time.Duration(c.FreeEvery) * time.Hour)
	}
	return api.AtPtr(due)
}

// pays says what the next spin is paid with: the free one that is due, a
// granted one, or coins when they may be used. Error: errNoSpins.
func (p player) pays(c config, now time.Time, useCoins bool) (source string, cost int64, err error) {
	due := p.freeDue(c, now)
	switch {
	case due != nil && !due.After(now):
		return bySchedule, 0, nil
	case p.spins > 0:
		return byGrant, 0, nil
	case useCoins && c.Cost > 0:
		return byCoins, c.Cost, nil
	}
	return "", 0, errNoSpins
}

// played takes a spin into account.
func (p *player) played(s api.Spin, g api.WheelSegment, now time.Time) {
	switch s.Source {
	case bySchedule:
		p.freeAt = now
	case byGrant:
		p.spins--
	}
	p.total++
	p.nonce++
	p.lastAt = now
	p.dry++
	if g.Type != api.PrizeNothing {
		p.dry = 0
	}
}

// edit applies a change. Error: Invalid on spins.value.
func (p *player) edit(in api.WheelMemberEdit) error {
	if in.Spins != nil {
		n := map[string]int64{"add": p.spins + in.Spins.Value, "subtract": p.spins - in.Spins.Value, "overwrite": in.Spins.Value}[in.Spins.Op]
		if n < 0 || n > maxSpins {
			return api.InvalidField("spins.value", "would leave fewer than 0 or more than 1,000,000 spins")
		}
		p.spins = n
	}
	if in.PrizeWeights != nil {
		p.weights = in.PrizeWeights
	}
	if in.Enabled != nil {
		p.disabled = !*in.Enabled
	}
	return nil
}

const maxSpins = 1_000_000

// shown is the player for replies.
func (p player) shown(c config, username string, now time.Time) api.WheelMember {
	out := api.WheelMember{UserID: p.memberID, Username: username, SpinsAvailable: p.spins, TotalSpins: p.total, PrizeWeights: map[string]int64{}, Enabled: !p.disabled, NextFreeSpinAt: p.freeDue(c, now)}
	for id, w := range p.weights {
		out.PrizeWeights[id] = w
	}
	if !p.lastAt.IsZero() {
		out.LastSpinAt = api.AtPtr(p.lastAt)
	}
	return out
}

// untilGuarantee is within how many spins one wins for certain; 0 without a guarantee.
func (p player) untilGuarantee(c config) int64 {
	if c.GuaranteeAfter == 0 {
		return 0
	}
	return max(c.GuaranteeAfter-p.dry, 0) + 1
}
