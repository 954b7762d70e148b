package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serveHello(tb testing.TB) *httptest.Server {
	tb.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"hello":"world"}`) })
	mux.HandleFunc("GET /long", func(w http.ResponseWriter, _ *http.Request) {
		for range 100 {
			_, _ = io.WriteString(w, strings.Repeat("x", 1000))
			_ = http.NewResponseController(w).Flush()
		}
	})
	mux.HandleFunc("POST /echo", func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) })
	mux.HandleFunc("GET /last", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		w.WriteHeader(http.StatusTeapot)
	})
	server := httptest.NewServer(mux)
	tb.Cleanup(server.Close)
	return server
}

func TestConnReadsReplies(t *testing.T) {
	server := serveHello(t)
	c := newConn(server.Listener.Addr().String())
	defer c.close()
	m := mold{host: c.addr, key: "k"}
	for _, test := range []struct {
		name    string
		request []byte
		status  int
		body    string
	}{
		{"length", m.get("/hello"), 200, `{"hello":"world"}`},
		{"chunks", m.get("/long"), 200, strings.Repeat("x", 100_000)},
		{"body", m.post(nil, "/echo", []byte(`{"a":1}`)), 200, `{"a":1}`},
		{"missing", m.get("/nothing"), 404, "404 page not found\n"},
		{"closing", m.get("/last"), 418, ""},
		{"after closing", m.get("/hello"), 200, `{"hello":"world"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, body, err := c.do(test.request)
			if err != nil || status != test.status || string(body) != test.body {
				t.Errorf("got %d, %d bytes, %v; want %d, %d bytes", status, len(body), err, test.status, len(test.body))
			}
		})
	}
}

func TestConnSaysWhenTheServerIsGone(t *testing.T) {
	server := serveHello(t)
	c := newConn(server.Listener.Addr().String())
	m := mold{host: c.addr}
	if _, _, err := c.do(m.get("/hello")); err != nil {
		t.Fatal(err)
	}
	server.CloseClientConnections()
	server.Close()
	if _, _, err := c.do(m.get("/hello")); err == nil {
		t.Error("got no error from a closed connection")
	}
}

// BenchmarkClient compares the client with net/http's, on the same server:
// what it saves is left to the server when both share the machine.
func BenchmarkClient(b *testing.B) {
	server := serveHello(b)
	b.Run("own", func(b *testing.B) {
		b.SetParallelism(16)
		b.RunParallel(func(p *testing.PB) {
			c := newConn(server.Listener.Addr().String())
			defer c.close()
			request := mold{host: c.addr}.get("/hello")
			for p.Next() {
				if status, _, err := c.do(request); err != nil || status != 200 {
					b.Error(status, err)
				}
			}
		})
	})
	b.Run("net-http", func(b *testing.B) {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}
		b.SetParallelism(16)
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				res, err := client.Get(server.URL + "/hello")
				if err != nil {
					b.Error(err)
					continue
				}
				_, _ = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close()
			}
		})
	})
}
