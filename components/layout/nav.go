package layout

import "laurel/components/link"

type item struct {
	place Place
	label string
	icon  string
	href  string
}

type section struct {
	title string
	items []item
}

// sections is the portal's sidebar.
func sections() []section {
	return []section{
		{"", []item{
			{PlaceHome, "Home", "house", link.Portal},
			{PlaceMembers, "Members", "users", link.Members},
			{PlaceFields, "User fields", "file-text", link.UserFields},
		}},
		{"Play", []item{
			{PlaceBoards, "Leaderboards", "trophy", link.Leaderboards},
			{PlaceRules, "Gamification rules", "sparkles", link.Rules},
			{PlaceBadges, "Badges", "award", link.Badges},
			{PlaceStreaks, "Streaks", "flame", link.StreakList},
			{PlaceWheel, "Wheel", "ferris-wheel", link.WheelEditor},
			{PlaceReferrals, "Referrals", "share-2", link.Referrals},
		}},
		{"Rooms", []item{
			{PlaceChannels, "Channels", "hash", link.Channels},
			{PlaceRequests, "Access requests", "inbox", link.Requests},
			{PlaceRoles, "Roles", "badge-check", link.Roles},
		}},
		{"Partners", []item{
			{PlaceWidgets, "Widgets", "layout-grid", link.Widgets},
			{PlaceStore, "Store", "store", link.Shop},
			{PlacePurchases, "Purchase histories", "shopping-bag", link.Purchases},
			{PlaceKeys, "API keys", "key-round", link.Keys},
			{PlaceAccess, "Access keys", "shield", link.AccessKeys},
		}},
		{"Community", []item{
			{PlaceJoining, "Joining", "user-plus", link.Joining},
			{PlaceModerate, "Moderation", "message-circle", link.Moderation},
			{PlaceAudit, "Audit log", "history", link.Audit},
			{PlaceMail, "Mail outbox", "mail", link.Mail},
			{PlaceSettings, "Settings", "settings", link.Settings},
		}},
	}
}

// memberItems is the member area's bar.
func memberItems() []item {
	return []item{
		{PlaceHome, "Home", "house", link.Home},
		{PlaceRanks, "Ranks", "trophy", link.Ranks},
		{PlaceTalk, "Channels", "messages-square", link.Talk},
		{PlaceStore, "Store", "store", link.Store},
		{PlaceMe, "Me", "user", link.Me},
	}
}

// deeds are the actions that the palette offers beside the pages.
func deeds() []item {
	return []item{
		{"", "New leaderboard", "plus", link.BoardNew},
		{"", "New badge", "plus", link.BadgeNew},
		{"", "New referral program", "plus", link.ProgramNew},
		{"", "Applications for badges", "inbox", link.Applications},
		{"", "New widget", "plus", link.WidgetNew},
		{"", "Create an API key", "plus", link.Keys + "#create"},
		{"", "Create an access key", "plus", link.AccessKeys + "#create"},
		{"", "Edit tiers and levels", "layers", link.Tiers},
		{"", "Embed log", "zap", link.EmbedLog},
		{"", "New channel", "plus", link.ChannelNew},
		{"", "New role", "plus", link.Roles + "#create"},
		{"", "Permission matrix", "badge-check", link.RoleMatrix},
		{"", "Invite people", "user-plus", link.Joining + "#invite"},
		{"", "Go to the member area", "user", link.Home},
	}
}

// count is what waits at a place of the sidebar.
func (p PortalProps) count(at Place) int64 {
	switch at {
	case PlaceMail:
		return p.Mails
	case PlaceBadges:
		return p.Applications
	case PlaceRequests:
		return p.Requests
	}
	return 0
}
