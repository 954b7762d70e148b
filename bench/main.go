// Command bench measures a running Laurel from a second process: throughput
// and latency under load, what a kill -9 leaves behind, how soon an open
// widget hears of an award, and how large and how fast to start the program
// is. BENCHMARKS.md says what to run and what came out.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// commands is the command line.
type commands struct {
	Prepare prepareCmd `cmd:"" help:"Make a large community to measure with."`
	Run     runCmd     `cmd:"" help:"Put load on a running server and report rates and latencies."`
	Kill    killCmd    `cmd:"" help:"Kill a server under load, start it again, and look for wrong ranks and lost awards."`
	Live    liveCmd    `cmd:"" help:"Measure how soon an open widget hears of an award."`
	Page    pageCmd    `cmd:"" help:"Weigh the public widget's page with everything that it loads."`
	Demo    demoCmd    `cmd:"" help:"Measure the program's size, its memory, and how fast the demo starts."`
}

// console is where a command writes.
type console struct {
	ctx context.Context
	out io.Writer
}

func (c *console) say(format string, args ...any) { fmt.Fprintf(c.out, format+"\n", args...) }

// run is main without globals.
func run(ctx context.Context, args []string, out io.Writer) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("bench"), kong.Description("Measures Laurel from outside."), kong.UsageOnError())
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return err
	}
	return parsed.Run(&console{ctx, out})
}
