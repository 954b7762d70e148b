package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
)

type killCmd struct {
	Bin         string        `required:"" type:"existingfile" help:"The portal program."`
	Data        string        `required:"" type:"existingdir" help:"Folder that prepare has filled."`
	DatabaseURL string        `name:"database-url" help:"postgres://… where the members are there."`
	File        string        `help:"What prepare has written; bench.json in the data folder when empty."`
	Rounds      int           `default:"5" help:"How often to kill."`
	Load        time.Duration `default:"4s" help:"Longest load before a kill; each round takes at least a second."`
	Connections int           `default:"32" help:"Connections at once."`
	Quiet       time.Duration `default:"2s" help:"How long ranks are asked for once all are exact."`
}

// Run kills and starts again, round by round. A wrong rank, a lost or a
// doubled award is an error.
func (k killCmd) Run(o *console) error {
	if k.File == "" {
		k.File = k.Data + "/bench.json"
	}
	t, err := loadTarget(k.File)
	if err != nil {
		return err
	}
	o.say("load average before: %s", loadAverage())
	bad := 0
	for round := range k.Rounds {
		v, err := k.round(o, t, round+1)
		if err != nil {
			return fmt.Errorf("round %d: %w", round+1, err)
		}
		o.say("round %d: %v", round+1, v)
		bad += v.faults()
	}
	if bad > 0 {
		return fmt.Errorf("%d faults", bad)
	}
	return nil
}

// verdict is what a round found.
type verdict struct {
	acked     int
	open      int // sent, and killed before the reply
	kept      int // of those, in the ledger all the same
	lost      int // acknowledged, and not in the ledger
	altered   int // in the ledger otherwise than acknowledged
	doubled   int // more than once in the ledger
	uneven    int // balances that are not the sum of their entries
	asked     int // ranks asked for after the restart
	wrong     int // ranks that were not exact
	refused   int // answers "not yet"
	failed    int // other answers
	listening time.Duration
	exact     time.Duration // from the first accepted connection
	example   string
}

func (v verdict) faults() int {
	return v.lost + v.altered + v.doubled + v.uneven + v.wrong + v.failed
}

// String is the round in one line.
func (v verdict) String() string {
	s := fmt.Sprintf("%d awards acknowledged, %d open (%d kept); lost %d, altered %d, doubled %d, uneven balances %d; "+
		"listening after %v, exact %v later; of %d ranks asked for %d wrong, %d not yet, %d failed",
		v.acked, v.open, v.kept, v.lost, v.altered, v.doubled, v.uneven,
		v.listening.Round(time.Millisecond), v.exact.Round(time.Millisecond), v.asked, v.wrong, v.refused, v.failed)
	if v.example != "" {
		s += "; for example " + v.example
	}
	return s
}

func (k killCmd) start() (*server, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	return startServer(k.Bin, addr, k.Data, serveArgs(addr, k.Data, k.DatabaseURL)...)
}

func (k killCmd) round(o *console, t target, n int) (v verdict, err error) {
	s, err := k.start()
	if err != nil {
		return v, err
	}
	if _, err := s.accepted(o.ctx); err != nil {
		s.kill()
		return v, err
	}
	if err := awake(o.ctx, t, s.addr); err != nil {
		s.kill()
		return v, err
	}
	time.AfterFunc(time.Second+rand.N(max(k.Load-time.Second, 1)), func() { _ = s.cmd.Process.Kill() }) //nolint:gosec // chance, not a secret
	prefix := "kill-" + strconv.FormatInt(time.Now().UnixNano(), 36) + "-" + strconv.Itoa(n) + "-"
	sent := award(s.addr, t, prefix, k.Connections)
	s.kill()
	want, err := k.inspect(o, t, prefix, sent, &v)
	if err != nil {
		return v, err
	}
	begun := time.Now()
	if s, err = k.start(); err != nil {
		return v, err
	}
	opened, err := s.accepted(o.ctx)
	if err == nil {
		v.listening = opened.Sub(begun)
		w := watch{t: t, addr: s.addr, want: want, v: &v}
		v.exact, err = w.run(o.ctx, opened, k.Quiet)
	}
	if err == nil {
		err = k.again(o, t, s, sent, &v)
	}
	if err = errors.Join(err, s.stop()); err != nil {
		return v, err
	}
	return v, k.settled(o, t, prefix, sent, &v)
}

// inspect compares what the dead server acknowledged with what it left.
func (k killCmd) inspect(o *console, t target, prefix string, sent *record, v *verdict) (map[int64]int, error) {
	d, done, err := look(o.ctx, k.Data, k.DatabaseURL)
	if err != nil {
		return nil, err
	}
	defer done()
	found, err := readKeys(o.ctx, d.Read(), t.CommunityID, prefix)
	if err != nil {
		return nil, err
	}
	compare(sent, found, v)
	s, err := readState(o.ctx, d.Read(), t.CommunityID)
	return s.ranks, err
}

// again repeats what was sent: the open requests, and some that were answered.
// The answers do not matter here, the ledger afterwards does.
func (k killCmd) again(o *console, t target, s *server, sent *record, v *verdict) error {
	c := newConn(s.addr)
	defer c.close()
	m := mold{s.addr, t.CommunityKey}
	for key, e := range sent.sample(200) {
		status, body, err := c.do(m.post(nil, "/v1/activities", awardBody(nil, e.member, key)))
		if err != nil {
			return err
		}
		if got := int64(number(body, `"xp":`)); status != 200 || (e.xp > 0 && got != e.xp) {
			v.altered++
			v.example = fmt.Sprintf("%s repeated: %d %.200s", key, status, body)
		}
	}
	return o.ctx.Err()
}

// settled looks at the books once everything was sent again.
func (k killCmd) settled(o *console, t target, prefix string, sent *record, v *verdict) error {
	d, done, err := look(o.ctx, k.Data, k.DatabaseURL)
	if err != nil {
		return err
	}
	defer done()
	found, err := readKeys(o.ctx, d.Read(), t.CommunityID, prefix)
	if err != nil {
		return err
	}
	kept := v.kept
	compare(sent, found, v)
	v.kept = kept
	for key := range sent.open {
		if found[key].times == 0 {
			v.lost++
			v.example = key + " was sent again and is not in the ledger"
		}
	}
	v.uneven, err = uneven(o.ctx, d.Read(), t.CommunityID)
	return err
}

// compare counts what is wrong with the rows of a round's keys.
func compare(sent *record, found map[string]entry, v *verdict) {
	v.acked, v.open, v.kept = len(sent.acked), len(sent.open), 0
	for key, want := range sent.acked {
		got := found[key]
		switch {
		case got.times == 0:
			v.lost++
			v.example = key + " is not in the ledger"
		case got.member != want.member || got.xp != want.xp:
			v.altered++
			v.example = fmt.Sprintf("%s: acknowledged %+v, in the ledger %+v", key, want, got)
		}
	}
	for key, got := range found {
		if got.times > 1 {
			v.doubled++
			v.example = key + " is in the ledger twice"
		}
		if _, isOpen := sent.open[key]; isOpen {
			v.kept++
		}
	}
}
