package embed

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// entry is one line of the embed log.
type entry struct {
	community, widget, access, event, code, detail, origin, member string
}

// log writes a line for the partner. The log must never make an embed fail:
// what cannot be written is noted in the server's log. Nothing is written for
// callers that name no community of ours.
func (s *Service) log(ctx context.Context, e entry) {
	if e.community == "" {
		return
	}
	err := s.k.DB().Write(context.WithoutCancel(ctx), func(ctx context.Context, tx *db.Tx) error {
		return insertEvent(ctx, tx, api.NewIDAt(s.k.Now()), e, s.k.Now())
	})
	if err != nil {
		s.k.Log().WarnContext(ctx, "embed log not written", slog.Any("cause", err))
	}
}

func insertEvent(ctx context.Context, tx *db.Tx, id string, e entry, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO embed_log (community_id, id, widget_id, access_id, event, code, detail, origin, member_id, ip,
		request_id, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, e.community, id, e.widget, e.access, e.event, e.code,
		cut(e.detail, 300), cut(e.origin, 300), e.member, rest.ClientIP(ctx), rest.RequestID(ctx), db.Micros(now))
	return err
}

func cut(s string, n int) string {
	if len(s) > n {
		return strings.ToValidUTF8(s[:n], "")
	}
	return s
}

type logInput struct {
	rest.Paging
	WidgetID string `query:"widgetId"`
	AccessID string `query:"accessId"`
	Event    string `query:"event" enum:"minted,session,refused,error,revoked"`
	From     string `query:"from" doc:"RFC 3339, or a day"`
	To       string `query:"to" doc:"Before this moment"`
}

func (s *Service) embedLog(ctx context.Context, in *logInput) (rest.Page[api.EmbedEvent], error) {
	w := &db.Where{}
	w.And("community_id = ?", rest.CallerOf(ctx).CommunityID)
	for _, c := range []struct{ condition, value string }{{"widget_id = ?", in.WidgetID}, {"access_id = ?", in.AccessID}, {"event = ?", in.Event}} {
		if c.value != "" {
			w.And(c.condition, c.value)
		}
	}
	if err := rest.Span(w, "created_at", in.From, in.To); err != nil {
		return rest.Page[api.EmbedEvent]{}, err
	}
	var total int
	if err := s.k.DB().Read().QueryRow(ctx, `SELECT count(*) FROM embed_log`+w.SQL(), w.Args...).Scan(&total); err != nil {
		return rest.Page[api.EmbedEvent]{}, fmt.Errorf("count embed log: %w", err)
	}
	items, err := readEvents(ctx, s.k.DB().Read(), w, in.Paging)
	return rest.PageOf(in.Paging, items, total), err
}

func readEvents(ctx context.Context, q db.Querier, w *db.Where, p rest.Paging) ([]api.EmbedEvent, error) {
	rows, err := q.Query(ctx, fmt.Sprintf(`SELECT id, widget_id, access_id, event, code, detail, origin, member_id, ip, request_id, created_at
		FROM embed_log%s ORDER BY created_at DESC, id DESC LIMIT %d OFFSET %d`, w.SQL(), p.Limit, p.Offset()), w.Args...)
	if err != nil {
		return nil, fmt.Errorf("read embed log: %w", err)
	}
	defer rows.Close()
	var out []api.EmbedEvent
	for rows.Next() {
		var e api.EmbedEvent
		var created int64
		if err := rows.Scan(&e.ID, &e.WidgetID, &e.AccessID, &e.Event, &e.Code, &e.Detail, &e.Origin, &e.UserID, &e.IP, &e.RequestID, &created); err != nil {
			return nil, err
		}
		e.CreatedAt = api.At(db.FromMicros(created))
		out = append(out, e)
	}
	return out, rows.Err()
}
