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
	cmd   *exec.Cmd
	base  string
	key   string // community key
	token string // olga's
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
	return s.post("POST", "/v1/activities", s.key, "", map[string]any{"user": "olga", "action": "refer", "idempotencyKey": key})
}

// spin spins the wheel for olga and gives the spin's id; empty when no reply came.
func (s *server) spin(key string) (id, status string) {
	return s.post("POST", "/v1/me/wheel/spin", s.token, key, map[string]any{})
}

// buy buys a mug for olga and gives the order's id; empty when no reply came.
func (s *server) buy(key string) (id, status string) {
	return s.post("POST", "/v1/me/store/purchases", s.token, key, map[string]any{"productId": "mug"})
}

// post sends a body and gives the id and status of the reply's data.
func (s *server) post(method, path, credential, once string, in any) (id, status string) {
	body, _ := json.Marshal(in)
	req, err := http.NewRequest(method, s.base+path, bytes.NewReader(body))
	if err != nil {
		return "", err.Error()
	}
	if credential != "" {
		req.Header.Set("Authorization", "Bearer "+credential)
	}
	req.Header.Set("Content-Type", "application/json")
	if once != "" {
		req.Header.Set("Idempotency-Key", once)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err.Error()
	}
	defer res.Body.Close()
	var reply struct {
		Data struct {
			ID     string `json:"_id"`
			Order  string `json:"orderId"`
			Status string `json:"status"`
			Token  string `json:"token"`
		} `json:"data"`
	}
	if res.StatusCode >= http.StatusMultipleChoices || json.NewDecoder(res.Body).Decode(&reply) != nil {
		return "", res.Status
	}
	return reply.Data.ID + reply.Data.Order, reply.Data.Status + reply.Data.Token
}

// openWheel signs olga in, opens a wheel and gives her spins enough.
func (s *server) openWheel(t *testing.T) (token string) {
	t.Helper()
	_, token = s.post("POST", "/v1/auth/login", "", "", map[string]any{"communityId": "club", "login": "olga", "password": "quiet-lantern-4821"})
	if !strings.Contains(token, ".") {
		t.Fatalf("olga was not let in: %s", token)
	}
	segments := []map[string]any{{"label": "3 coins", "type": "coins", "amount": 3, "weight": 1}, {"label": "Nothing", "type": "nothing", "weight": 1}}
	s.post("PUT", "/v1/mini-games/wheel", s.key, "", map[string]any{"isEnabled": true, "segments": segments})
	if _, failed := s.post("PUT", "/v1/mini-games/wheel/users/olga", s.key, "", map[string]any{"spins": map[string]any{"op": "overwrite", "value": granted}}); failed != "" {
		t.Fatalf("spins were not granted: %s", failed)
	}
	s.openStore(t, token)
	return token
}

// openStore puts mugs on sale, and gives olga the coins for them.
func (s *server) openStore(t *testing.T, token string) {
	t.Helper()
	s.post("PUT", "/v1/stores", s.key, "", map[string]any{"enabled": true, "title": "Store", "description": "", "cover": map[string]any{}, "currency": map[string]any{"isEnabled": false}, "widget": map[string]any{"isEnabled": false}})
	if _, failed := s.post("POST", "/v1/products", s.key, "", map[string]any{"name": "Mug", "price": 2, "stocks": granted}); failed != "" {
		t.Fatalf("no mugs: %s", failed)
	}
	if _, got := s.post("POST", "/v1/users/olga/wallet", token, "", map[string]any{"unit": "coins", "op": "add", "amount": 2 * granted, "reason": "Mugs"}); got != "awarded" {
		t.Fatalf("no coins: %s", got)
	}
}

// granted is how many mugs there are, and how many spins olga begins with.
const granted = 100_000

// load awards, spins and buys from ten connections and kills the server after some
// acknowledged awards. It returns what was acknowledged, awards by key, and how
// many were tried.
func (s *server) load(t *testing.T, round, enough int) (acked map[string]string, spins, orders []string, sent int64) {
	t.Helper()
	acked = map[string]string{}
	var mu sync.Mutex
	var tried atomic.Int64
	var all sync.WaitGroup
	each := func(worker int, do func(key string) (string, string), note func(key, id string)) {
		for n := 0; ; n++ {
			key := fmt.Sprintf("k-%d-%d-%d", round, worker, n)
			tried.Add(1)
			id, _ := do(key)
			if id == "" {
				return
			}
			mu.Lock()
			note(key, id)
			mu.Unlock()
		}
	}
	for worker := range 4 {
		all.Go(func() {
			each(worker, s.award, func(key, id string) {
				if acked[key] = id; len(acked) == enough {
					_ = s.cmd.Process.Kill()
				}
			})
		})
		all.Go(func() { each(worker+4, s.spin, func(_, id string) { spins = append(spins, id) }) })
	}
	for worker := range 2 {
		all.Go(func() { each(worker+8, s.buy, func(_, id string) { orders = append(orders, id) }) })
	}
	all.Wait()
	_ = s.cmd.Wait()
	return acked, spins, orders, tried.Load()
}

// TestKilledServerKeepsWhatItAcknowledged kills the server under load, three
// times: what it acknowledged is there, nothing is there twice, the books balance.
func TestKilledServerKeepsWhatItAcknowledged(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	command(t, "quiet-lantern-4821\n", "user", "create", "--data", data, "--community", "club", "--new-community", "The Club", "--username", "olga", "--email", "olga@example.com")
	key := strings.TrimSpace(command(t, "", "key", "--data", data, "--community", "club"))
	acked, spins, orders, sent, token := map[string]string{}, []string{}, []string{}, int64(0), ""
	for round := range 3 {
		s := start(t, data, key)
		if round == 0 {
			token = s.openWheel(t)
		}
		s.token = token
		got, spun, bought, n := s.load(t, round, 200)
		spins, orders = append(spins, spun...), append(orders, bought...)
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
	counted(t, data, int64(len(acked)), sent, spins)
	sold(t, data, orders)
}

// sold compares orders, payments and stock with what was acknowledged.
func sold(t *testing.T, data string, orders []string) {
	t.Helper()
	d, err := db.Open(t.Context(), db.Config{Path: filepath.Join(data, "laurel.db"), Tool: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var made, paid, spent, left, counted int64
	err = d.Read().QueryRow(t.Context(), `SELECT (SELECT count(*) FROM purchases), (SELECT count(DISTINCT reference) FROM ledger WHERE action = 'purchase' AND source = 'store'),
		(SELECT -SUM(coins) FROM ledger WHERE action = 'purchase' AND source = 'store'), (SELECT stock FROM products), (SELECT orders FROM products)`).Scan(&made, &paid, &spent, &left, &counted)
	if err != nil || made != paid || spent != 2*made || made+left != granted || counted != made || made < int64(len(orders)) || len(orders) == 0 {
		t.Errorf("got %d orders, %d paid with %d coins, %d left of %d, %v; acknowledged %d", made, paid, spent, left, granted, err, len(orders))
	}
	for _, id := range orders {
		var there int
		if err := d.Read().QueryRow(t.Context(), `SELECT count(*) FROM purchases WHERE order_id = $1`, id).Scan(&there); err != nil || there != 1 {
			t.Fatalf("order %s was acknowledged and is there %d times: %v", id, there, err)
		}
	}
}

// counted compares the ledger and the spins with what was acknowledged and sent.
func counted(t *testing.T, data string, acked, sent int64, spins []string) {
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
	var spun, paid, left int64
	err = d.Read().QueryRow(t.Context(), `SELECT (SELECT count(*) FROM wheel_spins), (SELECT count(DISTINCT reference) FROM ledger WHERE action = 'wheel'), (SELECT spins FROM wheel_members)`).Scan(&spun, &paid, &left)
	if err != nil || spun != paid || spun+left != granted || spun < int64(len(spins)) || len(spins) == 0 {
		t.Errorf("got %d spins, %d paid, %d left of %d, %v; acknowledged %d", spun, paid, left, granted, err, len(spins))
	}
	for _, id := range spins {
		var there int
		if err := d.Read().QueryRow(t.Context(), `SELECT count(*) FROM wheel_spins WHERE id = $1`, id).Scan(&there); err != nil || there != 1 {
			t.Fatalf("spin %s was acknowledged and is there %d times: %v", id, there, err)
		}
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
