package me

import (
	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/handlers/web"
)

// Notices is the page of the member's notifications.
func Notices(v *web.Visit) error {
	paging := v.Paging()
	got, err := v.API.Me().Notifications(v.Ctx(), paging)
	if err != nil {
		return err
	}
	p := page.NoticesProps{MemberProps: v.Member("Notifications", layout.PlaceHome)}
	for _, n := range got.Notifications {
		p.List = append(p.List, page.Told{Icon: noticeIcon(n.Kind), Title: n.Title, Text: n.Text, Href: web.LocalPath(n.Link), New: !n.IsRead, At: v.Moment(n.CreatedAt)})
	}
	p.Pages = web.Pages(apiclient.Page[api.Notification]{Items: got.Notifications, Page: got.Page, Limit: got.Limit, Total: got.Total}, link.Notices, "notifications", v.Filters("limit"))
	return v.Page(page.Notices(p))
}

func noticeIcon(kind string) string {
	icons := map[string]string{api.NoticeOrder: "shopping-bag", api.NoticeBadge: "award", api.NoticeStreak: "flame", api.NoticeMilestone: "target"}
	if icon := icons[kind]; icon != "" {
		return icon
	}
	return "bell"
}

// ReadNotices marks all as read.
func ReadNotices(v *web.Visit) error {
	if _, err := v.API.Me().ReadNotifications(v.Ctx()); err != nil {
		return err
	}
	return v.Go(link.Notices)
}
