package leaderboard

import (
	"context"
	"sync"
	"sync/atomic"

	"laurel/api"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// maxPeople bounds how many members' names and wallets are kept in memory.
const maxPeople = 100_000

// people keeps what rows show of members, so that a page of standings needs
// no query when it was shown before.
type people struct {
	s       *Service
	mu      sync.RWMutex
	known   map[personKey]person
	version atomic.Int64 // grows whenever anything kept may have changed
}

type personKey struct {
	community string
	no        int64
}

type person struct {
	member.Card
	wallet api.Wallet
}

func newPeople(s *Service) *people { return &people{s: s, known: map[personKey]person{}} }

// touch forgets the members whose wallets the entries changed.
func (p *people) touch(entries []ledger.Entry) {
	p.version.Add(1)
	p.mu.Lock()
	for _, e := range entries {
		delete(p.known, personKey{e.CommunityID, e.MemberNo})
	}
	p.mu.Unlock()
}

func (p *people) forget(communityID string, no int64) {
	p.version.Add(1)
	p.mu.Lock()
	delete(p.known, personKey{communityID, no})
	p.mu.Unlock()
}

// of gives the members by number: the unknown ones with one query for names
// and one for wallets.
func (p *people) of(ctx context.Context, communityID string, nos []int64) (map[int64]person, error) {
	version := p.version.Load()
	out, missing := p.remembered(communityID, nos)
	if len(missing) == 0 {
		return out, nil
	}
	cards, err := p.s.members.Cards(ctx, communityID, missing)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(cards))
	for _, c := range cards {
		ids = append(ids, c.ID)
	}
	wallets, err := p.s.ledgers.Wallets(ctx, communityID, ids)
	if err != nil {
		return nil, err
	}
	for no, c := range cards {
		out[no] = person{c, wallets[c.ID]}
	}
	p.remember(communityID, version, missing, out)
	return out, nil
}

func (p *people) remembered(communityID string, nos []int64) (known map[int64]person, missing []int64) {
	known = make(map[int64]person, len(nos))
	p.mu.RLock()
	defer p.mu.RUnlock()
	for _, no := range nos {
		if one, ok := p.known[personKey{communityID, no}]; ok {
			known[no] = one
		} else {
			missing = append(missing, no)
		}
	}
	return known, missing
}

// remember keeps what was read, unless something changed meanwhile.
func (p *people) remember(communityID string, version int64, nos []int64, all map[int64]person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.version.Load() != version {
		return
	}
	if len(p.known) > maxPeople {
		p.known = map[personKey]person{}
	}
	for _, no := range nos {
		if one, ok := all[no]; ok {
			p.known[personKey{communityID, no}] = one
		}
	}
}
