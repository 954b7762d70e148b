// Package engine is the platform behind the API: New wires its nouns together
// and gives one http.Handler and the work that goes on beside requests.
package engine

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/badge"
	"laurel/engine/channel"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/embed"
	"laurel/engine/event"
	"laurel/engine/joining"
	"laurel/engine/leaderboard"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/message"
	"laurel/engine/notice"
	"laurel/engine/penalty"
	"laurel/engine/referral"
	"laurel/engine/rest"
	"laurel/engine/role"
	"laurel/engine/roster"
	"laurel/engine/store"
	"laurel/engine/streak"
	"laurel/engine/wheel"
)

// Config is what an engine needs. DB, Keyring and Hasher are required.
type Config struct {
	DB             *db.DB
	Clock          db.Clock // the wall's when nil
	Log            *slog.Logger
	Keyring        *auth.Keyring
	Hasher         *auth.Hasher
	Mail           event.MailConfig
	Version        string
	BaseURL        string // public address, for links in mails and tickets
	TrustedProxies []string
	Limits         rest.Limits
	AccessLog      bool
}

// Engine is the running platform. Its nouns are public for the command line
// and for tests; pages reach them through the API only.
type Engine struct {
	Communities *community.Service
	Members     *member.Service
	Ledger      *ledger.Service
	Boards      *leaderboard.Service
	Embeds      *embed.Service
	Roles       *role.Service
	Channels    *channel.Service
	Roster      *roster.Service
	Messages    *message.Service
	Referrals   *referral.Service
	Store       *store.Service
	Badges      *badge.Service
	Penalties   *penalty.Service
	Joining     *joining.Service
	Wheel       *wheel.Service
	Streaks     *streak.Service
	Notices     *notice.Service

	kit    *rest.Kit
	hub    *event.Hub
	mailer *event.Mailer
	log    *slog.Logger
	stop   context.CancelFunc
	work   sync.WaitGroup
}

// New wires the engine. Start begins its background work.
func New(cfg Config) (*Engine, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	tokens, err := auth.NewSigner(auth.Clock(cfg.Clock), cfg.Keyring.Derive("user tokens")...)
	if err != nil {
		return nil, fmt.Errorf("token signer: %w", err)
	}
	e := &Engine{hub: event.NewHub(), log: cfg.Log}
	e.kit = rest.New(rest.Config{
		DB: cfg.DB, Clock: cfg.Clock, Log: cfg.Log, Tokens: tokens, Version: cfg.Version,
		TrustedProxies: cfg.TrustedProxies, AccessLog: cfg.AccessLog, Limits: cfg.Limits,
	})
	cfg.Mail.Seal, cfg.Mail.Open = cfg.Keyring.Seal, cfg.Keyring.Open
	e.mailer = event.NewMailer(cfg.DB, cfg.Clock, cfg.Log, cfg.Mail)
	e.Communities = community.New(e.kit, cfg.Keyring)
	e.Members = member.New(e.kit, e.Communities, e.mailer, member.Config{BaseURL: cfg.BaseURL, Hasher: cfg.Hasher})
	e.Ledger = ledger.New(e.kit, e.Communities, e.Members)
	e.Boards = leaderboard.New(e.kit, e.Communities, e.Members, e.Ledger, e.hub)
	e.Embeds = embed.New(e.kit, e.Communities, e.Members, e.hub, cfg.Keyring, cfg.BaseURL)
	e.Roles = role.New(e.kit, e.Members)
	e.Channels = channel.New(e.kit, e.Members)
	e.Roster = roster.New(e.kit, e.Members, e.Ledger)
	e.Messages = message.New(e.kit, e.Communities, e.Members, e.Ledger, e.hub, cfg.BaseURL)
	e.Referrals = referral.New(e.kit, e.Communities, e.Members, e.Ledger, cfg.BaseURL)
	e.Store = store.New(e.kit, e.Communities, e.Members, e.Ledger, e.mailer)
	e.Badges = badge.New(e.kit, e.Communities, e.Members, e.Ledger, cfg.BaseURL)
	e.Penalties = penalty.New(e.kit, e.Communities, e.Members, e.mailer)
	e.Joining = joining.New(e.kit, e.Members, cfg.BaseURL)
	e.Wheel = wheel.New(e.kit, e.Communities, e.Members, e.Ledger, cfg.Keyring)
	e.Notices = notice.New(e.kit)
	e.Streaks = streak.New(e.kit, e.Communities, e.Members, e.Ledger)
	e.connect()
	e.connectGames()
	e.connectStore()
	e.connectRoles()
	e.connectMessages()
	e.routes()
	return e, nil
}

// connect sets the hooks by which nouns tell each other what happened.
func (e *Engine) connect() {
	e.Communities.OnCreate = e.defaults
	e.Members.Wallets = e.Ledger.Wallets
	e.Members.OnChange = e.memberChanged
	e.Members.Numbered = e.Boards.Numbered
	e.Members.List, e.Members.OnSeen = e.Roster.List, e.Roster.Seen
	e.Referrals.Match = e.Roster.WithValue
	e.Members.FindReferrer = e.Referrals.Find
	e.Members.OnVisit = e.visit
	e.Members.OnReferral = e.referral
	e.Members.OnField = e.field
	e.Members.Exports = map[string]func(context.Context, string, member.Ref) (any, error){"ledger": e.Ledger.Export, "badges": e.Badges.Export}
	e.Ledger.Follow = e.recorded
	e.connectBadges()
	e.Embeds.Board = e.Boards.Board
	e.Embeds.PublicBoards = e.Boards.Public
	e.Embeds.Standings = e.Boards.Standings
}

func (e *Engine) routes() {
	e.Communities.Routes()
	e.Members.Routes()
	e.Ledger.Routes()
	e.Boards.Routes()
	e.Embeds.Routes()
	e.Roles.Routes()
	e.Channels.Routes()
	e.Roster.Routes()
	e.Messages.Routes()
	e.Referrals.Routes()
	e.Store.Routes()
	e.Badges.Routes()
	e.Penalties.Routes()
	e.Joining.Routes()
	e.Wheel.Routes()
	e.Streaks.Routes()
	e.Notices.Routes()
}

func (e *Engine) memberChanged(communityID string, who member.Ref) {
	e.Boards.MemberChanged(communityID, who)
	e.Roster.Changed(communityID, who)
	e.Referrals.Moved(communityID)
}

func (e *Engine) visit(ctx context.Context, communityID string, who member.Ref) {
	e.note(ctx, communityID, ledger.Act{Member: who, Action: "visit", Source: "system"})
}

func (e *Engine) referral(ctx context.Context, communityID string, referrer, newcomer member.Ref) {
	e.note(ctx, communityID, ledger.Act{Member: referrer, Action: "refer", Source: "system", Reference: "refer:" + newcomer.ID})
}

func (e *Engine) note(ctx context.Context, communityID string, act ledger.Act) {
	if _, err := e.Ledger.Record(ctx, communityID, []ledger.Act{act}); err != nil {
		e.log.WarnContext(ctx, "activity not recorded", slog.String("action", act.Action), slog.Any("cause", err))
	}
}

func (e *Engine) field(ctx context.Context, communityID string, who member.Ref, field string, value int64) {
	if err := e.Ledger.RecordValue(ctx, communityID, who, api.RankFieldStart+field, value); err != nil {
		e.log.WarnContext(ctx, "field value not recorded", slog.String("field", field), slog.Any("cause", err))
	}
}

// ServeHTTP answers the API.
func (e *Engine) ServeHTTP(w http.ResponseWriter, r *http.Request) { e.kit.ServeHTTP(w, r) }

// Routes lists every operation, for the table tests.
func (e *Engine) Routes() []rest.Route { return e.kit.Routes() }

// OpenAPI is the document of the API.
func (e *Engine) OpenAPI() *huma.OpenAPI { return e.kit.OpenAPI() }

// Start begins the background work; it ends with Close.
func (e *Engine) Start(ctx context.Context) {
	ctx, e.stop = context.WithCancel(ctx)
	if err := e.Ledger.CountDays(ctx); err != nil {
		e.log.WarnContext(ctx, "days not counted", slog.Any("cause", err))
	}
	e.Boards.Start(ctx)
	e.work.Go(func() { e.Referrals.Run(ctx) })
	e.work.Go(func() { e.Badges.Run(ctx) })
	e.every(ctx, 30*time.Second, "note key use", e.kit.FlushUsage)
	e.every(ctx, time.Hour, "forget idempotency keys", e.kit.ForgetOldKeys)
	e.every(ctx, time.Hour, "forget spent sign-in tokens", e.Members.Purge)
	e.every(ctx, time.Minute, "forget spent embed tokens", e.Embeds.Forget)
	e.every(ctx, 10*time.Second, "send mails", e.mailer.Send)
	e.every(ctx, 10*time.Minute, "forget filters nobody uses", e.Roster.Forget)
	e.every(ctx, time.Hour, "forget pictures nobody sent", e.Messages.Purge)
	e.work.Go(func() { e.Ledger.Read(ctx) })
	e.every(ctx, time.Second, "convert units", e.Ledger.Convert)
	e.every(ctx, 2*time.Second, "settle XP thresholds", e.Roles.SettleThresholds)
	e.every(ctx, 20*time.Second, "end periods of streaks", e.Streaks.Roll)
	e.every(ctx, time.Minute, "forget deleted streaks", e.Streaks.Purge)
	e.every(ctx, time.Minute, "warn of streaks at risk", e.Streaks.Warn)
	e.every(ctx, time.Hour, "forget old notices", e.Notices.Forget)
	e.every(ctx, time.Hour, "demote idle members", e.Ledger.Demote)
}

// every runs a piece of housekeeping now and then; its failures are logged.
func (e *Engine) every(ctx context.Context, d time.Duration, what string, fn func(context.Context) error) {
	e.work.Go(func() {
		tick := time.NewTicker(d)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if err := fn(ctx); err != nil && ctx.Err() == nil {
				e.log.WarnContext(ctx, "housekeeping failed", slog.String("what", what), slog.Any("cause", err))
			}
		}
	})
}

// Drain ends the open live streams, so that the server can shut down.
func (e *Engine) Drain() { e.hub.Close() }

// Close ends the background work and writes down what is still in memory.
func (e *Engine) Close(ctx context.Context) error {
	e.hub.Close()
	if e.stop != nil {
		e.stop()
	}
	e.work.Wait()
	if err := e.kit.FlushUsage(ctx); err != nil {
		return err
	}
	return e.Boards.Close(ctx)
}
