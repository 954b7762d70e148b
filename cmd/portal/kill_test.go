package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"laurel/engine/db"
)

// server is the program as a process of its own.
type server struct {
	cmd  *exec.Cmd
	base string
	key  string // community key
}

// start runs the program on the data folder and waits until it is ready.
func start(t *testing.T, data, key string) *server {
	t.Helper()
	addr, _, err := twoPorts()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: exec.Command("portal", "serve", "--addr", addr, "--data", data, "--rate-limit", "0", "--no-access-log"), base: "http://" + addr, key: key}
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	if !answers(s.base + "/readyz") {
		t.Fatal("the server is not ready")
	}
	return s
}

// award records an activity under the key and gives the id of its entry;
// empty when no reply came.
func (s *server) award(key string) (id, status string) {
	body, _ := json.Marshal(map[string]string{"user": "olga", "action": "refer", "idempotencyKey": key})
	req, err := http.NewRequest(http.MethodPost, s.base+"/v1/activities", bytes.NewReader(body))
	if err != nil {
		return "", err.Error()
	}
	req.Header.Set("Authorization", "Bearer "+s.key)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err.Error()
	}
	defer res.Body.Close()
	var reply struct {
		Data struct {
			ID     string `json:"_id"`
			Status string `json:"status"`
		} `json:"data"`
	}
	if res.StatusCode != http.StatusOK || json.NewDecoder(res.Body).Decode(&reply) != nil {
		return "", res.Status
	}
	return reply.Data.ID, reply.Data.Status
}

// load awards from eight connections and kills the server after some
// acknowledgements. It returns what was acknowledged, by key, and all keys.
func (s *server) load(t *testing.T, round, enough int) (acked map[string]string, sent int64) {
	t.Helper()
	acked = map[string]string{}
	var mu sync.Mutex
	var tried atomic.Int64
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for n := 0; ; n++ {
				key := fmt.Sprintf("k-%d-%d-%d", round, worker, n)
				tried.Add(1)
				id, _ := s.award(key)
				if id == "" {
					return
				}
				mu.Lock()
				acked[key] = id
				if len(acked) == enough {
					_ = s.cmd.Process.Kill()
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	_ = s.cmd.Wait()
	return acked, tried.Load()
}

// TestKilledServerKeepsWhatItAcknowledged kills the server under load, three
// times: what it acknowledged is there, nothing is there twice, the books balance.
func TestKilledServerKeepsWhatItAcknowledged(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	command(t, "quiet-lantern-4821\n", "user", "create", "--data", data, "--community", "club", "--new-community", "The Club", "--username", "olga", "--email", "olga@example.com")
	key := strings.TrimSpace(command(t, "", "key", "--data", data, "--community", "club"))
	acked, sent := map[string]string{}, int64(0)
	for round := range 3 {
		s := start(t, data, key)
		got, n := s.load(t, round, 200)
		if len(got) < 200 {
			t.Fatalf("round %d: only %d acknowledged", round, len(got))
		}
		sent += n
		for k, id := range got {
			acked[k] = id
		}
	}
	s := start(t, data, key)
	for k, id := range acked {
		if again, status := s.award(k); again != id {
			t.Errorf("%s: got %s %s, want %s", k, again, status, id)
		}
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("SIGTERM: %v, want exit code 0", err)
	}
	if out := command(t, "", "verify", "--data", data); !strings.Contains(out, " 0 faults") {
		t.Errorf("verify: %s", out)
	}
	counted(t, data, int64(len(acked)), sent)
}

// counted compares the ledger with what was acknowledged and sent.
func counted(t *testing.T, data string, acked, sent int64) {
	t.Helper()
	d, err := db.Open(t.Context(), db.Config{Path: filepath.Join(data, "laurel.db"), Tool: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var rows, keys int64
	err = d.Read().QueryRow(t.Context(), `SELECT count(*), count(DISTINCT reference) FROM ledger WHERE action = 'refer'`).Scan(&rows, &keys)
	if err != nil || rows != keys || rows < acked || rows > sent {
		t.Errorf("got %d entries under %d keys, %v; acknowledged %d of %d sent", rows, keys, err, acked, sent)
	}
}

func command(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.Command("portal", args...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("portal %s: %v", args, err)
	}
	return string(out)
}
