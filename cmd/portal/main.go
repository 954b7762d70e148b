// Command portal is the whole product in one program: the API, the partner
// portal, the member area and the widgets, with the tools to look after them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // the static binary brings its own time zones

	"github.com/alecthomas/kong"
)

// version is set by the release build.
var version = "0.1.0-dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// commands is the command line; Config holds the flags that several share.
type commands struct {
	Config  `embed:""`
	Serve   serveCmd   `cmd:"" default:"withargs" help:"Serve the product."`
	Demo    demoCmd    `cmd:"" help:"Serve the product with a living demo community."`
	Migrate migrateCmd `cmd:"" help:"Bring the database up to date and stop."`
	User    userCmd    `cmd:"" help:"Create a person, or set a password."`
	Key     keyCmd     `cmd:"" help:"Create a community key."`
	Backup  backupCmd  `cmd:"" help:"Copy the database into a file while the server runs."`
	Restore restoreCmd `cmd:"" help:"Put a backup in place of the database of a stopped server."`
	Verify  verifyCmd  `cmd:"" help:"Check that every balance is the sum of its entries."`
	Doctor  doctorCmd  `cmd:"" help:"Check configuration, database and, with --url, a running server."`
	Show    configCmd  `cmd:"" name:"config" help:"Print the configuration in force, secrets masked."`
	OpenAPI openapiCmd `cmd:"" name:"openapi" help:"Print the OpenAPI document."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// console is where a command reads and writes.
type console struct {
	ctx            context.Context
	stdout, stderr io.Writer
	config         *Config
}

// run is main without globals; it returns the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	var c commands
	exit := -1
	parser, err := kong.New(&c, kong.Name("portal"), kong.Description("Laurel: loyalty and gamification, self-hosted."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }), kong.Resolvers(environment(getenv)), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(stderr, "portal:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintln(stderr, "portal:", err)
		return 2
	}
	err = parsed.Run(&console{ctx, stdout, stderr, &c.Config})
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(stderr, "portal:", err)
		return 1
	}
	return 0
}

// environment reads a flag's default from PORTAL_ and the flag's name.
func environment(getenv func(string) string) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if v := getenv(envName(flag.Name)); v != "" {
			return v, nil
		}
		return nil, nil //nolint:nilnil // kong's way to say "not set"
	})
}

func envName(flag string) string {
	return "PORTAL_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(c *console) error {
	_, err := fmt.Fprintln(c.stdout, version)
	return err
}
