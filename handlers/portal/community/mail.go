package community

import (
	"regexp"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/mail"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// Mails is the outbox.
func Mails(v *web.Visit) error {
	q := apiclient.MailQuery{Paging: v.Paging(), Status: v.Query("status"), Search: v.Query("search")}
	mails, err := v.API.Communities().Mails(v.Ctx(), v.Community.ID, q)
	if err != nil {
		return err
	}
	p := page.ListProps{
		PortalProps: v.Portal("Mail outbox", layout.PlaceMail), CanOpen: v.IsOwner(), Pagination: web.Pages(mails, link.Mail, "mails", v.Filters("status", "search", "limit")),
	}
	for _, m := range mails.Items {
		p.Rows = append(p.Rows, mailRow(v, m))
		p.NoServer = p.NoServer || m.Status == "kept"
	}
	return v.Page(page.List(p))
}

func mailRow(v *web.Visit, m api.Mail) page.Row {
	r := page.Row{ID: m.ID, To: m.To, Subject: m.Subject, At: v.Moment(m.CreatedAt)}
	switch m.Status {
	case "sent":
		r.State = page.Sent
	case "failed":
		r.State = page.Failed
	}
	return r
}

var addresses = regexp.MustCompile(`https?://[^\s<>"]+`)

// Mail is one mail with its text; the API shows it to owners only, since its
// links open accounts.
func Mail(v *web.Visit) error {
	m, err := v.API.Communities().Mail(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return err
	}
	return v.Page(page.Page(page.PageProps{
		PortalProps: v.Portal(m.Subject, layout.PlaceMail, ui.Link{Label: "Mail outbox", Href: link.Mail}, ui.Link{Label: m.Subject}),
		Mail:        mailRow(v, m), Text: m.Text, Links: addresses.FindAllString(m.Text, -1), Error: m.Error,
	}))
}
