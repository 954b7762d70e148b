package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

type runCmd struct {
	URL         string        `required:"" help:"Address of the server, such as http://127.0.0.1:8080. Start it with --rate-limit 0."`
	File        string        `required:"" type:"existingfile" help:"What prepare has written."`
	Scenario    []string      `default:"activity,batch,around,top,widget,mixed" help:"Any of activity, batch, around, top, widget, mixed; one after another."`
	Action      string        `default:"message" help:"Action of the activities."`
	Connections int           `default:"32" help:"Connections at once."`
	Duration    time.Duration `default:"15s" help:"How long to measure each."`
	Warmup      time.Duration `default:"3s" help:"How long to run before."`
}

// Run measures each scenario and prints a line for each kind of request. Any
// failed request is an error.
func (c runCmd) Run(o *console) error {
	t, err := loadTarget(c.File)
	if err != nil {
		return err
	}
	host, err := hostOf(c.URL)
	if err != nil {
		return err
	}
	if err := awake(o.ctx, t, host); err != nil {
		return err
	}
	all := scenarios(t, host, c.Action)
	failures := 0
	for _, name := range c.Scenario {
		shots, ok := all[name]
		if !ok {
			return fmt.Errorf("--scenario: there is no %q", name)
		}
		before := loadAverage()
		got := hammer(o.ctx, plan{host: host, connections: c.Connections, warmup: c.Warmup, duration: c.Duration, shots: shots})
		if o.ctx.Err() != nil {
			return o.ctx.Err()
		}
		o.say("%s: %d connections, %v, load average before %s", name, c.Connections, c.Duration, before)
		got.print(o, shots)
		failures += got.failures
	}
	if failures > 0 {
		return fmt.Errorf("%d requests failed", failures)
	}
	return nil
}

// awake waits until the server knows ranks: right after a start it loads them.
func awake(ctx context.Context, t target, host string) error {
	c := newConn(host)
	defer c.close()
	ask := mold{host, t.CommunityKey}.get("/v1/leaderboards/" + t.BoardID + "/entries?limit=1")
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		status, body, err := c.do(ask)
		if err == nil && status == http.StatusOK {
			return nil
		}
		if ctx.Err() != nil || time.Now().After(deadline) || (err == nil && status != http.StatusServiceUnavailable) {
			return errors.Join(ctx.Err(), err, fmt.Errorf("the board does not answer: status %d: %.200s", status, body))
		}
	}
}

func (t *tally) print(o *console, shots []shot) {
	for i, s := range shots {
		h := &t.took[i]
		rate := float64(h.total) / t.duration.Seconds()
		line := fmt.Sprintf("  %-9s %8.0f requests/s", s.name, rate)
		if s.units > 1 {
			line += fmt.Sprintf(" (%.0f awards/s)", rate*float64(s.units))
		}
		o.say("%s   p50 %s  p90 %s  p99 %s  max %s", line, ms(h.quantile(0.5)), ms(h.quantile(0.9)), ms(h.quantile(0.99)), ms(h.worst))
	}
	if t.unpaid > 0 {
		o.say("  %d activities were recorded without points: the action's cooldown", t.unpaid)
	}
	if t.failures > 0 {
		o.say("  %d FAILED: %s", t.failures, strings.Join(t.examples, "; "))
	}
}

// ms writes a duration in milliseconds.
func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

// loadAverage is the machine's load over the last minute; ? where it is not told.
func loadAverage() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "?"
	}
	one, _, _ := strings.Cut(string(raw), " ")
	return one
}
