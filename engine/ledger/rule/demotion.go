package rule

import "laurel/api"

// When members fall to a lower tier.
const (
	FallsWithXP = "xp"    // when XP is taken away
	NeverFalls  = "never" // the highest tier reached stays
	FallsIdle   = "idle"  // with the XP, and one tier for each stretch without enough of it
)

// CheckDemotion checks the rule by which members fall; nil is in order.
// Errors: Invalid with the field.
func CheckDemotion(d *api.TierDemotion) error {
	if d == nil || d.Rule != FallsIdle {
		return nil
	}
	if d.Days < 1 {
		return api.InvalidField("demotion.days", "must be 1 or more")
	}
	if d.MinXP < 1 {
		return api.InvalidField("demotion.minXp", "must be 1 or more")
	}
	return nil
}

// Shift is how far a member's standing lies from the XP after a change of it.
// Above zero is what was taken away since the peak: it shrinks as the member
// earns again. Below zero is what demotions took: it stays.
func Shift(shift, xp int64) int64 {
	switch {
	case xp < 0 && shift >= 0:
		return shift - xp
	case xp > 0 && shift > 0:
		return max(0, shift-xp)
	}
	return shift
}

// Standing is the XP that level and tier are judged by under a rule of
// demotion, for an XP with its shift.
func Standing(demotion string, xp, shift int64) int64 {
	if demotion == NeverFalls {
		return xp + shift
	}
	return xp + min(shift, 0)
}

// Lots is how many whole lots of take a balance holds, of which the other
// balance has room for as many lots of give.
func Lots(from, to, take, give int64) int64 {
	if from < take {
		return 0
	}
	return min(from/take, max(0, (MaxPoints-to)/give))
}
