// Package notice tells members what happened while they were away. Other nouns
// write notices in the transaction of what they tell of.
package notice

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// keptFor is how long notices are kept.
const keptFor = 90 * 24 * time.Hour

// Service is the notice noun. Make it with New, then call Routes.
type Service struct {
	k   *rest.Kit
	sql *db.Sets
}

// New makes the service.
func New(k *rest.Kit) *Service { return &Service{k: k, sql: db.NewSets(k.DB().Dialect())} }

// Routes registers the noun's operations.
func (s *Service) Routes() {
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/notifications", ID: "list-notifications", Tag: "Me", Access: rest.ForPersons, Permission: api.PermReadOwnProfile,
		Summary: "What happened, the newest first", Message: "Read notifications success."}, s.list)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/me/notifications/read", ID: "read-notifications", Tag: "Me", Access: rest.ForPersons, Permission: api.PermUpdateOwnProfile,
		Summary: "Mark notifications as read, some or all", Message: "Read notifications success."}, s.read)
}

// Tell writes a notice to a member.
func (s *Service) Tell(ctx context.Context, tx *db.Tx, communityID, memberID string, n api.Notification) error {
	return s.TellAll(ctx, tx, communityID, []string{memberID}, n)
}

// TellAll writes the same notice to members.
func (s *Service) TellAll(ctx context.Context, tx *db.Tx, communityID string, memberIDs []string, n api.Notification) error {
	now := s.k.Now()
	return s.sql.Insert(ctx, tx, `INSERT INTO notices (community_id, member_id, id, kind, title, body, link, created_at)`, ``, len(memberIDs), 8, func(i int, args []any) []any {
		return append(args, communityID, memberIDs[i], api.NewIDAt(now), n.Kind, n.Title, n.Text, n.Link, db.Micros(now))
	})
}

func (s *Service) list(ctx context.Context, in *rest.Paging) (api.NotificationPage, error) {
	c, q := rest.CallerOf(ctx), s.k.DB().Read()
	out := api.NotificationPage{Notifications: []api.Notification{}, Page: in.PageNo, Limit: in.Limit}
	err := q.QueryRow(ctx, `SELECT count(*), COALESCE(SUM(1 - is_read), 0) FROM notices WHERE community_id = $1 AND member_id = $2`, c.CommunityID, c.MemberID).Scan(&out.Total, &out.Unread)
	if err != nil {
		return out, fmt.Errorf("count notices: %w", err)
	}
	err = db.Each(ctx, q, `SELECT id, kind, title, body, link, created_at, is_read FROM notices WHERE community_id = $1 AND member_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4`,
		[]any{c.CommunityID, c.MemberID, in.Limit, in.Offset()}, func(rows *sql.Rows) error {
			var n api.Notification
			var at, isRead int64
			err := rows.Scan(&n.ID, &n.Kind, &n.Title, &n.Text, &n.Link, &at, &isRead)
			n.CreatedAt, n.IsRead = api.At(db.FromMicros(at)), isRead != 0
			out.Notifications = append(out.Notifications, n)
			return err
		})
	return out, err
}

func (s *Service) read(ctx context.Context, in *struct{ Body api.NotificationsRead }) (api.NotificationsUnread, error) {
	c := rest.CallerOf(ctx)
	var out api.NotificationsUnread
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if len(in.Body.IDs) == 0 {
			_, err = tx.Exec(ctx, `UPDATE notices SET is_read = 1 WHERE community_id = $1 AND member_id = $2 AND is_read = 0`, c.CommunityID, c.MemberID)
		} else {
			err = s.sql.Update(ctx, tx, `UPDATE notices SET is_read = 1 WHERE community_id = $1 AND member_id = $2 AND id`, []any{c.CommunityID, c.MemberID}, in.Body.IDs)
		}
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT count(*) FROM notices WHERE community_id = $1 AND member_id = $2 AND is_read = 0`, c.CommunityID, c.MemberID).Scan(&out.Unread)
	})
	return out, err
}

// Forget deletes old notices.
func (s *Service) Forget(ctx context.Context) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM notices WHERE created_at < $1`, db.Micros(s.k.Now().Add(-keptFor)))
		return err
	})
}

// Export is what the noun holds about a member.
func (s *Service) Export(ctx context.Context, communityID string, who member.Ref) (any, error) {
	out := []api.Notification{}
	err := db.Each(ctx, s.k.DB().Read(), `SELECT id, kind, title, body, link, created_at FROM notices WHERE community_id = $1 AND member_id = $2 ORDER BY created_at`,
		[]any{communityID, who.ID}, func(rows *sql.Rows) error {
			var n api.Notification
			var at int64
			err := rows.Scan(&n.ID, &n.Kind, &n.Title, &n.Text, &n.Link, &at)
			n.CreatedAt = api.At(db.FromMicros(at))
			out = append(out, n)
			return err
		})
	return out, err
}
