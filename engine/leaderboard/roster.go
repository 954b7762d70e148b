package leaderboard

import (
	"context"
	"sync"

	"laurel/engine/db"
	"laurel/engine/member"
)

// roster knows the members whom boards leave out. They are few: everybody
// else up to the highest known number is an ordinary member.
type roster struct {
	mu      sync.RWMutex
	max     int64
	deleted map[uint32]struct{}
	dummies map[uint32]struct{}
}

// meet reads what is new up to the present highest number, if no is beyond
// what is known. It returns the known range before and after.
func (r *roster) meet(ctx context.Context, q db.Querier, communityID string, no int64) (before, after int64, err error) {
	r.mu.RLock()
	before = r.max
	r.mu.RUnlock()
	if no <= before {
		return before, before, nil
	}
	if after, err = lastMember(ctx, q, communityID); err != nil {
		return before, before, err
	}
	var deleted, dummies []uint32
	if err = eachNo(ctx, q, communityID, "deleted_at <> 0", before, after, func(no uint32) { deleted = append(deleted, no) }); err == nil {
		err = eachNo(ctx, q, communityID, "is_dummy", before, after, func(no uint32) { dummies = append(dummies, no) })
	}
	if err != nil {
		return before, before, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.max = max(r.max, after)
	r.deleted, r.dummies = join(r.deleted, deleted), join(r.dummies, dummies)
	return before, r.max, nil
}

func join(set map[uint32]struct{}, more []uint32) map[uint32]struct{} {
	if set == nil {
		set = map[uint32]struct{}{}
	}
	for _, no := range more {
		set[no] = struct{}{}
	}
	return set
}

// note takes in what a member is now. A member beyond the known range is met
// with the others.
func (r *roster) note(no uint32, c member.Card, exists bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if int64(no) > r.max {
		return
	}
	assign(r.deleted, no, !exists || c.Deleted)
	assign(r.dummies, no, c.IsDummy)
}

func assign(set map[uint32]struct{}, no uint32, in bool) {
	if in {
		set[no] = struct{}{}
		return
	}
	delete(set, no)
}

// admits reports whether the member may be ranked where no audience is asked for.
func (r *roster) admits(no uint32, dummiesToo bool) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if _, gone := r.deleted[no]; gone {
		return false
	}
	_, dummy := r.dummies[no]
	return dummiesToo || !dummy
}

// forget makes everybody be met again.
func (r *roster) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.max, r.deleted, r.dummies = 0, nil, nil
}
