package apiclient

import (
	"context"

	"laurel/api"
)

const notificationsPath = "/v1/me/notifications"

// Notifications are what happened to the caller, the newest first.
func (m Me) Notifications(ctx context.Context, p Paging) (api.NotificationPage, error) {
	return data[api.NotificationPage](ctx, m.c, request{method: "GET", path: notificationsPath, query: p.values().query()})
}

// ReadNotifications marks notifications as read, all when none is named.
func (m Me) ReadNotifications(ctx context.Context, ids ...string) (api.NotificationsUnread, error) {
	return data[api.NotificationsUnread](ctx, m.c, request{method: "POST", path: notificationsPath + "/read", body: api.NotificationsRead{IDs: ids}})
}
