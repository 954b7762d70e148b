package api

// Kinds of notifications.
const (
	NoticeOrder     = "order"
	NoticeBadge     = "badge"
	NoticeStreak    = "streak"
	NoticeMilestone = "milestone"
)

// Notification tells a member what happened while he was away.
type Notification struct {
	ID        string `json:"_id"`
	Kind      string `json:"kind" enum:"order,badge,streak,milestone"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Link      string `json:"link" doc:"Path in the member area"`
	CreatedAt Time   `json:"createdAt"`
	IsRead    bool   `json:"isRead"`
}

// NotificationPage is a page of notifications, the newest first.
type NotificationPage struct {
	Notifications []Notification `json:"notifications" nullable:"false"`
	Unread        int            `json:"unread"`
	Page          int            `json:"page"`
	Limit         int            `json:"limit"`
	Total         int            `json:"total"`
}

// NotificationsRead marks notifications as read.
type NotificationsRead struct {
	IDs []string `json:"ids,omitempty" maxItems:"200" doc:"All when missing"`
}

// NotificationsUnread is how many are left.
type NotificationsUnread struct {
	Unread int `json:"unread"`
}
