package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
)

// book is the work on one community within one transaction: accounts and
// marks are read once, changed in memory, and written back in sets.
type book struct {
	s         *Service
	tx        *db.Tx
	community string
	now       time.Time
	accounts  map[string]*account
	past      map[paidKey]rule.History // of the members and actions that late acts need
	rows      []row
	days      dayCache
	isHistory bool // rows are dated when they occurred
}

func (s *Service) open(tx *db.Tx, communityID string, zone *time.Location) *book {
	return &book{
		s: s, tx: tx, community: communityID, now: s.k.Now(), accounts: map[string]*account{}, days: dayCache{zone: zone},
	}
}

// load reads the accounts of the members; who has none gets an empty one.
func (b *book) load(ctx context.Context, refs []member.Ref) error {
	ids := make([]string, 0, len(refs))
	for _, r := range refs {
		if b.accounts[r.ID] == nil {
			b.accounts[r.ID] = &account{memberID: r.ID, memberNo: r.No}
			ids = append(ids, r.ID)
		}
	}
	return b.s.sql.selectAccounts(ctx, b.tx, b.community, ids, func(a account) { *b.accounts[a.memberID] = a })
}

// post applies one posting to its account, which must be loaded.
func (b *book) post(p Posting) (row, error) {
	if p.OccurredAt.IsZero() {
		p.OccurredAt = b.now
	}
	r, err := b.accounts[p.Member.ID].post(p, b.days.of(p.OccurredAt))
	if err != nil {
		return row{}, err
	}
	r.CommunityID, r.CreatedAt = b.community, b.now
	if b.isHistory || p.IsHistory {
		r.CreatedAt = r.OccurredAt
	}
	b.rows = append(b.rows, r)
	return r, nil
}

// flush numbers the rows and writes everything that changed.
func (b *book) flush(ctx context.Context) error {
	if len(b.rows) == 0 {
		return nil
	}
	last, err := claim(ctx, b.tx, b.community, int64(len(b.rows)))
	if err != nil {
		return err
	}
	first := last - int64(len(b.rows)) + 1
	b.s.feed.announce(b.community, first)
	touched := make(map[string]bool, len(b.rows))
	accounts := make([]*account, 0, len(b.rows))
	for i := range b.rows {
		r := &b.rows[i]
		r.Seq = first + int64(i)
		if !touched[r.MemberID] {
			touched[r.MemberID] = true
			accounts = append(accounts, b.accounts[r.MemberID])
		}
	}
	slices.SortFunc(accounts, func(x, y *account) int { return strings.Compare(x.memberID, y.memberID) }) // in the order of the table
	if err := b.s.sql.insertRows(ctx, b.tx, b.community, b.rows); err != nil {
		return err
	}
	if err := b.s.sql.upsertAccounts(ctx, b.tx, b.community, accounts, db.Micros(b.now)); err != nil {
		return err
	}
	return b.s.sql.addDays(ctx, b.tx, b.community, accounts)
}

// Post writes postings of one community into the ledger within the caller's
// transaction, all or none. The caller passes the entries to Committed once
// that transaction is durable. Errors: Conflict insufficient_funds,
// balance_limit; a reference that exists already is a conflict of the database.
func (s *Service) Post(ctx context.Context, tx *db.Tx, communityID string, postings []Posting) ([]Entry, error) {
	b := s.open(tx, communityID, s.communities.Zone(ctx, communityID))
	refs := make([]member.Ref, len(postings))
	for i, p := range postings {
		refs[i] = p.Member
	}
	if err := b.load(ctx, refs); err != nil {
		return nil, err
	}
	for i, p := range postings {
		if _, err := b.post(p); err != nil {
			return nil, fmt.Errorf("posting %d: %w", i, err)
		}
	}
	if err := b.flush(ctx); err != nil {
		return nil, err
	}
	return b.entries(), nil
}

func (b *book) entries() []Entry {
	out := make([]Entry, len(b.rows))
	for i, r := range b.rows {
		out[i] = r.Entry
	}
	return out
}

// dayCache finds the day of moments of which many lie in the same minute. No
// zone of today begins its days within a minute of UTC.
type dayCache struct {
	zone   *time.Location
	minute int64
	day    string
}

func (c *dayCache) of(t time.Time) string {
	minute := t.Unix() / 60
	if c.day == "" || minute != c.minute {
		c.minute, c.day = minute, rule.Day(t, c.zone)
	}
	return c.day
}
