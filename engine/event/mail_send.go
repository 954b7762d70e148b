package event

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"laurel/engine/db"
)

// mailTries is how long a mail that a server does not take yet is tried: the
// links in mails do not live much longer.
const mailTries = time.Hour

// Send sends what waits, oldest first, one by one; called now and then in the
// background. Without an SMTP server it does nothing. A mail that the server
// refuses for good is marked failed; the error of any other is returned, and
// it waits for the next call.
func (m *Mailer) Send(ctx context.Context) error {
	if m.cfg.SMTPURL == "" {
		return nil
	}
	client, err := newClient(m.cfg.SMTPURL)
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		more, err := m.sendOne(ctx, client)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// waiting is a mail as it is stored: its text may be sealed.
type waiting struct {
	communityID, id string
	mail            Mail
}

// open gives the mail as it is sent.
func (m *Mailer) open(w waiting) (Mail, error) {
	if m.cfg.Open == nil {
		return w.mail, nil
	}
	text, err := m.cfg.Open(w.mail.Text, MailPlace(w.id))
	if err != nil {
		return w.mail, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	w.mail.Text = string(text)
	return w.mail, nil
}

func (m *Mailer) sendOne(ctx context.Context, client *mail.Client) (more bool, err error) {
	w, err := m.claim(ctx)
	if err != nil || w.id == "" {
		return false, err
	}
	out, sent := m.open(w)
	if sent == nil {
		sent = m.deliver(ctx, client, out)
	}
	if err := m.note(ctx, w, sent); err != nil {
		return false, err
	}
	if sent != nil && isTemporary(sent) {
		return false, fmt.Errorf("mail server: %w", sent)
	}
	if sent != nil {
		m.log.WarnContext(ctx, "mail refused", slog.String("mail", w.id), slog.Any("cause", sent))
	}
	return true, nil
}

// claim takes the oldest waiting mail and marks it failed until it is sent:
// a crash in between sends it no second time, and two nodes never both do.
func (m *Mailer) claim(ctx context.Context) (waiting, error) {
	var w waiting
	err := m.d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		w = waiting{}
		err := tx.QueryRow(ctx, `SELECT community_id, id, recipient, subject, body FROM mails
			WHERE status = 'kept' AND created_at > $1 ORDER BY created_at, id LIMIT 1`, db.Micros(m.clock().Add(-mailTries))).
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
	err := m.d.Write(context.WithoutCancel(ctx), func(ctx context.Context, tx *db.Tx) error {
		return mark(ctx, tx, w, status, text)
	})
	if err != nil {
		return fmt.Errorf("note mail: %w", err)
	}
	return nil
}

// mark also drops the text of a mail that has left: it may hold a one-use link.
func mark(ctx context.Context, tx *db.Tx, w waiting, status, text string) error {
	body := w.mail.Text
	if status == "sent" {
		body = ""
	}
	_, err := tx.Exec(ctx, `UPDATE mails SET status = $3, error = $4, body = $5 WHERE community_id = $1 AND id = $2`,
		w.communityID, w.id, status, text, body)
	return err
}

var (
	errAddress    = errors.New("recipient address")
	errUnreadable = errors.New("the text was sealed under another key")
)

// isTemporary is false for a mail that no server will ever take.
func isTemporary(err error) bool {
	var refused *mail.SendError
	if errors.As(err, &refused) {
		return refused.IsTemp()
	}
	return !errors.Is(err, errAddress) && !errors.Is(err, errUnreadable)
}

// newClient reads the server's address. Only a server on this machine may do
// without TLS.
func newClient(address string) (*mail.Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return nil, errors.New("the SMTP address must be smtp://user:password@host:port or smtps://…")
	}
	options := []mail.Option{mail.WithTimeout(20 * time.Second), mail.WithTLSPolicy(mail.TLSMandatory)}
	switch {
	case u.Scheme == "smtps":
		options = append(options, mail.WithSSL(), mail.WithPort(465))
	case isThisMachine(u.Hostname()):
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	}
	if port, err := strconv.Atoi(u.Port()); err == nil {
		options = append(options, mail.WithPort(port))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	client, err := mail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return client, nil
}

func isThisMachine(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

func (m *Mailer) deliver(ctx context.Context, client *mail.Client, out Mail) error {
	msg := mail.NewMsg()
	if err := msg.From(m.cfg.From); err != nil {
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
