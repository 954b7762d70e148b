package embed_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/apiclient"
	"laurel/handlers/embed"
)

const base = "https://laurel.example"

// site is the pages over a fake API, in a bubble of virtual time.
type site struct {
	t     *testing.T
	api   *fake
	embed *embed.Embed
	echo  *echo.Echo
}

// inBubble runs a test in virtual time and ends what it left running.
func inBubble(t *testing.T, test func(t *testing.T, s *site)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t)
		defer s.embed.Drain()
		test(t, s)
	})
}

func newSite(t *testing.T) *site {
	s := &site{t: t, api: newFake(), echo: echo.New()}
	s.embed = embed.New(embed.Config{Client: apiclient.InProcess(s.api), BaseURL: base})
	s.echo.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error { // what a careless outer layer might add
			c.Response().Header().Set("X-Frame-Options", "SAMEORIGIN")
			return next(c)
		}
	})
	s.embed.Routes(s.echo)
	return s
}

// get asks for an address with header pairs and reads the whole reply.
func (s *site) get(address string, header ...string) (*http.Response, string) {
	s.t.Helper()
	return s.send(http.MethodGet, address, header...)
}

func (s *site) send(method, address string, header ...string) (*http.Response, string) {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.echo.ServeHTTP(w, ask(s.t.Context(), method, address, header))
	synctest.Wait()
	res := w.Result()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res, string(body)
}

func ask(ctx context.Context, method, address string, header []string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// want checks a status and words in the body; a word after ! must not be there.
func want(t *testing.T, res *http.Response, body string, status int, words ...string) {
	t.Helper()
	if res.StatusCode != status {
		t.Errorf("status: got %d, want %d", res.StatusCode, status)
	}
	for _, word := range words {
		if not, ok := strings.CutPrefix(word, "!"); ok {
			if strings.Contains(body, not) {
				t.Errorf("body holds %q: %.600s", not, body)
			}
		} else if !strings.Contains(body, word) {
			t.Errorf("body lacks %q: %.600s", word, body)
		}
	}
}

// live opens a stream.
func (s *site) live(address string, header ...string) *listener {
	ctx, cancel := context.WithCancel(s.t.Context())
	r, w := io.Pipe()
	l := &listener{header: http.Header{}, pipe: w, cancel: cancel, done: make(chan struct{})}
	go func() {
		s.echo.ServeHTTP(l, ask(ctx, http.MethodGet, address, header))
		close(l.done)
		w.Close()
	}()
	go l.read(r)
	synctest.Wait()
	return l
}

// listener takes a stream as a browser does.
type listener struct {
	header http.Header
	status int
	pipe   *io.PipeWriter
	cancel context.CancelFunc
	done   chan struct{}
	mu     sync.Mutex
	blocks []string
}

func (l *listener) Header() http.Header         { return l.header }
func (l *listener) WriteHeader(status int)      { l.status = status }
func (l *listener) Write(b []byte) (int, error) { return l.pipe.Write(b) }
func (l *listener) Flush()                      {}

func (l *listener) read(r io.Reader) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	block := ""
	for lines.Scan() {
		if lines.Text() != "" {
			block += lines.Text() + "\n"
			continue
		}
		l.mu.Lock()
		l.blocks = append(l.blocks, block)
		l.mu.Unlock()
		block = ""
	}
}

// take gives what came since the last call.
func (l *listener) take() []string {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	out := l.blocks
	l.blocks = nil
	return out
}

// events is take without comments.
func (l *listener) events() []string {
	var out []string
	for _, b := range l.take() {
		if !strings.HasPrefix(b, ":") {
			out = append(out, b)
		}
	}
	return out
}

func (l *listener) isOver() bool {
	synctest.Wait()
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}

func pass(d time.Duration) {
	time.Sleep(d) // virtual
	synctest.Wait()
}
