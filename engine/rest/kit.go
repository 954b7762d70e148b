// Package rest turns typed functions into the operations of the API: it
// resolves credentials, checks permissions, binds and validates, wraps replies
// in their family's envelope, writes every error in one body, keeps
// idempotency keys and limits, and builds the OpenAPI document.
package rest

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
)

// Config is what a Kit needs. DB, Clock, Log and Tokens are required.
type Config struct {
	DB             *db.DB
	Clock          db.Clock
	Log            *slog.Logger
	Tokens         *auth.Signer
	Version        string
	TrustedProxies []string      // CIDRs whose X-Forwarded-For is believed; none by default
	AccessLog      bool          // one line a request
	BodyTime       time.Duration // in which an ordinary body must have arrived; 30 s when 0
	Limits         Limits
}

// Limits are the rate limits, in requests a minute; 0 means no limit.
type Limits struct {
	PerKey    int // one credential
	PerIP     int // one address without a credential
	PerSignIn int // one address on the sign-in operations
}

// DefaultLimits are the limits of a deployment that sets none.
func DefaultLimits() Limits { return Limits{PerKey: 60_000, PerIP: 1_200, PerSignIn: 20} }

// Kit registers operations and serves them.
type Kit struct {
	cfg       Config
	echo      *echo.Echo
	api       huma.API
	routes    []Route
	byRoute   map[string]Op // by method and path of the router
	resolvers []Resolver
	creds     *credentials
	limits    *limiters
	metrics   *metrics
	registry  *prometheus.Registry
	readiness []func() error
	used      *usage

	// RoleRights are the permissions that a member who is not of the team
	// holds through roles; nil means none.
	RoleRights func(ctx context.Context, communityID, memberID string) ([]api.Permission, error)
	// Barred says why a suspended or banned member may not act; nil when he may.
	Barred func(ctx context.Context, communityID, memberID string) error
}

// Route is one registered operation, for the documents and the table tests.
type Route struct {
	Op     Op
	Family string
}

var errorHook sync.Once

// New makes a Kit with its middleware; operations are registered after.
func New(cfg Config) *Kit {
	cfg.BodyTime = cmp.Or(cfg.BodyTime, bodyTime)
	k := &Kit{cfg: cfg, echo: echo.New(), registry: prometheus.NewRegistry(), byRoute: map[string]Op{}}
	k.echo.HideBanner, k.echo.HidePort = true, true
	k.echo.HTTPErrorHandler = k.writeError
	k.echo.IPExtractor = extractor(cfg.TrustedProxies)
	k.creds = newCredentials(k)
	k.limits = newLimiters(cfg.Limits)
	k.metrics = newMetrics(k.registry)
	k.used = &usage{seen: map[usedKey]*used{}}
	errorHook.Do(func() {
		humaecho.MultipartMaxMemory = formMemory
		huma.NewErrorWithContext = humaError
		huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
			return humaError(nil, status, msg, errs...)
		}
	})
	k.api = humaecho.New(k.echo, humaConfig(cfg.Version))
	k.echo.Pre(alias)
	k.echo.Use(k.observe, k.recovered, crossOrigin, k.identify, k.limit, k.idempotent)
	k.health()
	k.documents()
	return k
}

// DB is the database that the kit was made with.
func (k *Kit) DB() *db.DB { return k.cfg.DB }

// Now is the kit's clock.
func (k *Kit) Now() time.Time { return k.cfg.Clock() }

// Log is the kit's logger.
func (k *Kit) Log() *slog.Logger { return k.cfg.Log }

// Tokens signs and verifies user JWTs.
func (k *Kit) Tokens() *auth.Signer { return k.cfg.Tokens }

// Registry is where nouns register their own metrics.
func (k *Kit) Registry() *prometheus.Registry { return k.registry }

func (k *Kit) add(op Op, family string) {
	k.routes = append(k.routes, Route{op, family})
	k.byRoute[op.Method+echoPath(op.Path)] = op
}

// Routes lists every registered operation in the order of registration.
func (k *Kit) Routes() []Route { return k.routes }

// OpenAPI is the document of all registered operations.
func (k *Kit) OpenAPI() *huma.OpenAPI { return k.api.OpenAPI() }

// Ready adds a check to /readyz: an error means "not yet".
func (k *Kit) Ready(check func() error) { k.readiness = append(k.readiness, check) }

// Handle serves a plain HTTP handler beside the operations: streams.
func (k *Kit) Handle(op Op, h func(echo.Context) error) {
	k.add(op, "stream")
	k.echo.Add(op.Method, echoPath(op.Path), func(c echo.Context) error {
		if err := k.admit(c.Request().Context(), op, c.Param); err != nil {
			return err
		}
		return h(c)
	})
}

// ServeHTTP answers a request of any API family.
func (k *Kit) ServeHTTP(w http.ResponseWriter, r *http.Request) { k.echo.ServeHTTP(w, r) }
