package message

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
)

// place is a channel of a community.
type place struct{ community, channel string }

// group is the work on the messages that arrived together.
type group struct {
	s     *Service
	tx    *db.Tx
	in    []*draft
	errs  []error
	rows  map[place][]*row
	roots map[place]map[string]int64 // replies by the thread's first message
	order []place
}

// writeGroup writes the messages of many callers with their rewards, alerts
// and search words in one transaction.
func (s *Service) writeGroup(ctx context.Context, tx *db.Tx, in []*draft) ([]placed, []error, error) {
	g := &group{s: s, tx: tx, in: in, errs: make([]error, len(in)), rows: map[place][]*row{}, roots: map[place]map[string]int64{}}
	if err := g.slow(ctx); err != nil {
		return nil, nil, err
	}
	copies := make([]row, len(in))
	for i, d := range in {
		if g.errs[i] == nil {
			copies[i] = d.row
			g.take(d.community, &copies[i])
			for _, n := range d.notices {
				g.take(d.community, &n)
			}
		}
	}
	if err := g.write(ctx); err != nil {
		return nil, nil, err
	}
	out := make([]placed, len(in))
	for i := range copies {
		out[i] = placed{copies[i].Seq, copies[i].Revision}
	}
	return out, g.errs, nil
}

func (g *group) take(communityID string, r *row) {
	at := place{communityID, r.ChannelID}
	if g.rows[at] == nil {
		g.order = append(g.order, at)
		g.roots[at] = map[string]int64{}
	}
	g.rows[at] = append(g.rows[at], r)
	if r.RootID != "" {
		g.roots[at][r.RootID]++
	}
}

// slow refuses the messages that come too soon after another one.
func (g *group) slow(ctx context.Context) error {
	last := map[string]int64{}
	for i, d := range g.in {
		if d.slow == 0 {
			continue
		}
		key := d.community + d.row.ChannelID + d.row.AuthorID
		since := db.Micros(d.row.CreatedAt.Add(-d.slow))
		if last[key] == 0 {
			var err error
			if last[key], err = selectLatest(ctx, g.tx, d.community, d.row.AuthorID, d.row.ChannelID, since); err != nil {
				return err
			}
		}
		if last[key] > since {
			wait := db.FromMicros(last[key]).Add(d.slow).Sub(d.row.CreatedAt)
			g.errs[i] = &api.Error{Kind: api.RateLimited, Code: "slow_mode", RetryAfter: max(wait, time.Second),
				Message: fmt.Sprintf("Slow mode is on: one message every %s.", d.slow)}
			continue
		}
		last[key] = db.Micros(d.row.CreatedAt)
	}
	return nil
}

// write numbers the messages, channel by channel in one order for all writers,
// and inserts them.
func (g *group) write(ctx context.Context) error {
	slices.SortFunc(g.order, func(a, b place) int { return strings.Compare(a.community+a.channel, b.community+b.channel) })
	var all []scoped
	var counts []answer
	for _, at := range g.order {
		rows, roots := g.rows[at], g.roots[at]
		seq, revision, err := claim(ctx, g.tx, at, int64(len(rows)), int64(len(rows)+len(roots)), int64(len(rows)))
		if err != nil {
			return err
		}
		for i, r := range rows {
			r.Seq = seq - int64(len(rows)-1-i)
			r.Revision = revision - int64(len(roots)) - int64(len(rows)-1-i)
			all = append(all, scoped{at.community, r})
		}
		for root, n := range roots {
			counts = append(counts, answer{at.community, root, n, revision})
			revision--
		}
	}
	if err := g.s.insert(ctx, g.tx, all); err != nil {
		return err
	}
	for _, a := range counts {
		if err := answered(ctx, g.tx, a); err != nil {
			return err
		}
	}
	if err := g.tally(ctx); err != nil {
		return err
	}
	return g.s.ledger.RecordWithin(ctx, g.tx, g.pays())
}

// tally keeps the numbers by which members know what they have not read.
func (g *group) tally(ctx context.Context) error {
	for _, at := range g.order {
		if g.s.Gate.Count != nil {
			if err := g.s.Gate.Count(ctx, g.tx, at.community, at.channel, len(g.rows[at])); err != nil {
				return err
			}
		}
		if g.s.Gate.Read == nil {
			continue
		}
		seen := map[string]int64{}
		for _, r := range g.rows[at] {
			if r.AuthorID != "" {
				seen[r.AuthorID] = r.Seq
			}
		}
		for _, author := range slices.Sorted(maps.Keys(seen)) {
			if err := g.s.Gate.Read(ctx, g.tx, at.community, author, at.channel, seen[author]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *group) pays() []*ledger.Within {
	out := make([]*ledger.Within, 0, len(g.in))
	for i, d := range g.in {
		if g.errs[i] == nil {
			out = append(out, d.pay)
		}
	}
	return out
}

// afterGroup runs after the commit, in commit order.
func (s *Service) afterGroup(in []*draft, _ []placed) {
	pays := make([]*ledger.Within, len(in))
	sent := make([]Sent, len(in))
	told := map[string]bool{}
	for i, d := range in {
		pays[i] = d.pay
		sent[i] = Sent{CommunityID: d.community, ChannelID: d.row.ChannelID, ID: d.row.ID, RootID: d.row.RootID, Author: d.author,
			Body: d.row.Body, Mentions: d.seen, At: d.row.CreatedAt}
		told[topic(d.community, d.row.ChannelID)] = true
		for _, n := range d.notices {
			told[topic(d.community, n.ChannelID)] = true
		}
		s.present.stopTyping(d.community, d.row.ChannelID, d.author.ID)
	}
	s.ledger.Settle(pays)
	for t := range told {
		s.hub.Signal(t)
	}
	if s.OnSent != nil {
		s.OnSent(sent)
	}
}
