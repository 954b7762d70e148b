package main

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

type demoCmd struct {
	Bin  string        `required:"" type:"existingfile" help:"The portal program, built as for a release."`
	Idle time.Duration `default:"15s" help:"How long to wait before the memory is read."`
}

// Run starts the demo in an empty folder, then again in the same one.
func (d demoCmd) Run(o *console) error {
	info, err := os.Stat(d.Bin)
	if err != nil {
		return err
	}
	o.say("%s: %.1f MB; load average before: %s", d.Bin, float64(info.Size())/1e6, loadAverage())
	data, err := os.MkdirTemp("", "laurel-bench-demo-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(data) }()
	for _, when := range []string{"first", "again"} {
		if err := d.once(o, data, when); err != nil {
			return err
		}
	}
	return nil
}

func (d demoCmd) once(o *console, data, when string) error {
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	hostAddr, err := freeAddr()
	if err != nil {
		return err
	}
	start := time.Now()
	s, err := startServer(d.Bin, addr, data, "demo", "--addr", addr, "--host-addr", hostAddr, "--data", data,
		"--credentials", filepath.Join(data, "credentials.json"))
	if err != nil {
		return err
	}
	if err := s.answers(o.ctx, "/readyz"); err != nil {
		return errors.Join(err, s.stop())
	}
	ready := time.Since(start)
	time.Sleep(d.Idle)
	o.say("%s start: ready after %v, %.1f MB resident after %v of idling", when, ready.Round(time.Millisecond), float64(s.resident())/1e6, d.Idle)
	return s.stop()
}
