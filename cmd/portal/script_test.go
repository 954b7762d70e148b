package main

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"portal": main})
}

// TestCommands runs the program as its operator does: testdata/*.txtar.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata", RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			first, second, err := twoPorts()
			env.Setenv("ADDR", first)
			env.Setenv("HOST_ADDR", second)
			env.Setenv("PORTAL_DATA", env.WorkDir+"/data")
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"await": await, "complete": complete, "same": same},
	})
}

// twoPorts are two addresses on the loopback that were free a moment ago.
func twoPorts() (first, second string, err error) {
	for _, addr := range []*string{&first, &second} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return "", "", err
		}
		defer l.Close()
		*addr = l.Addr().String()
	}
	return first, second, nil
}

// patience is how long a program may take to answer on a busy machine.
const patience = 90 * time.Second

// answers asks until the address answers with 200.
func answers(url string) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		res, err := http.Get(url)
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return true
			}
		}
	}
	return false
}

// await URL waits until a program that was just started is ready.
func await(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 || !answers(args[0]) {
		ts.Fatalf("await %s: no answer", args)
	}
}

// complete FILE KEY… fails unless each key holds something. A dot leads into
// an object.
func complete(ts *testscript.TestScript, _ bool, args []string) {
	for _, key := range args[1:] {
		if valueIn(ts, args[0], key) == "" {
			ts.Fatalf("%s has no %s", args[0], key)
		}
	}
}

// same FILE1 FILE2 KEY… fails unless the keys have the same values in both.
func same(ts *testscript.TestScript, _ bool, args []string) {
	for _, key := range args[2:] {
		if a, b := valueIn(ts, args[0], key), valueIn(ts, args[1], key); a != b {
			ts.Fatalf("%s: %q and %q", key, a, b)
		}
	}
}

func valueIn(ts *testscript.TestScript, file, key string) string {
	var at any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &at))
	for part := range strings.SplitSeq(key, ".") {
		object, _ := at.(map[string]any)
		at = object[part]
	}
	text, _ := at.(string)
	return text
}

// TestExitCodes tells wrong use (2) from a command that failed (1).
func TestExitCodes(t *testing.T) {
	none := t.TempDir()
	for _, c := range []struct {
		args string
		env  string // NAME=VALUE
		code int
		says string
	}{
		{"--help", "", 0, "Usage: portal"},
		{"version", "", 0, "0."},
		{"nonsense", "", 2, "unexpected argument"},
		{"serve --no-such-flag", "", 2, "unknown flag"},
		{"--log-level loud config", "", 2, "log-level"},
		{"user create --community x", "", 2, "missing flags"},
		{"verify --data " + none + "/nothing", "", 1, "portal:"},
		{"restore " + none + "/no-file", "", 2, "no-file"},
		{"serve --base-url nowhere --data " + none, "", 1, "--base-url"},
		{"serve --redis-url redis://x --data " + none, "", 1, "--redis-url"},
		{"serve --trusted-proxies ten --data " + none, "", 1, "--trusted-proxies"},
		{"serve --pprof-addr 0.0.0.0:1 --data " + none, "", 1, "loopback"},
		{"serve --data " + none, "PORTAL_BASE_URL=ftp://x", 1, "--base-url"},
		{"demo --fast-forward soon --data " + none, "", 1, "--fast-forward"},
		{"doctor --url http://127.0.0.1:1", "", 1, "127.0.0.1:1"},
	} {
		t.Run(c.args, func(t *testing.T) {
			name, value, _ := strings.Cut(c.env, "=")
			var out, errs strings.Builder
			code := run(t.Context(), strings.Fields(c.args), func(v string) string {
				if v == name {
					return value
				}
				return ""
			}, &out, &errs)
			if text := out.String() + errs.String(); code != c.code || !strings.Contains(text, c.says) {
				t.Errorf("got %s %s, want %d and %q", strconv.Itoa(code), text, c.code, c.says)
			}
		})
	}
	if left, err := os.ReadDir(none); err != nil || len(left) > 0 {
		t.Errorf("refused commands left %v behind, %v", left, err)
	}
}
