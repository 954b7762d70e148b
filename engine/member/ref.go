package member

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"laurel/api"
	"laurel/engine/db"
)

// Ref is the little about a member that other nouns decide by.
type Ref struct {
	ID       string // ObjectId
	No       int64  // counted up within the community, from 1; never changes
	Username string
	Role     api.Role
	IsDummy  bool
	Deleted  bool // soft-deleted: may be restored
}

var errUserNotFound = api.NewError(api.NotFound, "user_not_found", "No user of this community is known by that id, name or address.")

// Resolve finds a member by id, number, username or email; deleted members
// too, which the caller tells by Deleted. Errors: NotFound user_not_found.
func (s *Service) Resolve(ctx context.Context, communityID, ref string) (Ref, error) {
	column, key := refKey(ref)
	if key == "" {
		return Ref{}, errUserNotFound
	}
	if found, ok := s.remembered(communityID, column, key); ok {
		return found, nil
	}
	age := s.cache.age()
	found, err := selectRef(ctx, s.k.DB().Read(), communityID, column, key)
	if err != nil {
		return Ref{}, err
	}
	s.cache.keep(age, communityID, communityID+"/"+column+"/"+key, found)
	return found, nil
}

// Prefetch reads what Resolve will be asked for, with few queries.
func (s *Service) Prefetch(ctx context.Context, communityID string, refs []string) error {
	wanted := map[string][]string{}
	for _, ref := range refs {
		column, key := refKey(ref)
		if key == "" {
			continue
		}
		if _, known := s.remembered(communityID, column, key); !known {
			wanted[column] = append(wanted[column], key)
		}
	}
	age := s.cache.age()
	for column, keys := range wanted {
		err := selectRefs(ctx, s.refs, s.k.DB(), communityID, column, keys, func(key string, found Ref) {
			s.cache.keep(age, communityID, communityID+"/"+column+"/"+key, found)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// remembered is a member that needs no query.
func (s *Service) remembered(communityID, column, key string) (Ref, bool) {
	if column == "no" && s.Numbered != nil {
		if found, ok := s.Numbered(communityID, numberOf(key)); ok {
			return found, true
		}
	}
	return s.cache.find(communityID + "/" + column + "/" + key)
}

// resolveLive is Resolve for acts on members that are not deleted.
func (s *Service) resolveLive(ctx context.Context, communityID, ref string) (Ref, error) {
	found, err := s.Resolve(ctx, communityID, ref)
	if err == nil && found.Deleted {
		return Ref{}, errUserNotFound
	}
	return found, err
}

// refKey tells by its form what a reference names: the column and the key to
// look for. Usernames cannot have the form of an id, a number or an address.
func refKey(ref string) (column, key string) {
	ref = strings.TrimSpace(ref)
	switch {
	case len(ref) > 254:
		return "", ""
	case api.IsID(ref):
		return "id", ref
	case isDigits(ref) && len(ref) < 19:
		return "no", strconv.FormatInt(numberOf(ref), 10)
	case strings.ContainsRune(ref, '@'):
		return "email_key", emailKey(ref)
	}
	return "username_key", usernameKey(ref)
}

// Kind is what a reference names a member by.
type Kind string

// The kinds.
const (
	ByID       Kind = "id"
	ByNumber   Kind = "no"
	ByEmail    Kind = "email_key"
	ByUsername Kind = "username_key"
)

// Named tells by its form what a search means: an id, a number, a whole
// address, else a name; with the text in the form in which it is compared.
func Named(typed string) (Kind, string) {
	column, key := refKey(clean(typed))
	if Kind(column) == ByEmail && (checkEmail("", key) != nil || !strings.Contains(key, ".")) {
		return ByUsername, key
	}
	return Kind(column), key
}

func numberOf(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64) // digits only, fewer than 19
	return n
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// usernameKey is the form under which usernames are unique and found: one
// name whatever its case or its way of writing accents.
func usernameKey(name string) string {
	return cases.Fold().String(norm.NFKC.String(clean(name)))
}

// emailKey is the form under which addresses are unique and found.
func emailKey(address string) string {
	return strings.ToLower(norm.NFC.String(clean(address)))
}

// clean drops what no database takes: invalid UTF-8 and NUL, and outer space.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "")
	}
	return strings.TrimSpace(strings.ReplaceAll(s, "\x00", ""))
}

// maxRefs bounds the memory of resolved references; full, it starts afresh.
const maxRefs = 200_000

// otherNodes is how long a reference is believed where another node may have
// changed the member.
const otherNodes = 5 * time.Second

// refCache remembers resolved references. All keys of a member share one
// entry, so that a change makes every one of them forgotten.
type refCache struct {
	mu    sync.RWMutex
	byKey map[string]*refEntry
	byID  map[string]*refEntry
	gen   uint64
	life  time.Duration // 0 means until the member changes
	now   db.Clock
}

type refEntry struct {
	ref   Ref
	dead  bool
	until time.Time
}

func newRefCache(dialect db.Dialect, now db.Clock) *refCache {
	c := &refCache{now: now}
	if dialect == db.PostgreSQL {
		c.life = otherNodes
	}
	c.reset()
	return c
}

func (c *refCache) reset() {
	c.byKey, c.byID = map[string]*refEntry{}, map[string]*refEntry{}
}

func (c *refCache) find(key string) (Ref, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e := c.byKey[key]
	if e == nil || e.dead || (c.life > 0 && c.now().After(e.until)) {
		return Ref{}, false
	}
	return e.ref, true
}

// age is taken before the database is read: what was read is not kept when
// any member was forgotten meanwhile.
func (c *refCache) age() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.gen
}

func (c *refCache) keep(age uint64, communityID, key string, ref Ref) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if age != c.gen {
		return
	}
	if len(c.byKey) >= maxRefs {
		c.reset()
	}
	id := communityID + "/" + ref.ID
	e := c.byID[id]
	if e == nil {
		e = &refEntry{}
		c.byID[id] = e
	}
	e.ref, e.until = ref, c.now().Add(c.life)
	c.byKey[key] = e
}

func (c *refCache) forget(communityID, memberID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	id := communityID + "/" + memberID
	if e := c.byID[id]; e != nil {
		e.dead = true
		delete(c.byID, id)
	}
}

func isUnknownUser(err error) bool { return errors.Is(err, errUserNotFound) }

// UsernameKey is the form under which usernames are compared.
func UsernameKey(name string) string { return usernameKey(name) }

// EmailKey is the form under which addresses are compared.
func EmailKey(address string) string { return emailKey(address) }
