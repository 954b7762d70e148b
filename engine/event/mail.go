package event

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"log/slog"
	"time"

	"laurel/engine/db"
)

// Mail is one plain-text message to one address.
type Mail struct {
	To      string
	Subject string
	Text    string
}

// MailConfig says how mails leave the deployment.
type MailConfig struct {
	// SMTPURL is smtp://user:password@host:port, which begins plain and must
	// change to TLS unless the host is this machine, or smtps://…, which is TLS
	// from the start. Empty keeps every mail for the outbox page.
	SMTPURL string
	From    string // "Name <address>" or an address

	// Seal and Open keep the texts unreadable in the database: they may hold
	// one-use links. The second argument names the place, as MailPlace does.
	// Nil stores texts as they are.
	Seal func(plain []byte, where string) string
	Open func(sealed, where string) ([]byte, error)
}

// MailPlace names the place that the text of a mail is sealed for.
func MailPlace(id string) string { return "mail:" + id }

// Mailer writes mails down in the transaction of the act that sends them, so
// that there is never a mail without its act, and sends them afterwards when
// an SMTP server is configured. It is safe for concurrent use.
type Mailer struct {
	d     *db.DB
	clock db.Clock
	log   *slog.Logger
	cfg   MailConfig
}

// NewMailer makes a mailer; Send sends what it wrote down.
func NewMailer(d *db.DB, clock db.Clock, log *slog.Logger, cfg MailConfig) *Mailer {
	return &Mailer{d: d, clock: clock, log: log, cfg: cfg}
}

// Write writes the mail down in tx. It leaves with the next Send after the
// transaction; without an SMTP server it stays and can be read in the outbox.
func (m *Mailer) Write(ctx context.Context, tx *db.Tx, communityID string, mail Mail) error {
	now := m.clock()
	id, text := mailID(now), mail.Text
	if m.cfg.Seal != nil {
		text = m.cfg.Seal([]byte(text), MailPlace(id))
	}
	_, err := tx.Exec(ctx, `INSERT INTO mails (community_id, id, recipient, subject, body, status, created_at)
		VALUES ($1, $2, $3, $4, $5, 'kept', $6)`, communityID, id, mail.To, mail.Subject, text, db.Micros(now))
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	return nil
}

// Recent is how many mails of the community went to the address since then:
// what keeps strangers from flooding somebody's mailbox.
func (m *Mailer) Recent(ctx context.Context, q db.Querier, communityID, to string, since time.Time) (n int, err error) {
	err = q.QueryRow(ctx, `SELECT count(*) FROM mails WHERE community_id = $1 AND created_at > $2 AND recipient = $3`,
		communityID, db.Micros(since), to).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count mails: %w", err)
	}
	return n, nil
}

// mailID is an ObjectId: the second, then random bytes.
func mailID(now time.Time) string {
	var b [12]byte
	binary.BigEndian.PutUint32(b[:4], uint32(now.Unix()))
	_, _ = rand.Read(b[4:])
	return hex.EncodeToString(b[:])
}
