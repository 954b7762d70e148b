package ledger

import (
	"context"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
)

// work is one act of a group on its way.
type work struct {
	act    Act
	policy *policy
	rule   api.ActionRule
	out    **outcome
}

// runGroup records the acts of many requests in one transaction, community by
// community, without a query per act.
func (s *Service) runGroup(ctx context.Context, tx *db.Tx, in []*request) ([][]*outcome, []error, error) {
	out := make([][]*outcome, len(in))
	works := map[string][]work{}
	zones := map[string]*time.Location{}
	var order []string
	for i, r := range in {
		if zones[r.community] == nil {
			zones[r.community] = r.zone
			order = append(order, r.community)
		}
		out[i] = make([]*outcome, len(r.acts))
		for k, a := range r.acts {
			paid, _ := r.policy.rule(a.Action)
			works[r.community] = append(works[r.community], work{a, r.policy, paid, &out[i][k]})
		}
	}
	for _, id := range order {
		b := s.open(tx, id, zones[id])
		if err := b.settle(ctx, works[id]); err != nil {
			return nil, nil, err
		}
	}
	return out, nil, nil
}

// settle finds the outcome of every act and writes what is new.
func (b *book) settle(ctx context.Context, works []work) error {
	works, twins, err := b.withoutRepeated(ctx, works)
	if err != nil || len(works) == 0 {
		return err
	}
	refs := make([]member.Ref, len(works))
	for i, w := range works {
		refs[i] = w.act.Member
	}
	if err := b.load(ctx, refs); err != nil {
		return err
	}
	if err := b.loadPast(ctx, works); err != nil {
		return err
	}
	for _, w := range works {
		if err := b.decide(w); err != nil {
			return err
		}
	}
	for _, t := range twins {
		*t.work.out = t.answer()
	}
	if err := b.flush(ctx); err != nil {
		return err
	}
	b.number(works)
	return nil
}

// decide judges an act, posts it and composes its award. The only errors are
// the group's own: rewards are cut to what a wallet can hold.
func (b *book) decide(w work) error {
	status, pay := b.judge(w)
	a := b.accounts[w.act.Member.ID]
	p := Posting{
		Member: w.act.Member, Action: w.act.Action, Value: w.act.Value, Counts: true,
		Source: w.act.Source, Reference: w.act.Reference, Actor: w.act.Actor, OccurredAt: w.act.OccurredAt,
	}
	if status == rule.Awarded {
		factor := w.policy.ladder.Factor(w.policy.standing(a))
		p.XP, p.Coins, p.Premium = pay.XP*factor/100, pay.Coins*factor/100, pay.Premium
		p.Cut = true
	} else {
		p.Reason = string(status)
	}
	r, err := b.post(p)
	if err != nil {
		return err
	}
	*w.out = &outcome{fresh: true, entry: r.Entry, print: printOf(w.act), key: b.replyKey(w.act), award: api.Award{
		UserID: r.MemberID, Action: r.Action, Status: string(status), XP: r.XP, Coins: r.Coins, Premium: r.Premium,
		Balance: a.wallet(w.policy, b.days.of(b.now)), Ranks: []api.RankChange{},
		IdempotencyKey: w.act.Reference, OccurredAt: api.At(r.OccurredAt),
	}}
	return nil
}

// number gives the outcomes the numbers that flush gave to their rows.
func (b *book) number(works []work) {
	for i, w := range works {
		o := *w.out
		o.entry = b.rows[i].Entry
		o.award.ID = api.SeqID(o.entry.Seq)
	}
}

func (b *book) judge(w work) (rule.Status, api.ActionRule) {
	if w.act.isField {
		return rule.Awarded, api.ActionRule{}
	}
	if !rule.IsLimited(w.rule) {
		status, _ := rule.Judge(w.rule, rule.Mark{}, rule.Act{})
		return status, w.rule
	}
	act := rule.Act{At: db.Micros(w.act.OccurredAt), Day: b.days.of(w.act.OccurredAt)}
	m := b.accounts[w.act.Member.ID].marks.of(w.act.Action)
	before := b.markOf(m)
	var status rule.Status
	after := before
	if rule.IsLate(before, act) {
		status, after = rule.JudgeLate(w.rule, before, act, b.past[keyOf(w.act)])
	} else {
		status, after = rule.Judge(w.rule, before, act)
	}
	if status == rule.Awarded {
		m.paidAt, m.paidToday = after.PaidAt, after.PaidToday
		b.remember(keyOf(w.act), act)
	}
	return status, w.rule
}

// afterGroup runs after the commit, in commit order: boards follow, replies
// are completed and remembered.
func (s *Service) afterGroup(in []*request, out [][]*outcome) {
	fresh := map[string][]*outcome{}
	for i, r := range in {
		for _, o := range out[i] {
			if o.fresh {
				o.fresh = false // a twin has the same outcome
				fresh[r.community] = append(fresh[r.community], o)
			}
		}
	}
	for id, outs := range fresh {
		entries := make([]Entry, len(outs))
		for i, o := range outs {
			entries[i] = o.entry
		}
		ranks := s.feed.deliver(context.Background(), id, entries)
		for i, o := range outs {
			if ranks[i] != nil {
				o.award.Ranks = ranks[i]
			}
			s.replies.keep(o)
		}
	}
}
