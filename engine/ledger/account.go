package ledger

import (
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
)

// account is a member's row of balances while a transaction works on it.
type account struct {
	memberID                     string
	memberNo                     int64
	xp, coins, premium           int64
	messages, replies, reactions int64
	referrals, visits            int64
	streak                       rule.Streak
	today                        string      // the latest day; the tally is of it
	tally                        tally       // of that day
	closed                       []closedDay // of other days, not stored yet
	lastSeen                     int64       // microseconds of the latest row
	shift                        int64       // what the standing differs from the XP: see rule.Shift
	marks                        marks
}

// Posting is one row to be written: deltas of the three units, or just the
// fact that something happened.
type Posting struct {
	Member     member.Ref
	Action     string
	XP         int64
	Coins      int64
	Premium    int64
	Value      int64
	Counts     bool // moves leaderboards
	Overdraft  bool // may leave a balance below zero
	Cut        bool // rewards are cut to what a wallet can hold
	Reason     string
	Source     string // api, portal, member, system, demo
	Reference  string // unique within community and source unless empty
	Actor      string
	OccurredAt time.Time // now when zero
	IsHistory  bool      // the row is dated when it occurred: for what follows from Bulk
}

var (
	errFunds = api.NewError(api.Conflict, "insufficient_funds", "The member does not have that many points.")
	errLimit = api.NewError(api.Conflict, "balance_limit", "A wallet cannot hold that many points.")
)

// post applies a posting whose time is set, on its day. It fails before
// anything changes. Errors: Conflict insufficient_funds, balance_limit.
func (a *account) post(p Posting, day string) (row, error) {
	if p.Cut {
		p.XP, p.Coins, p.Premium = room(a.xp, p.XP), room(a.coins, p.Coins), room(a.premium, p.Premium)
	}
	xp, err1 := sum(a.xp, p.XP, p.Overdraft)
	coins, err2 := sum(a.coins, p.Coins, p.Overdraft)
	premium, err3 := sum(a.premium, p.Premium, p.Overdraft)
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			return row{}, err
		}
	}
	a.shift = rule.Shift(a.shift, p.XP)
	a.xp, a.coins, a.premium = xp, coins, premium
	if p.Counts {
		a.count(p.Action)
		a.earn(day, p.Action, p.XP, p.Coins)
	}
	if p.Action == rule.Visit && p.Counts {
		a.streak = a.streak.Visit(day)
		p.Value = a.streak.Days
	}
	return a.row(p), nil
}

// sum adds without ever passing the limits of a wallet.
func sum(balance, delta int64, overdraft bool) (int64, error) {
	if delta > 2*rule.MaxPoints || delta < -2*rule.MaxPoints {
		return 0, errLimit
	}
	after := balance + delta
	switch {
	case delta < 0 && after < 0 && !overdraft:
		return 0, errFunds
	case after > rule.MaxPoints && delta > 0, after < -rule.MaxPoints && delta < 0:
		return 0, errLimit
	}
	return after, nil
}

// room cuts a reward so that the balance stays within the limit.
func room(balance, reward int64) int64 { return max(0, min(reward, rule.MaxPoints-balance)) }

func (a *account) count(action string) { a.add(action, 1) }

func (a *account) add(action string, n int64) {
	switch action {
	case rule.Message:
		a.messages += n
	case rule.Reply:
		a.replies += n
	case rule.React:
		a.reactions += n
	case rule.Referral, rule.Refer:
		a.referrals += n
	case rule.Visit:
		a.visits += n
	}
}

func (a *account) row(p Posting) row {
	a.lastSeen = max(a.lastSeen, db.Micros(p.OccurredAt))
	return row{
		Entry: Entry{
			MemberID: a.memberID, MemberNo: a.memberNo, Action: p.Action, XP: p.XP, Coins: p.Coins, Premium: p.Premium,
			XPAfter: a.xp, CoinsAfter: a.coins, PremiumAfter: a.premium, Value: p.Value, Counts: p.Counts, OccurredAt: p.OccurredAt,
		},
		reason: p.Reason, source: p.Source, reference: p.Reference, actor: p.Actor,
	}
}

// wallet is the account as members see it on a day.
func (a *account) wallet(p *policy, day string) api.Wallet {
	stand := p.standing(a)
	return api.Wallet{
		XP: a.xp, Coins: a.coins, Premium: a.premium, Messages: a.messages, Replies: a.replies, Reactions: a.reactions,
		Referrals: a.referrals, Visits: a.visits, Streak: a.streak.On(day), Level: p.ladder.LevelAt(stand), Tier: p.ladder.TierAt(stand),
		TierShift: a.shift,
	}
}

// row is one row of the ledger with what only the books need.
type row struct {
	Entry
	reason, source, reference, actor string
}
