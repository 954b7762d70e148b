package community

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/rest"
)

type mailsInput struct {
	CommunityID string `path:"cid"`
	rest.Paging
	Status string `query:"status" enum:"kept,sent,failed"`
	Search string `query:"search" maxLength:"200" doc:"Part of the recipient's address"`
}

func (s *Service) mails(ctx context.Context, in *mailsInput) (rest.Page[api.Mail], error) {
	f := &db.Where{}
	f.And("community_id = ?", in.CommunityID)
	if in.Status != "" {
		f.And("status = ?", in.Status)
	}
	if in.Search != "" {
		f.And("lower(recipient) LIKE ? ESCAPE '!'", db.Containing(in.Search))
	}
	total, err := count(ctx, s.k.DB().Read(), "mails", f)
	if err != nil {
		return rest.Page[api.Mail]{}, err
	}
	items, err := readMails(ctx, s.k.DB().Read(), f, in.Paging)
	return rest.PageOf(in.Paging, items, total), err
}

// readMails leaves the text out: it may hold a one-use link.
func readMails(ctx context.Context, q db.Querier, f *db.Where, p rest.Paging) ([]api.Mail, error) {
	rows, err := q.Query(ctx, `SELECT id, recipient, subject, '', status, error, created_at FROM mails`+f.SQL()+
		fmt.Sprintf(` ORDER BY created_at DESC, id DESC LIMIT %d OFFSET %d`, p.Limit, p.Offset()), f.Args...)
	if err != nil {
		return nil, fmt.Errorf("read mails: %w", err)
	}
	defer rows.Close()
	var out []api.Mail
	for rows.Next() {
		m, err := scanMail(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

func scanMail(row scanner) (api.Mail, error) {
	var m api.Mail
	var created int64
	err := row.Scan(&m.ID, &m.To, &m.Subject, &m.Text, &m.Status, &m.Error, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return m, api.NewError(api.NotFound, "mail_not_found", "No mail has that id.")
	}
	m.CreatedAt = api.At(db.FromMicros(created))
	return m, err
}

type mailInput struct {
	CommunityID string `path:"cid"`
	ID          string `path:"id"`
}

// mail shows one mail whole. Its link can act for the recipient, so reading
// it is written into the audit log and is the owner's right alone.
func (s *Service) mail(ctx context.Context, in *mailInput) (api.Mail, error) {
	m, err := scanMail(s.k.DB().Read().QueryRow(ctx, `SELECT id, recipient, subject, body, status, error, created_at FROM mails
		WHERE community_id = $1 AND id = $2`, in.CommunityID, in.ID))
	if err != nil {
		return api.Mail{}, err
	}
	if text, err := s.box.Open(m.Text, event.MailPlace(m.ID)); err == nil {
		m.Text = string(text)
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return s.k.Audit(ctx, tx, in.CommunityID, rest.Change{Action: "mail.read", TargetType: "mail", TargetID: m.ID, TargetName: m.Subject})
	})
	return m, err
}
