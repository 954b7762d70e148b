package handlers

import (
	"net/http"

	"laurel/components/link"
	"laurel/handlers/account"
	"laurel/handlers/member"
	"laurel/handlers/portal/leaderboard"
	"laurel/handlers/web"
)

// Route is one page: its address, who may see it, and what serves it.
type Route struct {
	Method string
	Path   string
	Who    web.Who
	Page   web.Handler
}

func routes() []Route {
	const get, post = http.MethodGet, http.MethodPost
	board := link.Leaderboards + "/:id"
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
		{get, "/continue/:token", web.Anyone, account.ShowHandover},
		{post, "/continue/:token", web.Anyone, account.Handover},
		{post, link.Theme, web.Anyone, account.SetTheme},

		{get, link.Portal, web.Team, leaderboard.First},
		{get, link.Leaderboards, web.Team, leaderboard.List},
		{post, link.Leaderboards, web.Team, leaderboard.Create},
		{get, link.BoardNew, web.Team, leaderboard.New},
		{post, link.BoardPreview, web.Team, leaderboard.Preview},
		{get, board, web.Team, leaderboard.Show},
		{get, board + "/edit", web.Team, leaderboard.Edit},
		{post, board + "/edit", web.Team, leaderboard.Update},
		{post, board + "/delete", web.Team, leaderboard.Delete},
		{get, board + "/export.csv", web.Team, leaderboard.Export},

		{get, link.Home, web.Person, member.Home},
		{get, link.Ranks, web.Person, member.Ranks},
		{get, link.Ranks + "/:slug", web.Person, member.Board},
	}
}
