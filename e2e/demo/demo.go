// Package demo starts the real program, "portal demo", as a process of its own
// for browser tests.
package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	startTime = 90 * time.Second // that a demo may need until it is ready
	stopTime  = 15 * time.Second // that it may need to drain
)

// Account is someone who can sign in. ID and Email are empty for accounts
// other than the member's.
type Account struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	Email    string `json:"email"`
	ID       string `json:"id"`
}

// Demo is a running demo, in the words of its credentials file.
type Demo struct {
	URL             string  `json:"url"`     // the portal's origin
	HostURL         string  `json:"hostUrl"` // a partner's page on another origin
	CommunityID     string  `json:"communityId"`
	CommunitySlug   string  `json:"communitySlug"`
	SystemKey       string  `json:"systemKey"`
	CommunityKey    string  `json:"communityKey"` // with every permission
	UserKey         string  `json:"userKey"`
	AccessID        string  `json:"accessId"`
	AccessKey       string  `json:"accessKey"`
	SecureAuthKey   string  `json:"secureAuthKey"`
	WidgetAPIKey    string  `json:"widgetApiKey"`
	Owner           Account `json:"owner"`
	Admin           Account `json:"admin"`
	Member          Account `json:"member"`
	LeaderboardID   string  `json:"leaderboardId"`
	LeaderboardSlug string  `json:"leaderboardSlug"`
	WidgetID        string  `json:"widgetId"`
	PublicWidgetID  string  `json:"publicWidgetId"`
	ChannelID       string  `json:"channelId"` // of the open channel
	Address         string  `json:"-"`         // the portal's listener, which URL need not name
}

// Start builds the program when it has changed, runs "portal demo" with an
// empty data folder on free ports and returns once it is ready. More
// arguments, such as "--trickle=false", are passed on. When the test ends the
// process gets SIGTERM; an exit code other than 0 fails the test.
func Start(t testing.TB, args ...string) Demo {
	t.Helper()
	d, _ := StartAt(t, FreeAddress(t), args...)
	return d
}

// StartAt is Start at a given address; it also returns the credentials file,
// which another demo can stand in front of with --from.
func StartAt(t testing.TB, address string, args ...string) (Demo, string) {
	t.Helper()
	credentials := filepath.Join(t.TempDir(), "credentials.json")
	Run(t, append([]string{
		"demo", "--data", t.TempDir(), "--credentials", credentials, "--sign-in-limit", "600", // a whole suite signs in from one address
		"--addr", address, "--host-addr", FreeAddress(t),
	}, args...)...).await(t, credentials)
	d := Demo{Address: address}
	data, err := os.ReadFile(credentials)
	if err == nil {
		err = json.Unmarshal(data, &d)
	}
	if err != nil {
		t.Fatalf("credentials of the demo: %v", err)
	}
	return d, credentials
}

// Process is a running program.
type Process struct {
	cmd    *exec.Cmd
	output bytes.Buffer  // may be read once the process is done
	done   chan struct{} // closed when it has ended
	err    error         // how it ended, may be read once it is done
}

// Run runs the program with any arguments until the test ends; then it gets
// SIGTERM and has to leave with 0. Its output is shown when the test fails.
func Run(t testing.TB, args ...string) *Process {
	t.Helper()
	p := &Process{cmd: exec.CommandContext(context.WithoutCancel(t.Context()), program(t), args...), done: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("start portal: %v", err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	t.Cleanup(func() { p.stop(t) })
	return p
}

// await waits until a file is there that holds a whole JSON value.
func (p *Process) await(t testing.TB, file string) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(startTime)
	for {
		if data, err := os.ReadFile(file); err == nil && json.Valid(data) {
			return
		}
		select {
		case <-tick.C:
		case <-p.done:
			t.Fatalf("portal ended before it was ready: %v\n%s", p.err, p.output.String())
		case <-limit:
			t.Fatalf("portal was not ready after %s", startTime)
		}
	}
}

func (p *Process) stop(t testing.TB) {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // an ended process is judged below
	select {
	case <-p.done:
	case <-time.After(stopTime):
		_ = p.cmd.Process.Kill()
		<-p.done
		t.Errorf("portal did not drain within %s", stopTime)
	}
	if p.err != nil {
		t.Errorf("portal ended with %v, want 0", p.err)
	}
	if t.Failed() {
		t.Logf("portal wrote:\n%s", p.output.String())
	}
}

// FreeAddress is a loopback address with a port that nobody uses now.
func FreeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("find a free port: %v", err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// build makes the program at most once in a test binary.
var build sync.Once

func program(t testing.TB) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		t.Fatalf("find the module: %v", err)
	}
	root := strings.TrimSpace(string(out))
	path := filepath.Join(root, "bin", "portal")
	build.Do(func() {
		cmd := exec.CommandContext(t.Context(), "go", "build", "-o", path, "./cmd/portal")
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("build portal: %v\n%s", err, out)
		}
	})
	return path
}
