// Package member keeps the people of a community: their profiles and custom
// values, how they register and sign in, their sessions and keys, and the
// fields that the community keeps about them.
package member

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"runtime"
	"strings"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/rest"
)

// Config is what the service needs besides its neighbours.
type Config struct {
	BaseURL string       // public address of the deployment; links in mails begin with it
	Hasher  *auth.Hasher // one with the default costs when nil
}

// Service is the member noun. Make it with New, set the hooks, then call
// Routes; it is safe for concurrent use afterwards. Every hook may be nil.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	mailer      *event.Mailer
	cfg         Config
	hasher      *auth.Hasher
	rules       *auth.PasswordRules
	cache       *refCache
	refs        *db.Sets

	// OnVisit is called after a sign-in.
	OnVisit func(ctx context.Context, communityID string, ref Ref)
	// OnReferral is called once a referred newcomer's address is confirmed.
	OnReferral func(ctx context.Context, communityID string, referrer, newcomer Ref)
	// OnChange is called after a member was made, or changed its role, name,
	// tags or whether it is deleted.
	OnChange func(communityID string, ref Ref)
	// Numbered finds a member by number in memory; false says nothing.
	Numbered func(communityID string, no int64) (Ref, bool)
	// OnField is called after a numerical custom value was set.
	OnField func(ctx context.Context, communityID string, ref Ref, fieldKey string, value int64)
	// GameLogs lists what a member played, newest first, with how many there are.
	GameLogs func(ctx context.Context, communityID string, ref Ref, q GameQuery) ([]api.MiniGameLog, int, error)
	// GameStats fills in where a member stands in games and streaks.
	GameStats func(ctx context.Context, communityID string, ref Ref, into *api.MiniGameStats) error
	// List gives a part of the members' list. Required for the lists.
	List func(ctx context.Context, communityID string, w Window) (Listed, error)
	// OnSeen is called when a member was seen.
	OnSeen func(communityID string, no int64, at time.Time)
	// Barred says why a suspended or banned member cannot sign in.
	Barred func(ctx context.Context, communityID, memberID string) error
	// Roles are the titles of the roles of a member, highest first.
	Roles func(ctx context.Context, communityID, memberID string) ([]string, error)
	// Admit checks a registration against what the community asks of newcomers.
	Admit func(ctx context.Context, communityID string, in *api.Registration) error
	// OnJoin runs in the transaction that registers a newcomer.
	OnJoin func(ctx context.Context, tx *db.Tx, communityID string, ref Ref, in api.Registration) error
	// Wallets gives the wallets of members by their id.
	Wallets func(ctx context.Context, communityID string, memberIDs []string) (map[string]api.Wallet, error)
	// Badges are the badges that members show beside their names, by their id.
	Badges func(ctx context.Context, communityID string, memberIDs []string) (map[string][]api.BadgeFace, error)
	// FindReferrer finds a member by a code or a value of an invitation's link;
	// the id is empty when nobody has it.
	FindReferrer func(ctx context.Context, communityID, value string) (memberID string, err error)
	// Exports are the parts that other nouns add to a member's export, by name.
	Exports map[string]func(ctx context.Context, communityID string, ref Ref) (any, error)
}

// New makes the service.
func New(k *rest.Kit, communities *community.Service, mailer *event.Mailer, cfg Config) *Service {
	if cfg.Hasher == nil {
		cfg.Hasher = auth.NewHasher(auth.DefaultParams(), runtime.GOMAXPROCS(0))
	}
	cfg.BaseURL = strings.TrimRight(cfg.BaseURL, "/")
	return &Service{
		k: k, communities: communities, mailer: mailer, cfg: cfg,
		hasher: cfg.Hasher, rules: auth.NewPasswordRules(),
		refs: db.NewSets(k.DB().Dialect()), cache: newRefCache(k.DB().Dialect(), k.Now),
	}
}

// Purge removes what has ended by itself: old sign-ins, spent one-use tokens
// and failed sign-ins. Called now and then in the background.
func (s *Service) Purge(ctx context.Context) error {
	now := s.k.Now()
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return purge(ctx, tx, now)
	})
}

// changed forgets what is remembered of a member and tells who follows.
func (s *Service) changed(communityID string, ref Ref) {
	s.cache.forget(communityID, ref.ID)
	if s.OnChange != nil {
		s.OnChange(communityID, ref)
	}
}

// ownHost is the host name of the deployment's public address.
func (s *Service) ownHost() string {
	u, err := url.Parse(s.cfg.BaseURL)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// hostName is a host header or address without its port, in lower case.
func hostName(host string) string {
	host = strings.ToLower(strings.TrimSpace(host))
	if h, _, err := net.SplitHostPort(host); err == nil {
		return h
	}
	return strings.Trim(host, "[]")
}

// taken turns a unique violation that slipped past the checks into a Conflict.
func taken(err error) error {
	var known *api.Error
	if db.IsConflict(err) && !errors.As(err, &known) {
		return api.NewError(api.Conflict, "user_exists", "Another user has that username, email or external id.")
	}
	return err
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return db.Micros(t)
}

func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return db.FromMicros(us)
}

func wrap(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
