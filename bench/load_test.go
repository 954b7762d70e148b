package main

import (
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestHammerCountsAndTellsFailures serves activities, of which every fifth
// fails, and looks at what the load tells of them.
func TestHammerCountsAndTellsFailures(t *testing.T) {
	var mu sync.Mutex
	seen, twice := map[string]bool{}, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, key, _ := strings.Cut(string(body), `"idempotencyKey":`)
		mu.Lock()
		defer mu.Unlock()
		if seen[key] || r.Header.Get("Authorization") != "Bearer secret" {
			twice++
		}
		seen[key] = true
		if len(seen)%5 == 0 {
			http.Error(w, "no", http.StatusConflict)
			return
		}
		_, _ = io.WriteString(w, `{"ranks":[{"oldRank":2,"newRank":1}]}`)
	}))
	t.Cleanup(server.Close)
	host, err := hostOf(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	shots := scenarios(target{CommunityKey: "secret", Members: 10, First: 1}, host, "message")["activity"]
	got := hammer(t.Context(), plan{host: host, connections: 4, duration: 100 * time.Millisecond, shots: shots})
	mu.Lock()
	defer mu.Unlock()
	if twice > 0 {
		t.Errorf("%d keys came twice or without the credential", twice)
	}
	done := int(got.took[0].total) + got.failures
	if done == 0 || done > len(seen) || done < len(seen)-4 || got.failures != len(seen)/5 {
		t.Errorf("got %d and %d failures of %d requests", got.took[0].total, got.failures, len(seen))
	}
	if len(got.examples) == 0 || !strings.Contains(got.examples[0], "409") {
		t.Errorf("got examples %q", got.examples)
	}
}

func TestMixedPicksByWeight(t *testing.T) {
	shots := scenarios(target{Members: 1}, "h:1", "message")["mixed"]
	w := worker{p: plan{shots: shots}}
	w.turn.r = rand.New(rand.NewPCG(1, 2))
	counts := make([]int, len(shots))
	for range 10_000 {
		counts[w.pick()]++
	}
	for i, s := range shots {
		if want := s.weight * 100; counts[i] < want-300 || counts[i] > want+300 {
			t.Errorf("%s: got %d of 10,000, want about %d", s.name, counts[i], want)
		}
	}
}

func TestHostOf(t *testing.T) {
	if got, err := hostOf("http://127.0.0.1:8080"); err != nil || got != "127.0.0.1:8080" {
		t.Errorf("got %q, %v", got, err)
	}
	for _, bad := range []string{"127.0.0.1:8080", "https://h:1", "http://h", "http://h:1/path"} {
		if got, err := hostOf(bad); err == nil {
			t.Errorf("%s: got %q without an error", bad, got)
		}
	}
}
