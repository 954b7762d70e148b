package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"

	"laurel/auth"
)

// Config is every setting of the program. Each can be given as a flag or as
// PORTAL_ and the flag's name in the environment.
type Config struct {
	Addr           string   `default:"127.0.0.1:8080" help:"Address to listen on."`
	Data           string   `default:"./data" help:"Folder of the database and the deployment's key."`
	DatabaseURL    string   `help:"postgres://… to use PostgreSQL; empty means SQLite in the data folder." secret:"true"`
	RedisURL       string   `help:"Reserved for several nodes; this version runs on one." secret:"true"`
	APIURL         string   `name:"api-url" help:"Stand in front of a remote API instead of serving one."`
	BaseURL        string   `name:"base-url" help:"Public address, such as https://club.example.com; made from the listening address when empty."`
	AllowTargets   []string `help:"Hosts and CIDRs that outgoing requests may reach in spite of the guard against internal targets."`
	TrustedProxies []string `help:"CIDRs of reverse proxies whose X-Forwarded-For is believed."`
	SMTPURL        string   `name:"smtp-url" help:"smtp://user:password@host:port to send mail; empty keeps mails in the portal's outbox." secret:"true"`
	MailFrom       string   `default:"Laurel <no-reply@localhost>" help:"Sender of mails."`
	LogLevel       string   `default:"info" enum:"debug,info,warn,error" help:"Least level that is logged."`
	AccessLog      bool     `default:"true" negatable:"" help:"Log one line a request."`
	RateLimit      int      `default:"60000" help:"Requests a minute for one credential; 0 means no limit."`
	SignInLimit    int      `default:"20" help:"Sign-ins a minute from one address; 0 means no limit."`
	PprofAddr      string   `name:"pprof-addr" help:"Loopback address to serve Go profiles on; empty means none."`
}

// check refuses settings that cannot work, with the flag's name.
func (c *Config) check() error {
	if c.RedisURL != "" {
		return errors.New("--redis-url: this version runs on one node and has no use for Redis")
	}
	for _, cidr := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(cidr); err != nil {
			return fmt.Errorf("--trusted-proxies: %q is no CIDR such as 10.0.0.0/8", cidr)
		}
	}
	if c.PprofAddr != "" && !isLoopback(c.PprofAddr) {
		return fmt.Errorf("--pprof-addr: %q is not on the loopback, such as 127.0.0.1:6060", c.PprofAddr)
	}
	for name, address := range map[string]string{"--api-url": c.APIURL, "--base-url": c.BaseURL} {
		if address == "" {
			continue
		}
		if u, err := url.Parse(address); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return fmt.Errorf("%s: %q is no http or https address", name, address)
		}
	}
	return nil
}

// base is the public address without a trailing slash.
func (c *Config) base() string {
	if c.BaseURL != "" {
		return strings.TrimRight(c.BaseURL, "/")
	}
	return "http://" + browsable(c.Addr)
}

// browsable turns a listening address into one that a browser can open.
func browsable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

func (c *Config) databasePath() string { return filepath.Join(c.Data, "laurel.db") }

func (c *Config) keyPath() string { return filepath.Join(c.Data, "laurel.key") }

// logger writes JSON lines; attributes named like secrets are masked.
func (c *Config) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel))
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: auth.RedactAttr}))
}

type configCmd struct{}

// Run prints each setting with its variable; secrets are masked.
func (configCmd) Run(c *console) error {
	v := reflect.ValueOf(*c.config)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		value := fmt.Sprint(v.Field(i).Interface())
		if field.Tag.Get("secret") == "true" && value != "" {
			value = auth.Mask(value)
		}
		if _, err := fmt.Fprintf(c.stdout, "%-24s %s\n", envName(flagName(field)), value); err != nil {
			return err
		}
	}
	return nil
}

// flagName is the name kong gives the field's flag.
func flagName(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	var b strings.Builder
	for i, r := range f.Name {
		isUpper := r >= 'A' && r <= 'Z'
		if isUpper && i > 0 && (f.Name[i-1] < 'A' || f.Name[i-1] > 'Z') {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}
