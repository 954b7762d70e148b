package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"laurel/cmd/portal/product"
	"laurel/engine/event"
	"laurel/engine/rest"
)

// drainTime is how long open requests may take after SIGTERM.
const drainTime = 15 * time.Second

type serveCmd struct{}

// Run serves until the context ends.
func (serveCmd) Run(c *console) error {
	if err := c.config.check(); err != nil {
		return err
	}
	log := c.config.logger(c.stderr)
	if err := c.config.profiles(c.ctx, log); err != nil {
		return err
	}
	p, err := product.New(c.ctx, c.config.product(log))
	if err != nil {
		return err
	}
	p.Start(c.ctx)
	listener, err := listen(c.ctx, c.config.Addr)
	if err != nil {
		return errors.Join(err, p.Close(context.WithoutCancel(c.ctx)))
	}
	fmt.Fprintf(c.stdout, "Laurel %s on %s\n", version, c.config.base())
	return serve(c.ctx, log, p, p, listener)
}

// product is the configuration of the assembled program.
func (c *Config) product(log *slog.Logger) product.Config {
	limits := rest.DefaultLimits()
	limits.PerKey, limits.PerSignIn = c.RateLimit, c.SignInLimit
	if c.RateLimit == 0 {
		limits = rest.Limits{}
	}
	return product.Config{
		Data: c.Data, DatabaseURL: c.DatabaseURL, APIURL: c.APIURL, BaseURL: c.base(), TrustedProxies: c.TrustedProxies,
		Mail: event.MailConfig{SMTPURL: c.SMTPURL, From: c.MailFrom}, Limits: limits, AccessLog: c.AccessLog, Log: log, Version: version,
	}
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return l, nil
}

// serve answers requests until ctx ends, then lets open ones finish.
func serve(ctx context.Context, log *slog.Logger, p *product.Product, h http.Handler, l net.Listener) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(p.Drain)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		calm, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		err = server.Shutdown(calm)
		cancel()
	}
	return errors.Join(err, p.Close(context.WithoutCancel(ctx)))
}
