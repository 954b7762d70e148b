package me

import (
	"net/http"
	"net/url"
	"strings"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Friends is the page on which a member invites friends.
func Friends(v *web.Visit) error { return friends(v, http.StatusOK, nil) }

// friends is the page with the code as it was typed, when it was refused.
func friends(v *web.Visit, status int, f *web.Form) error {
	sum, err := v.API.Me().Referrals(v.Ctx(), v.Query("cursor"), 25)
	if err != nil {
		return err
	}
	p := page.FriendsProps{
		MemberProps: v.Member("Invite friends", layout.PlaceMe), URL: sum.Invite.URL, Code: sum.Invite.Code,
		Brought: int64(sum.Activity.TotalReferrals), Earned: earned(sum.Activity),
	}
	if f != nil {
		p.Code, p.Errors = f.Text("code"), f.Errors
	}
	for _, g := range sum.Programs {
		p.Offers = append(p.Offers, offer(g))
	}
	for _, r := range sum.Referees {
		p.Friends = append(p.Friends, friend(v, r))
	}
	if sum.NextCursor != "" {
		p.Next = link.MeFriends + "?cursor=" + url.QueryEscape(sum.NextCursor)
	}
	return v.Render(status, page.Friends(p))
}

// earned says what the member's friends have brought so far.
func earned(a api.ReferralActivity) string {
	if pays := label.Pays(api.Reward{XP: a.XPEarned, Coins: a.CoinsEarned}); pays != "" {
		return "They earned you " + pays
	}
	return ""
}

func offer(g api.Program) page.Offer {
	out := page.Offer{Name: g.Name, About: g.Description}
	for _, s := range g.Stages {
		step := page.OfferStep{Name: s.Name, Needs: label.Needs(s), Pays: label.Pays(s.Rewards)}
		if s.RefereeRewards != nil {
			step.Gives = label.Pays(*s.RefereeRewards)
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func friend(v *web.Visit, r api.Referee) page.Friend {
	out := page.Friend{Name: r.Username, Image: r.Avatar, Joined: v.Moment(r.JoinedAt)}
	for _, g := range r.Programs {
		out.Ways = append(out.Ways, page.FriendWay{WayProps: label.Way(g), Next: missing(g)})
	}
	return out
}

// missing is what the first stage that is not passed still takes.
func missing(g api.ProgramProgress) string {
	for _, s := range g.Stages {
		if s.IsCompleted {
			continue
		}
		var parts []string
		for _, c := range s.Requirements.MainConditions {
			if !c.IsMet {
				parts = append(parts, c.Text)
			}
		}
		return s.Name + ": " + strings.Join(parts, "; ")
	}
	return ""
}

// SetCode chooses another code.
func SetCode(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if _, err = v.API.Me().SetReferralCode(v.Ctx(), f.Text("code")); err == nil {
		v.Done("Your link has the new code.")
		return v.Go(link.MeFriends)
	}
	if !f.Take(err, nil) {
		return err
	}
	return friends(v, f.Status(err), f)
}
