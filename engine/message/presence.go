package message

import (
	"sync"
	"time"

	"laurel/api"
)

// typingLife is how long a member counts as typing after the last sign of it.
const typingLife = 6 * time.Second

// presence keeps in memory who has a channel open and who types there.
type presence struct {
	mu     sync.Mutex
	open   map[string]map[string]int // channel topic, member, streams
	typing map[string]map[string]typist
}

type typist struct {
	user  api.MessageUser
	until time.Time
}

func newPresence() *presence {
	return &presence{open: map[string]map[string]int{}, typing: map[string]map[string]typist{}}
}

// enter notes an open stream; the result ends it.
func (p *presence) enter(t, memberID string) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open[t] == nil {
		p.open[t] = map[string]int{}
	}
	p.open[t][memberID]++
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.open[t][memberID]--; p.open[t][memberID] <= 0 {
			delete(p.open[t], memberID)
		}
		if len(p.open[t]) == 0 {
			delete(p.open, t)
		}
	}
}

func (p *presence) note(t string, user api.MessageUser, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.typing[t] == nil {
		p.typing[t] = map[string]typist{}
	}
	p.typing[t][user.UserID] = typist{user, now.Add(typingLife)}
}

func (p *presence) stopTyping(communityID, channelID, memberID string) {
	t := topic(communityID, channelID)
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.typing[t], memberID)
	if len(p.typing[t]) == 0 {
		delete(p.typing, t)
	}
}

// state is who types, without self, and how many have the channel open.
func (p *presence) state(t, self string, now time.Time) (typing []api.MessageUser, online int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	typing = []api.MessageUser{}
	for id, ty := range p.typing[t] {
		if now.After(ty.until) {
			delete(p.typing[t], id)
			continue
		}
		if id != self {
			typing = append(typing, ty.user)
		}
	}
	return typing, len(p.open[t])
}
