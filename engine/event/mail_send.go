package event

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"laurel/engine/db"
)

// SMTP is the server that mails leave through.
type SMTP struct {
	Host     string // empty means none
	Port     int    // 587 when 0
	Username string // empty means no sign-in
	Password string
	From     string // address, or "Name <address>"
	Plain    bool   // allow a server without TLS: for one on this machine
}

// How often waiting mails are looked for, and how long a mail is tried: the
// links in mails do not live much longer.
const (
	mailPause = 30 * time.Second
	mailTries = time.Hour
	// mailGather lets the transaction that woke the sender commit first.
	mailGather = 100 * time.Millisecond
)

var errAddress = errors.New("recipient address")

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// Run sends mails until ctx ends. Without an SMTP server it returns at once.
func (m *Mailer) Run(ctx context.Context) error {
	if m.cfg.SMTP.Host == "" {
		return nil
	}
	tick := time.NewTicker(mailPause)
	defer tick.Stop()
	for {
		if err := m.sendWaiting(ctx); err != nil && ctx.Err() == nil {
			m.cfg.Log.WarnContext(ctx, "mails are not sent", slog.Any("cause", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-m.wake:
			pause(ctx, mailGather)
		}
	}
}

type waiting struct {
	communityID, id string
	mail            Mail
}

// sendWaiting sends what waits, oldest first, one by one.
func (m *Mailer) sendWaiting(ctx context.Context) error {
	client, err := m.client()
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		w, err := m.claim(ctx)
		if err != nil {
			return err
		}
		if w.id == "" {
			return nil
		}
		err = m.deliver(ctx, client, w.mail)
		if noted := m.note(ctx, w, err); noted != nil {
			return noted
		}
		if err != nil && isTemporary(err) {
			return fmt.Errorf("mail server: %w", err)
		}
	}
	return nil
}

// claim takes the oldest waiting mail and marks it failed until it is sent:
// a crash in between sends it no second time, and two nodes never both do.
func (m *Mailer) claim(ctx context.Context) (waiting, error) {
	var w waiting
	err := m.cfg.DB.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		w = waiting{}
		err := tx.QueryRow(ctx, `SELECT community_id, id, recipient, subject, body FROM mails
			WHERE status = 'kept' AND created_at > $1 ORDER BY created_at, id LIMIT 1`, db.Micros(m.cfg.Clock().Add(-mailTries))).
			Scan(&w.communityID, &w.id, &w.mail.To, &w.mail.Subject, &w.mail.Text)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return mark(ctx, tx, w, "failed", "interrupted while sending")
	})
	if err != nil {
		return w, fmt.Errorf("claim mail: %w", err)
	}
	return w, nil
}

// note writes down what became of a mail. One that may pass later waits again.
func (m *Mailer) note(ctx context.Context, w waiting, sent error) error {
	status, text := "sent", ""
	if sent != nil {
		status, text = "failed", sent.Error()
		if isTemporary(sent) {
			status = "kept"
		}
	}
	err := m.cfg.DB.Write(context.WithoutCancel(ctx), func(ctx context.Context, tx *db.Tx) error {
		return mark(ctx, tx, w, status, text)
	})
	if err != nil {
		return fmt.Errorf("note mail: %w", err)
	}
	return nil
}

func mark(ctx context.Context, tx *db.Tx, w waiting, status, text string) error {
	_, err := tx.Exec(ctx, `UPDATE mails SET status = $3, error = $4 WHERE community_id = $1 AND id = $2`, w.communityID, w.id, status, text)
	return err
}

// isTemporary is false for a mail that no server will ever take.
func isTemporary(err error) bool {
	var refused *mail.SendError
	if errors.As(err, &refused) {
		return refused.IsTemp()
	}
	return !errors.Is(err, errAddress)
}

func (m *Mailer) client() (*mail.Client, error) {
	c := m.cfg.SMTP
	options := []mail.Option{mail.WithTimeout(20 * time.Second), mail.WithTLSPolicy(mail.TLSMandatory)}
	if c.Plain {
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	}
	if c.Port != 0 {
		options = append(options, mail.WithPort(c.Port))
	}
	if c.Username != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(c.Username), mail.WithPassword(c.Password))
	}
	client, err := mail.NewClient(c.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail server %s: %w", c.Host+":"+strconv.Itoa(c.Port), err)
	}
	return client, nil
}

func (m *Mailer) deliver(ctx context.Context, client *mail.Client, out Mail) error {
	msg := mail.NewMsg()
	if err := msg.From(m.cfg.SMTP.From); err != nil {
		return fmt.Errorf("sender address: %w", err)
	}
	if err := msg.To(out.To); err != nil {
		return fmt.Errorf("%w: %w", errAddress, err)
	}
	msg.Subject(out.Subject)
	msg.SetBodyString(mail.TypeTextPlain, out.Text)
	msg.SetDate()
	msg.SetMessageID()
	return client.DialAndSendWithContext(ctx, msg)
}
