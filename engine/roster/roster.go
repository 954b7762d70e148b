// Package roster finds members by what is known of them. It keeps the columns
// that filters ask for in memory, one number a member and column: a filter is a
// walk over arrays, whatever its conditions and however many they let through.
// The database stays the truth: before each answer the columns catch up with
// what was written since, here or by another node.
package roster

import (
	"context"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the roster noun. Make it with New, then call Routes; it is safe
// for concurrent use afterwards.
type Service struct {
	k       *rest.Kit
	members *member.Service
	ledger  *ledger.Service

	mu     sync.Mutex
	tables map[string]*table

	// Holders gives the numbers of the members who have a role, named by id or
	// title; known is false when there is no such role to give. It may be nil.
	Holders func(ctx context.Context, communityID, role string) (nos []int64, known bool, err error)
}

// New makes the service.
func New(k *rest.Kit, members *member.Service, books *ledger.Service) *Service {
	return &Service{k: k, members: members, ledger: books, tables: map[string]*table{}}
}

// Changed notes that a member was changed by this process, for the next
// answer.
func (s *Service) Changed(communityID string, ref member.Ref) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.tables[communityID]; t != nil {
		t.note(ref.No)
	}
}

// idle is how long the columns of a community are kept without a question.
const idle = time.Hour

// Forget drops the columns that nobody has asked for lately.
func (s *Service) Forget(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, t := range s.tables {
		if s.k.Now().Sub(t.asked) > idle {
			delete(s.tables, id)
		}
	}
	return nil
}

// table gives the community's columns, caught up with the database.
func (s *Service) table(ctx context.Context, communityID string) (*table, []member.Field, error) {
	fields, err := s.members.Fields(ctx, communityID)
	if err != nil {
		return nil, nil, err
	}
	s.mu.Lock()
	t := s.tables[communityID]
	if t == nil {
		t = &table{communityID: communityID}
		s.tables[communityID] = t
	}
	t.asked = s.k.Now()
	s.mu.Unlock()
	return t, fields, s.catchUp(ctx, t, fields)
}

// Match gives the numbers of the members that a filter lets through, rising.
// Errors: Invalid with filter.NAME, Forbidden field_private.
func (s *Service) Match(ctx context.Context, communityID string, filter map[string]any) ([]int64, error) {
	t, fields, err := s.table(ctx, communityID)
	if err != nil {
		return nil, err
	}
	q, err := s.parse(ctx, communityID, fields, filter)
	if err != nil {
		return nil, err
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	nos, _ := t.match(q, 0, 0)
	return nos, nil
}

// WithValue gives the numbers of the members with a value in a custom field,
// whoever asks; none for a field that does not exist.
func (s *Service) WithValue(ctx context.Context, communityID, field, value string) ([]int64, error) {
	ctx = rest.WithCaller(ctx, rest.Caller{Kind: rest.SystemKey, CommunityID: communityID}) // private fields count too
	numbers, err := s.Match(ctx, communityID, map[string]any{field: value})
	if api.IsKind(err, api.Invalid) {
		return nil, nil
	}
	return numbers, err
}

// Seen notes that a member of this process was seen.
func (s *Service) Seen(communityID string, no int64, at time.Time) {
	s.mu.Lock()
	t := s.tables[communityID]
	s.mu.Unlock()
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if no < int64(len(t.seen)) {
		t.seen[no] = max(t.seen[no], db.Micros(at))
	}
}

// overlap is how far back the columns look for changes: a transaction takes
// its time, and the clocks of nodes differ.
func (s *Service) overlap() time.Duration {
	if s.k.DB().Dialect() == db.PostgreSQL {
		return 30 * time.Second
	}
	return 5 * time.Second
}
