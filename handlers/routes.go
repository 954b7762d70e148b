package handlers

import (
	"net/http"

	"laurel/components/link"
	"laurel/handlers/account"
	"laurel/handlers/chat"
	"laurel/handlers/me"
	"laurel/handlers/portal/accesskey"
	"laurel/handlers/portal/apikey"
	"laurel/handlers/portal/badge"
	"laurel/handlers/portal/channel"
	"laurel/handlers/portal/community"
	"laurel/handlers/portal/gamification"
	"laurel/handlers/portal/joining"
	"laurel/handlers/portal/leaderboard"
	"laurel/handlers/portal/member"
	"laurel/handlers/portal/moderation"
	"laurel/handlers/portal/overview"
	"laurel/handlers/portal/purchase"
	"laurel/handlers/portal/referral"
	"laurel/handlers/portal/role"
	"laurel/handlers/portal/store"
	"laurel/handlers/portal/streak"
	"laurel/handlers/portal/userfield"
	"laurel/handlers/portal/wheel"
	"laurel/handlers/portal/widget"
	"laurel/handlers/public"
	"laurel/handlers/web"
)

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// Route is one page: where it is, who may see it, and what serves it.
type Route struct {
	Method  string
	Path    string
	Who     web.Who
	Handler web.Handler
}

// Routes is the table of all pages. Widgets and files, which know no session,
// register themselves: see package embed and Site.
func Routes() []Route {
	var out []Route
	for _, part := range [][]Route{accountRoutes(), publicRoutes(), memberRoutes(), portalRoutes(), badgeRoutes(), referralRoutes(), roomRoutes(), partnerRoutes(), houseRoutes()} {
		out = append(out, part...)
	}
	return out
}

// accountRoutes are signing in and out and what leads there.
func accountRoutes() []Route {
	return []Route{
		{get, "/", web.Anyone, account.Root},
		{get, link.SignIn, web.Anyone, account.ShowSignIn},
		{post, link.SignIn, web.Anyone, account.SignIn},
		{post, link.SignOut, web.Anyone, account.SignOut},
		{get, link.Register, web.Anyone, account.ShowRegister},
		{post, link.Register, web.Anyone, account.Register},
		{get, link.Verify, web.Anyone, account.ShowVerify},
		{post, link.Verify, web.Anyone, account.Verify},
		{get, link.Forgot, web.Anyone, account.ShowForgot},
		{post, link.Forgot, web.Anyone, account.Forgot},
		{get, link.Reset, web.Anyone, account.ShowReset},
		{post, link.Reset, web.Anyone, account.Reset},
		{get, "/login/handover/:token", web.Anyone, account.ShowHandover},
		{post, "/login/handover/:token", web.Anyone, account.Handover},
		{post, link.Theme, web.Anyone, account.SetTheme},
	}
}

// publicRoutes are what anyone may see.
func publicRoutes() []Route {
	return []Route{
		{get, "/c/:uri", web.Anyone, public.Community},
		{get, "/c/:uri/:slug", web.Anyone, public.Board},
		{get, "/c/:uri/:slug/live", web.Anyone, public.BoardLive},
		{get, link.Docs, web.Anyone, public.Reference},
		{get, link.Docs + "/", web.Anyone, public.ToReference},
	}
}

// memberRoutes are the member area.
func memberRoutes() []Route {
	return []Route{
		{get, link.Home, web.Person, me.Home},
		{get, link.Ranks, web.Person, me.Ranks},
		{get, "/ranks/:slug", web.Person, me.Rank},
		{get, "/ranks/:slug/live", web.Person, me.RankLive},
		{get, link.Talk, web.Person, chat.First},
		{get, "/channels/:id", web.Person, chat.Show},
		{post, "/channels/:id", web.Person, chat.Send},
		{post, "/channels/:id/act", web.Person, chat.Act},
		{post, "/channels/:id/ask", web.Person, chat.Ask},
		{post, "/channels/:id/mute", web.Person, chat.Mute},
		{post, "/channels/:id/topics", web.Person, chat.OpenTopic},
		{post, "/channels/:id/typing", web.Person, chat.Typing},
		{get, "/channels/:id/live", web.Person, chat.Live},
		{get, link.Wheel, web.Person, me.Wheel},
		{post, link.Wheel, web.Person, me.Spin},
		{get, link.WheelFair, web.Person, me.Fair},
		{post, link.WheelSeed, web.Person, me.ChangeSeed},
		{get, link.Milestones, web.Person, me.Milestones},
		{get, link.Notices, web.Person, me.Notices},
		{post, link.Notices, web.Person, me.ReadNotices},
		{get, link.Store, web.Person, me.Store},
		{post, link.StoreBuy, web.Person, me.Buy},
		{get, link.Streaks, web.Person, me.Streaks},
		{get, link.Streaks + "/:id", web.Person, me.Month},
		{post, link.Streaks + "/:id/freezes", web.Person, me.BuyFreeze},
		{post, link.Streaks + "/:id/repair", web.Person, me.RepairStreak},
		{get, link.Me, web.Person, me.Profile},
		{post, link.Me, web.Person, me.SaveProfile},
		{post, link.MePicture, web.Person, me.SavePicture},
		{post, link.MePassword, web.Person, me.SavePassword},
		{post, link.MeSessions, web.Person, me.EndSessions},
		{post, "/me/sessions/:id/revoke", web.Person, me.EndSession},
		{get, link.MeKeys, web.Person, me.Keys},
		{post, link.MeKeys, web.Person, me.CreateKey},
		{post, "/me/keys/:id/revoke", web.Person, me.RevokeKey},
		{get, link.MeHistory, web.Person, me.History},
		{get, link.MePurchases, web.Person, me.Purchases},
		{get, link.MeFriends, web.Person, me.Friends},
		{post, link.MeFriends, web.Person, me.SetCode},
		{get, link.MeExport, web.Person, me.Export},
		{get, link.MeBadges, web.Person, me.Badges},
		{post, link.MeShown, web.Person, me.ShowBadges},
		{post, "/me/badges/:id/apply", web.Person, me.Apply},
		{post, link.MeDelete, web.Person, me.Delete},
	}
}

// portalRoutes are the portal's home, members and leaderboards.
func portalRoutes() []Route {
	return []Route{
		{get, link.Portal, web.Team, overview.Home},
		{get, link.Palette, web.Team, overview.Search},
		{get, link.Members, web.Team, member.List},
		{get, link.MembersCSV, web.Team, member.Export},
		{post, link.MembersBulk, web.Team, member.Bulk},
		{post, link.Segments, web.Team, member.CreateSegment},
		{post, "/portal/members/segments/:id", web.Team, member.UpdateSegment},
		{post, "/portal/members/segments/:id/delete", web.Team, member.DeleteSegment},
		{get, "/portal/members/:id", web.Team, member.Show},
		{post, "/portal/members/:id/edit", web.Team, member.Edit},
		{post, "/portal/members/:id/adjust", web.Team, member.Adjust},
		{get, "/portal/members/:id/ledger/:entry", web.Team, member.AskReverse},
		{post, "/portal/members/:id/ledger/:entry", web.Team, member.Reverse},
		{post, "/portal/members/:id/delete", web.Team, member.Delete},
		{post, "/portal/members/:id/restore", web.Team, member.Restore},
		{post, "/portal/members/:id/fields", web.Team, member.SetFields},
		{post, "/portal/members/:id/tags", web.Team, member.SetTags},
		{post, "/portal/members/:id/avatar", web.Team, member.SetPicture},
		{post, "/portal/members/:id/avatar/remove", web.Team, member.RemovePicture},
		{post, "/portal/members/:id/claim", web.Team, member.Claim},
		{get, link.UserFields, web.Team, userfield.List},
		{post, link.UserFields, web.Team, userfield.Create},
		{get, link.FieldHistory, web.Team, userfield.History},
		{post, "/portal/user-fields/:id", web.Team, userfield.Update},
		{post, "/portal/user-fields/:id/delete", web.Team, userfield.Delete},
		{post, "/portal/members/:id/roles", web.Team, member.SetRoles},
		{get, link.Leaderboards, web.Team, leaderboard.List},
		{post, link.Leaderboards, web.Team, leaderboard.Create},
		{get, link.BoardNew, web.Team, leaderboard.New},
		{post, link.BoardPreview, web.Team, leaderboard.Preview},
		{get, "/portal/leaderboards/:id", web.Team, leaderboard.Show},
		{get, "/portal/leaderboards/:id/edit", web.Team, leaderboard.Edit},
		{post, "/portal/leaderboards/:id/edit", web.Team, leaderboard.Update},
		{post, "/portal/leaderboards/:id/delete", web.Team, leaderboard.Delete},
		{get, "/portal/leaderboards/:id/export.csv", web.Team, leaderboard.Export},
		{get, link.Rules, web.Team, gamification.ShowRules},
		{post, link.Rules, web.Team, gamification.SetRules},
		{get, link.Tiers, web.Team, gamification.ShowTiers},
		{post, link.Tiers, web.Team, gamification.SetTiers},
		{get, link.XPRoles, web.Team, gamification.ShowXPRoles},
		{post, link.XPRoles, web.Team, gamification.SetXPRoles},
		{get, link.Conversions, web.Team, gamification.ShowConversions},
		{post, link.Conversions, web.Team, gamification.Convert},
	}
}

// badgeRoutes are badges, and who holds and wants them.
func badgeRoutes() []Route {
	return []Route{
		{get, link.Badges, web.Team, badge.List},
		{post, link.Badges, web.Team, badge.Create},
		{get, link.BadgeNew, web.Team, badge.New},
		{get, link.Applications, web.Team, badge.Applications},
		{post, "/portal/badges/applications/:id/approve", web.Team, badge.Approve},
		{post, "/portal/badges/applications/:id/refuse", web.Team, badge.Refuse},
		{get, "/portal/badges/applications/:id/proofs/:number", web.Team, badge.Proof},
		{get, "/portal/badges/:id", web.Team, badge.Edit},
		{post, "/portal/badges/:id", web.Team, badge.Update},
		{post, "/portal/badges/:id/award", web.Team, badge.Award},
		{post, "/portal/badges/:id/delete", web.Team, badge.Delete},
		{post, "/portal/members/:id/badges", web.Team, member.AwardBadge},
		{post, "/portal/members/:id/badges/:badge/remove", web.Team, member.TakeBadge},
	}
}

// referralRoutes are the store, the wheel, streaks, who brought whom, and what that pays.
func referralRoutes() []Route {
	return []Route{
		{get, link.WheelEditor, web.Team, wheel.Show},
		{post, link.WheelEditor, web.Team, wheel.Save},
		{post, "/portal/members/:id/spins", web.Team, member.SetSpins},
		{get, link.Shop, web.Team, store.List},
		{post, link.StoreSettings, web.Team, store.SetSettings},
		{post, link.StoreCategories, web.Team, store.SaveCategory},
		{post, link.StoreCategories + "/:id", web.Team, store.SaveCategory},
		{post, link.StoreStatuses, web.Team, store.CreateStatus},
		{post, link.StoreImport, web.Team, store.Import},
		{get, link.ProductNew, web.Team, store.New},
		{post, link.Products, web.Team, store.Create},
		{get, link.Products + "/:id", web.Team, store.Edit},
		{post, link.Products + "/:id", web.Team, store.Update},
		{post, link.Products + "/:id/delete", web.Team, store.Delete},
		{post, link.PurchasesMove, web.Team, purchase.MoveMany},
		{post, link.Purchases + "/:id/move", web.Team, purchase.Move},
		{get, link.StreakList, web.Team, streak.List},
		{get, link.StreakNew, web.Team, streak.New},
		{post, link.StreakList, web.Team, streak.Create},
		{get, link.StreakLogs, web.Team, streak.Logs},
		{get, link.StreakList + "/:id", web.Team, streak.Edit},
		{post, link.StreakList + "/:id", web.Team, streak.Update},
		{post, link.StreakList + "/:id/delete", web.Team, streak.Delete},
		{post, "/portal/members/:id/streaks/:streak", web.Team, member.EditStreak},
		{get, link.Referrals, web.Team, referral.List},
		{post, link.ReferralLink, web.Team, referral.SetLink},
		{get, link.ProgramNew, web.Team, referral.New},
		{post, link.Programs, web.Team, referral.Create},
		{get, link.Programs + "/:id", web.Team, referral.Edit},
		{post, link.Programs + "/:id", web.Team, referral.Update},
		{post, link.Programs + "/:id/delete", web.Team, referral.Delete},
	}
}

// roomRoutes are who may do what where: channels and roles.
func roomRoutes() []Route {
	return []Route{
		{get, link.Channels, web.Team, channel.List},
		{post, link.Channels, web.Team, channel.Create},
		{get, link.ChannelNew, web.Team, channel.New},
		{get, "/portal/channels/:id", web.Team, channel.Show},
		{post, "/portal/channels/:id", web.Team, channel.Update},
		{post, "/portal/channels/:id/move", web.Team, channel.Move},
		{post, "/portal/channels/:id/archive", web.Team, channel.Archive},
		{post, "/portal/channels/:id/delete", web.Team, channel.Delete},
		{post, link.Categories, web.Team, channel.CreateCategory},
		{post, "/portal/channel-categories/:id/edit", web.Team, channel.EditCategory},
		{post, "/portal/channel-categories/:id/move", web.Team, channel.MoveCategory},
		{post, "/portal/channel-categories/:id/delete", web.Team, channel.DeleteCategory},
		{get, link.Requests, web.Team, channel.Requests},
		{post, "/portal/access-requests/:id/approve", web.Team, channel.Approve},
		{post, "/portal/access-requests/:id/refuse", web.Team, channel.Refuse},
		{get, link.Roles, web.Team, role.List},
		{post, link.Roles, web.Team, role.Create},
		{get, link.RoleMatrix, web.Team, role.Matrix},
		{post, link.RoleMatrix, web.Team, role.SetMatrix},
		{get, "/portal/roles/:id", web.Team, role.Show},
		{post, "/portal/roles/:id", web.Team, role.Update},
		{post, "/portal/roles/:id/move", web.Team, role.Move},
		{post, "/portal/roles/:id/delete", web.Team, role.Delete},
		{post, "/portal/roles/:id/give", web.Team, role.Give},
		{post, "/portal/roles/:id/take", web.Team, role.Take},
	}
}

// partnerRoutes are orders, widgets and keys.
func partnerRoutes() []Route {
	return []Route{
		{get, link.Widgets, web.Team, widget.List},
		{post, link.Widgets, web.Team, widget.Create},
		{get, link.WidgetNew, web.Team, widget.New},
		{get, "/portal/widgets/:id", web.Team, widget.Edit},
		{post, "/portal/widgets/:id", web.Team, widget.Update},
		{post, "/portal/widgets/:id/delete", web.Team, widget.Delete},
		{get, "/portal/widgets/:id/test", web.Team, widget.Test},
		{get, "/portal/widgets/:id/preview", web.Team, widget.Preview},
		{get, link.Purchases, web.Team, purchase.List},
		{get, link.PurchasesCSV, web.Team, purchase.Export},
		{get, "/portal/purchases/:id", web.Team, purchase.Show},
		{post, "/portal/purchases/:id", web.Team, purchase.Update},
		{get, link.EmbedLog, web.Team, accesskey.Log},
		{get, link.Keys, web.Team, apikey.List},
		{post, link.Keys, web.Team, apikey.Create},
		{post, link.SystemKey, web.Team, apikey.RotateSystem},
		{post, "/portal/api-keys/:id", web.Team, apikey.Update},
		{get, "/portal/api-keys/:id/requests", web.Team, apikey.Requests},
		{post, "/portal/api-keys/:id/rotate", web.Team, apikey.Rotate},
		{post, "/portal/api-keys/:id/revoke", web.Team, apikey.Revoke},
		{get, link.AccessKeys, web.Team, accesskey.List},
		{post, link.AccessKeys, web.Team, accesskey.Create},
		{post, "/portal/access-keys/:id", web.Team, accesskey.Update},
		{post, "/portal/access-keys/:id/rotate", web.Team, accesskey.Rotate},
		{post, "/portal/access-keys/:id/revoke", web.Team, accesskey.Revoke},
	}
}

// houseRoutes are the community itself.
func houseRoutes() []Route {
	return []Route{
		{get, link.Moderation, web.Team, moderation.Log},
		{get, link.ModMessages, web.Team, moderation.Messages},
		{post, link.ModMessages + "/delete", web.Team, moderation.Delete},
		{get, link.ModWords, web.Team, moderation.ShowWords},
		{post, link.ModWords, web.Team, moderation.SetWords},
		{get, link.Penalties, web.Team, moderation.Penalties},
		{post, link.Penalties, web.Team, moderation.Punish},
		{post, link.Penalties + "/:id/extend", web.Team, moderation.Extend},
		{post, link.Penalties + "/:id/revoke", web.Team, moderation.Revoke},
		{get, link.Joining, web.Team, joining.Show},
		{post, link.Joining, web.Team, joining.SetFields},
		{post, link.Policies, web.Team, joining.CreatePolicy},
		{post, link.Policies + "/:id", web.Team, joining.UpdatePolicy},
		{post, link.Policies + "/:id/delete", web.Team, joining.DeletePolicy},
		{post, link.Invites, web.Team, joining.Invite},
		{post, link.Invites + "/:id/revoke", web.Team, joining.RevokeInvite},
		{get, link.Audit, web.Team, community.Audit},
		{get, link.AuditCSV, web.Team, community.ExportAudit},
		{get, link.Mail, web.Team, community.Mails},
		{get, "/portal/mail/:id", web.Team, community.Mail},
		{get, link.Settings, web.Team, community.Settings},
		{post, link.Settings, web.Team, community.SaveSettings},
		{post, link.SecureKey, web.Team, community.RotateSecure},
		{post, link.Team, web.Team, community.SetRole},
	}
}
