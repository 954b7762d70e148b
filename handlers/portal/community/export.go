package community

import (
	"time"

	"laurel/apiclient"
	"laurel/handlers/web"
)

// exportPage is how many entries a download asks for at a time.
const exportPage = 100

// ExportAudit downloads the entries that the log's filters let through. It ends
// with the moment it began in, so that what happens meanwhile shifts no page.
func ExportAudit(v *web.Visit) error {
	q := auditQuery(v)
	q.Paging = apiclient.Paging{Page: 1, Limit: exportPage}
	if q.To == "" {
		q.To = v.Now.UTC().Format(time.RFC3339Nano)
	}
	log, err := v.API.Communities().AuditLog(v.Ctx(), v.Community.ID, q)
	if err != nil {
		return err
	}
	head := []string{"Time", "Who", "Kind", "Action", "Target", "Target id", "From", "Request", "Before", "After"}
	return v.Export("audit-"+v.Now.Format(time.DateOnly), head, func(out web.CSV) error {
		for {
			for _, e := range log.Items {
				out.Row(e.CreatedAt.UTC().Format(time.RFC3339), e.ActorName, e.ActorType, e.Action, e.TargetName, e.TargetID, e.IP, e.RequestID,
					object(e.Before), object(e.After))
			}
			if len(log.Items) < exportPage {
				return nil
			}
			q.Page++
			if log, err = v.API.Communities().AuditLog(v.Ctx(), v.Community.ID, q); err != nil {
				return err
			}
		}
	})
}

func object(side map[string]any) string {
	if len(side) == 0 {
		return ""
	}
	return plain(side)
}
