package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"math"

	"laurel/engine/db"
	"laurel/engine/ledger/rule"
)

// maxFaults is how many faults a report names; the rest is only counted.
const maxFaults = 20

// Report is what Verify found. The books balance when Faults is empty.
type Report struct {
	Communities int64
	Members     int64 // with a balance
	Entries     int64
	Faults      []Fault // the first ones
	FaultCount  int64
}

// OK reports whether the books balance.
func (r Report) OK() bool { return r.FaultCount == 0 }

// Fault is one place where the books do not balance.
type Fault struct {
	CommunityID string
	MemberID    string // empty for faults of the numbering
	Seq         int64  // 0 for faults of a balance as a whole
	What        string // the sum that is wrong, such as "xp balance"
	Got, Want   int64
}

// String says the fault in one line.
func (f Fault) String() string {
	where := "community " + f.CommunityID
	if f.MemberID != "" {
		where += " member " + f.MemberID
	}
	if f.Seq > 0 {
		where += fmt.Sprintf(" entry %d", f.Seq)
	}
	return fmt.Sprintf("%s: %s is %d, should be %d", where, f.What, f.Got, f.Want)
}

// ledgerEnd sorts a member's balance after the member's entries.
const ledgerEnd = math.MaxInt64

// verifyRows streams, of one snapshot, for each community its counter, then
// member by member the entries and the balance.
const verifyRows = `SELECT community_id, '' AS member_id, n AS seq, '' AS action, 0 AS xp, 0 AS coins, 0 AS premium, 0 AS a, 0 AS b, 0 AS c, 0 AS d, 0 AS e
FROM counters WHERE name = 'ledger'
UNION ALL SELECT community_id, member_id, seq, CASE WHEN counts THEN action ELSE '' END, xp, coins, premium, xp_after, coins_after, premium_after, 0, 0 FROM ledger
UNION ALL SELECT community_id, member_id, 9223372036854775807, '', xp, coins, premium, messages, replies, reactions, referrals, visits FROM balances
ORDER BY 1, 2, 3`

// line is one row of that stream.
type line struct {
	community, member string
	seq               int64
	action            string
	unit              [3]int64 // deltas of an entry; a balance
	more              [5]int64 // balances after an entry; the counters of an account
}

// Verify proves the books of all communities against each other: every
// balance is the sum of its entries, every entry's balance follows from the
// one before, counters count, and numbers have no gaps. It reads one snapshot
// in bounded memory, beside a running server.
func (s *Service) Verify(ctx context.Context) (Report, error) {
	v := &verifier{}
	err := db.Each(ctx, s.k.DB().Read(), verifyRows, nil, func(rows *sql.Rows) error {
		var l line
		err := rows.Scan(&l.community, &l.member, &l.seq, &l.action, &l.unit[0], &l.unit[1], &l.unit[2],
			&l.more[0], &l.more[1], &l.more[2], &l.more[3], &l.more[4])
		v.add(l)
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("verify ledger: %w", err)
	}
	v.endMember()
	v.endCommunity()
	for i, f := range v.report.Faults {
		if f.What == gapFault {
			v.report.Faults[i].Seq, err = selectGap(ctx, s.k.DB().Read(), f.CommunityID)
		}
	}
	return v.report, err
}

// gapFault is the fault of numbers that are missing; its Seq is the first.
const gapFault = "number of entries"

// verifier holds the sums of the community and the member at hand.
type verifier struct {
	report          Report
	community       string
	counter, n, max int64
	member          string
	sums            [3]int64
	counts          account
	closed          bool // the member's balance was seen
	open            bool // the member has entries
}

func (v *verifier) add(l line) {
	if l.community != v.community {
		v.endMember()
		v.endCommunity()
		v.community, v.counter, v.n, v.max = l.community, 0, 0, 0
		v.report.Communities++
	}
	switch {
	case l.member == "":
		v.counter = l.seq
		return
	case l.member != v.member:
		v.endMember()
		v.member = l.member
	}
	if l.seq == ledgerEnd {
		v.balance(l)
		return
	}
	v.entry(l)
}

func (v *verifier) entry(l line) {
	v.open = true
	v.n, v.max = v.n+1, max(v.max, l.seq)
	v.report.Entries++
	v.counts.count(l.action)
	for i, name := range unitOrder() {
		v.sums[i] += l.unit[i]
		if l.more[i] != v.sums[i] {
			v.fault(l.seq, string(name)+" after the entry", l.more[i], v.sums[i])
		}
	}
}

func (v *verifier) balance(l line) {
	v.closed = true
	v.report.Members++
	for i, name := range unitOrder() {
		if l.unit[i] != v.sums[i] {
			v.fault(0, string(name)+" balance", l.unit[i], v.sums[i])
		}
	}
	want := [5]int64{v.counts.messages, v.counts.replies, v.counts.reactions, v.counts.referrals, v.counts.visits}
	for i, name := range []string{rule.Message, rule.Reply, rule.React, rule.Referral, rule.Visit} {
		if l.more[i] != want[i] {
			v.fault(0, name+" count", l.more[i], want[i])
		}
	}
}

func (v *verifier) endMember() {
	if v.open && !v.closed {
		v.fault(0, "number of balances", 0, 1)
	}
	v.member, v.sums, v.counts, v.open, v.closed = "", [3]int64{}, account{}, false, false
}

// endCommunity checks the numbering: numbers are unique, so they have no gap
// when there are as many as the highest says.
func (v *verifier) endCommunity() {
	if v.n != v.max {
		v.fault(0, gapFault, v.n, v.max)
	}
	if v.counter != v.max {
		v.fault(0, "counter of entries", v.counter, v.max)
	}
}

func (v *verifier) fault(seq int64, what string, got, want int64) {
	v.report.FaultCount++
	if len(v.report.Faults) < maxFaults {
		v.report.Faults = append(v.report.Faults, Fault{v.community, v.member, seq, what, got, want})
	}
}
