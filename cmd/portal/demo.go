package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"laurel/cmd/portal/demo"
	"laurel/cmd/portal/product"
)

type demoCmd struct {
	HostAddr    string `help:"Address of the partner's site on another origin; the next port when empty."`
	Trickle     bool   `default:"true" negatable:"" help:"Let members go on living while the demo runs."`
	FastForward string `help:"Live through more days at once, such as 30d."`
	From        string `help:"With --api-url: the credentials file that the demo behind that address wrote."`
	Credentials string `help:"File to write the addresses and sign-ins to, as JSON, once the demo is ready."`
}

// Run prepares the demo and serves it until the context ends.
func (d demoCmd) Run(c *console) error {
	if err := c.config.check(); err != nil {
		return err
	}
	days, err := parseDays(d.FastForward)
	if err != nil {
		return err
	}
	portal, err := listen(c.ctx, c.config.Addr)
	if err != nil {
		return err
	}
	c.config.Addr = portal.Addr().String()
	hostAddr, err := d.hostAddr(c.config.Addr)
	if err != nil {
		return err
	}
	host, err := listen(c.ctx, hostAddr)
	if err != nil {
		return err
	}
	return d.run(c, portal, host, days)
}

// hostAddr is the partner's site's address: the next port unless given.
func (d demoCmd) hostAddr(portal string) (string, error) {
	if d.HostAddr != "" {
		return d.HostAddr, nil
	}
	name, port, err := net.SplitHostPort(portal)
	if err != nil {
		return "", err
	}
	n, err := strconv.Atoi(port)
	return net.JoinHostPort(name, strconv.Itoa(n+1)), err
}

func (d demoCmd) run(c *console, portal, host net.Listener, days int) error {
	log := c.quiet()
	hostURL := "http://" + browsable(host.Addr().String())
	config := c.config.product(log)
	config.HostURL = hostURL
	p, err := product.New(c.ctx, config)
	if err != nil {
		return err
	}
	p.Start(c.ctx)
	made, err := d.prepare(c, p, hostURL, days, log)
	if err != nil {
		return errors.Join(err, p.Close(context.WithoutCancel(c.ctx)))
	}
	stopHost := serveHost(host, demo.Host(made, p.Client, log))
	defer stopHost()
	c.greet(made)
	if d.Credentials != "" {
		if err := made.Save(d.Credentials); err != nil {
			return errors.Join(err, p.Close(context.WithoutCancel(c.ctx)))
		}
	}
	return serve(c.ctx, log, p, p, portal)
}

// prepare makes the community, or takes up the one behind a remote API.
func (d demoCmd) prepare(c *console, p *product.Product, hostURL string, days int, log *slog.Logger) (demo.Credentials, error) {
	if p.Engine == nil {
		return d.adopt(c, p, hostURL, days)
	}
	cfg := demo.Config{Engine: p.Engine, Data: c.config.Data, URL: c.config.base(), HostURL: hostURL, Now: time.Now(), Log: log}
	made, err := demo.Prepare(c.ctx, cfg)
	if err == nil && days > 0 {
		err = made.FastForward(c.ctx, cfg, days)
	}
	if err == nil && d.Trickle {
		err = made.Trickle(c.ctx)
	}
	if err != nil {
		return demo.Credentials{}, err
	}
	return made.Credentials, nil
}

// adopt shows a demo that another process lives: members go on living there.
func (d demoCmd) adopt(c *console, p *product.Product, hostURL string, days int) (demo.Credentials, error) {
	if d.From == "" {
		return demo.Credentials{}, errors.New("demo in front of a remote API makes no community: name the credentials file of the demo behind it with --from")
	}
	if days > 0 {
		return demo.Credentials{}, errors.New("--fast-forward works where the community lives, not in front of a remote API")
	}
	cred, err := demo.Load(d.From)
	if err != nil {
		return cred, fmt.Errorf("--from: %w", err)
	}
	return demo.Adopt(c.ctx, cred, p.Client, c.config.base(), hostURL)
}

// quiet logs warnings only, unless asked for more: the demo's screen belongs
// to the greeting.
func (c *console) quiet() *slog.Logger {
	config := *c.config
	if config.LogLevel == "info" {
		config.LogLevel = "warn"
	}
	return config.logger(c.stderr)
}

func serveHost(l net.Listener, h http.Handler) func() {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(l) }()
	return func() { _ = server.Close() }
}

const greeting = `
  Laurel is running with the community "Northwind Traders".

  Portal and member area   %s
  A partner's site         %s   (another origin, with the widgets in it)
  API reference            %s/docs

  Sign in as   owner    %s / %s
               admin    %s / %s
               member   %s / %s

  Record an activity and watch the widget move:
    curl -s %s/v1/activities -H 'Authorization: Bearer %s' \
      -H 'Content-Type: application/json' -d '{"user":"%s","action":"analysis"}'

`

func (c *console) greet(d demo.Credentials) {
	fmt.Fprintf(c.stdout, greeting, d.URL, d.HostURL, d.URL, d.Owner.Login, d.Owner.Password, d.Admin.Login, d.Admin.Password,
		d.Member.Login, d.Member.Password, d.URL, d.CommunityKey, d.Member.Login)
}

// parseDays reads a number of days such as 30d; empty is 0.
func parseDays(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(strings.TrimSuffix(s, "d"))
	if err != nil || n < 1 || n > 365 || !strings.HasSuffix(s, "d") {
		return 0, fmt.Errorf("--fast-forward: %q is not a number of days from 1d to 365d", s)
	}
	return n, nil
}
