package event_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/event"
)

// server is an SMTP server that takes mails, or answers RCPT otherwise.
type server struct {
	address string
	mu      sync.Mutex
	rcpt    string
	got     []string
}

func newServer(t *testing.T) *server {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s := &server{address: "smtp://" + l.Addr().String(), rcpt: "250 ok"}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(c)
		}
	}()
	return s
}

func (s *server) talk(c net.Conn) {
	defer func() { _ = c.Close() }()
	in := bufio.NewScanner(c)
	fmt.Fprint(c, "220 test\r\n")
	for in.Scan() {
		word, _, _ := strings.Cut(in.Text(), " ")
		switch strings.ToUpper(word) {
		case "RCPT":
			s.mu.Lock()
			fmt.Fprint(c, s.rcpt+"\r\n")
			s.mu.Unlock()
		case "DATA":
			fmt.Fprint(c, "354 go on\r\n")
			s.take(in)
			fmt.Fprint(c, "250 taken\r\n")
		case "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return
		default:
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
}

func (s *server) take(in *bufio.Scanner) {
	var lines []string
	for in.Scan() && in.Text() != "." {
		lines = append(lines, in.Text())
	}
	s.mu.Lock()
	s.got = append(s.got, strings.Join(lines, "\n"))
	s.mu.Unlock()
}

func (s *server) answer(rcpt string) {
	s.mu.Lock()
	s.rcpt = rcpt
	s.mu.Unlock()
}

func (s *server) mails() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got
}

type outbox struct {
	*event.Mailer
	d   *db.DB
	now time.Time
}

func newOutbox(d *db.DB, smtp string) *outbox {
	o := &outbox{d: d, now: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
	o.Mailer = event.NewMailer(d, func() time.Time { return o.now }, slog.New(slog.DiscardHandler), event.MailConfig{
		SMTPURL: smtp, From: "Club <club@example.com>",
		Seal: func(plain []byte, where string) string { return where + "|" + strings.ToUpper(string(plain)) },
		Open: func(sealed, where string) ([]byte, error) {
			text, ok := strings.CutPrefix(sealed, where+"|")
			if !ok {
				return nil, errors.New("another place")
			}
			return []byte(strings.ToLower(text)), nil
		},
	})
	return o
}

func (o *outbox) write(t *testing.T, to string) {
	t.Helper()
	err := o.d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return o.Write(ctx, tx, "c", event.Mail{To: to, Subject: "Grüße", Text: "a secret link"})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// want fails unless the only mail has the status and the text.
func (o *outbox) want(t *testing.T, status, body, failure string) {
	t.Helper()
	var gotStatus, gotBody, gotFailure string
	err := o.d.Read().QueryRow(t.Context(), `SELECT status, body, error FROM mails`).Scan(&gotStatus, &gotBody, &gotFailure)
	if err != nil || gotStatus != status || !strings.HasSuffix(gotBody, body) || (body == "") != (gotBody == "") || !strings.Contains(gotFailure, failure) {
		t.Errorf("got %s %q %q and %v, want %s %q %q", gotStatus, gotBody, gotFailure, err, status, body, failure)
	}
}

func TestMailsAreKeptWithoutAServer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOutbox(d, "")
		o.write(t, "ada@example.com")
		if err := o.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.want(t, "kept", "|A SECRET LINK", "")
		for since, want := range map[time.Duration]int{-time.Hour: 1, 0: 0} {
			if n, err := o.Recent(t.Context(), d.Read(), "c", "ada@example.com", o.now.Add(since)); err != nil || n != want {
				t.Errorf("got %d, %v since %s, want %d", n, err, since, want)
			}
		}
	})
}

func TestMailsAreSentOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t)
		o := newOutbox(d, s.address)
		o.write(t, "ada@example.com")
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if err := o.Send(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		got := s.mails()
		if len(got) != 1 || !strings.Contains(got[0], "a secret link") || !strings.Contains(got[0], "To: <ada@example.com>") || !strings.Contains(got[0], `From: "Club" <club@example.com>`) {
			t.Errorf("got %q", got)
		}
		o.want(t, "sent", "", "")
	})
}

func TestMailsThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, to, answer string
		status           string
		isError          bool
	}{
		{"for good", "ada@example.com", "550 no such mailbox", "failed", false},
		{"for now", "ada@example.com", "451 come back later", "kept", true},
		{"no address", "nobody", "250 ok", "failed", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			s.answer(c.answer)
			o := newOutbox(dbtest.Open(t), s.address)
			o.write(t, c.to)
			if err := o.Send(t.Context()); (err != nil) != c.isError {
				t.Errorf("got %v", err)
			}
			var status string
			if err := o.d.Read().QueryRow(t.Context(), `SELECT status FROM mails WHERE error <> ''`).Scan(&status); err != nil || status != c.status {
				t.Errorf("got %s, %v, want %s", status, err, c.status)
			}
			s.answer("250 ok")
			o.now = o.now.Add(59 * time.Minute)
			if err := o.Send(t.Context()); err != nil {
				t.Error(err)
			}
			if want := map[string]int{"kept": 1}[c.status]; len(s.mails()) != want {
				t.Errorf("got %d mails at the second try, want %d", len(s.mails()), want)
			}
		})
	}
}

func TestOldMailsDoNotLeave(t *testing.T) {
	s := newServer(t)
	o := newOutbox(dbtest.Open(t), s.address)
	o.write(t, "ada@example.com")
	o.now = o.now.Add(time.Hour)
	if err := o.Send(t.Context()); err != nil || len(s.mails()) != 0 {
		t.Errorf("got %v and %d mails, want none", err, len(s.mails()))
	}
	o.want(t, "kept", "|A SECRET LINK", "")
}

func TestBadMailServers(t *testing.T) {
	for _, address := range []string{"http://mail.example.com", "smtp://", "mail.example.com:25", "smtp://127.0.0.1:1"} {
		o := newOutbox(dbtest.Open(t), address)
		o.write(t, "ada@example.com")
		if err := o.Send(t.Context()); err == nil {
			t.Errorf("%s: no error", address)
		}
		o.want(t, "kept", "|A SECRET LINK", "")
	}
}
