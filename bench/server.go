package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// server is a portal that this program has started.
type server struct {
	cmd  *exec.Cmd
	addr string
	log  *os.File
}

// freeAddr is an address on the loopback that nobody listens on.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // closed at once
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// startServer starts the program with a command line; its output goes into
// bench-server.log in the folder.
func startServer(bin, addr, folder string, args ...string) (*server, error) {
	log, err := os.OpenFile(filepath.Join(folder, "bench-server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(bin, args...) //nolint:noctx // the program to measure, ended by kill or stop
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	return &server{cmd, addr, log}, nil
}

// serveArgs is the command line of a server that nothing limits.
func serveArgs(addr, data, databaseURL string) []string {
	args := []string{"serve", "--addr", addr, "--data", data, "--rate-limit", "0", "--no-access-log"}
	if databaseURL != "" {
		args = append(args, "--database-url", databaseURL)
	}
	return args
}

// kill ends the process at once, as a power cut does to it.
func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	_ = s.log.Close()
}

// stop ends the process as an operator does.
func (s *server) stop() error {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	return errors.Join(s.cmd.Wait(), s.log.Close())
}

// accepted waits until the server accepts a connection, and tells when.
func (s *server) accepted(ctx context.Context) (time.Time, error) {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline) && ctx.Err() == nil; time.Sleep(2 * time.Millisecond) {
		c, err := net.DialTimeout("tcp", s.addr, time.Second) //nolint:noctx // bounded by its timeout
		if err == nil {
			return time.Now(), c.Close()
		}
	}
	return time.Time{}, errors.Join(ctx.Err(), fmt.Errorf("nothing listens on %s; see %s", s.addr, s.log.Name()))
}

// answers waits until a GET of the path gives 200.
func (s *server) answers(ctx context.Context, path string) error {
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline) && ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.addr+path, http.NoBody)
		if err != nil {
			return err
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			continue
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK {
			return nil
		}
	}
	return errors.Join(ctx.Err(), fmt.Errorf("%s%s does not answer; see %s", s.addr, path, s.log.Name()))
}

// resident is the process's resident memory in bytes; 0 where the system does
// not tell.
func (s *server) resident() int64 {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var kb int64
		if n, _ := fmt.Sscanf(strings.TrimSpace(lines.Text()), "VmRSS: %d kB", &kb); n == 1 {
			return kb << 10
		}
	}
	return 0
}
