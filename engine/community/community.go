// Package community keeps the tenants of a deployment: their names, zones and
// addresses, their keys, their audit log and the mails sent in their name.
package community

import (
	"context"
	"strings"
	"sync"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Service is the community noun. Make it with New; it is safe for concurrent use.
type Service struct {
	k     *rest.Kit
	box   *auth.Keyring
	mu    sync.RWMutex
	zones map[string]*time.Location
	sizes map[string]size

	// OnCreate runs in the transaction that creates a community: other nouns
	// lay down their defaults there.
	OnCreate func(ctx context.Context, tx *db.Tx, communityID string) error
}

// New makes the service. The keyring seals what must be read again.
func New(k *rest.Kit, box *auth.Keyring) *Service {
	return &Service{k: k, box: box, zones: map[string]*time.Location{}, sizes: map[string]size{}}
}

// Draft is what a new community starts with. Only Name is required.
type Draft struct {
	Name        string
	URI         string // made from the name when empty
	Domain      string
	Description string
	Timezone    string // IANA; UTC when empty
	Language    string // en when empty
}

// Secrets are the keys of a new community, shown this once.
type Secrets struct {
	SystemKey     string
	SecureAuthKey string
	WidgetKey     string
}

// Create makes a community with its three deployment-to-deployment keys.
// Errors: Invalid with the field, Conflict when uri or domain is taken.
func (s *Service) Create(ctx context.Context, d Draft) (api.Community, Secrets, error) {
	c, err := s.draft(d)
	if err != nil {
		return api.Community{}, Secrets{}, err
	}
	var secrets Secrets
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := insert(ctx, tx, c); err != nil {
			return err
		}
		var err error
		if secrets, err = s.firstKeys(ctx, tx, c.ID); err != nil {
			return err
		}
		if s.OnCreate != nil {
			return s.OnCreate(ctx, tx, c.ID)
		}
		return nil
	})
	return c, secrets, taken(err)
}

func (s *Service) draft(d Draft) (api.Community, error) {
	now := s.k.Now()
	c := api.Community{
		ID: api.NewIDAt(now), Name: strings.TrimSpace(d.Name), URI: d.URI, Domain: strings.ToLower(d.Domain),
		Description: d.Description, Timezone: d.Timezone, Language: d.Language, CreatedAt: api.At(now), UpdatedAt: api.At(now),
	}
	if c.URI == "" {
		c.URI = Slug(c.Name)
	}
	if c.Timezone == "" {
		c.Timezone = "UTC"
	}
	if c.Language == "" {
		c.Language = "en"
	}
	return c, check(c)
}

func (s *Service) firstKeys(ctx context.Context, tx *db.Tx, id string) (Secrets, error) {
	var out Secrets
	for _, k := range []struct {
		kind string
		into *string
	}{{KindSystem, &out.SystemKey}, {KindSecureAuth, &out.SecureAuthKey}, {KindWidget, &out.WidgetKey}} {
		key, err := s.replaceKey(ctx, tx, id, k.kind, nil)
		if err != nil {
			return Secrets{}, err
		}
		*k.into = key
	}
	return out, nil
}

// ByID finds a community, like its siblings without the number of members,
// which only the operations about the community itself count. Errors: NotFound.
func (s *Service) ByID(ctx context.Context, id string) (api.Community, error) {
	return one(ctx, s.k.DB().Read(), "id", id)
}

// ByURI finds a community by its slug. Errors: NotFound.
func (s *Service) ByURI(ctx context.Context, uri string) (api.Community, error) {
	return one(ctx, s.k.DB().Read(), "uri", uri)
}

// ByHost finds the community whose own domain the host is; a deployment with
// a single community answers for every host. Errors: NotFound.
func (s *Service) ByHost(ctx context.Context, host string) (api.Community, error) {
	c, err := one(ctx, s.k.DB().Read(), "domain", strings.ToLower(host))
	if !api.IsKind(err, api.NotFound) || host == "" {
		return c, err
	}
	return only(ctx, s.k.DB().Read())
}

// Find takes an id or a uri; empty means the host's community. Errors: NotFound.
func (s *Service) Find(ctx context.Context, ref, host string) (api.Community, error) {
	switch {
	case ref == "":
		return s.ByHost(ctx, host)
	case api.IsID(ref):
		return s.ByID(ctx, ref)
	default:
		return s.ByURI(ctx, ref)
	}
}

// All lists every community of the deployment.
func (s *Service) All(ctx context.Context) ([]api.Community, error) {
	return list(ctx, s.k.DB().Read())
}

// Zone is where the community's days begin; UTC when it is not known.
func (s *Service) Zone(ctx context.Context, id string) *time.Location {
	s.mu.RLock()
	zone, ok := s.zones[id]
	s.mu.RUnlock()
	if ok {
		return zone
	}
	c, err := s.ByID(ctx, id)
	if err != nil {
		return time.UTC
	}
	if zone, err = time.LoadLocation(c.Timezone); err != nil {
		zone = time.UTC
	}
	s.mu.Lock()
	s.zones[id] = zone
	s.mu.Unlock()
	return zone
}

func (s *Service) forgetZone(id string) {
	s.mu.Lock()
	delete(s.zones, id)
	s.mu.Unlock()
}
