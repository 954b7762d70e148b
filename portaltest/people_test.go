package portaltest_test

import (
	"errors"
	"testing"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/channel"
	"laurel/engine/db/dbtest"
	"laurel/portaltest"
)

// onBoth runs a test of the product on both databases.
func onBoth(t *testing.T, fn func(t *testing.T, p *portaltest.Portal)) {
	t.Run("sqlite", func(t *testing.T) { fn(t, portaltest.New(t)) })
	t.Run("postgres", func(t *testing.T) {
		fn(t, portaltest.NewWith(t, portaltest.Options{DatabaseURL: dbtest.PostgresURL(t)}))
	})
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var e *api.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("got %v, want the code %s", err, code)
	}
}

func role(title string, order int, server, channel map[string]bool) api.RoleInput {
	return api.RoleInput{Title: &title, Order: &order, Server: server, Channel: channel}
}

func TestRoleInBothSpellings(t *testing.T) {
	onBoth(t, func(t *testing.T, p *portaltest.Portal) {
		roles := p.Client.WithSystemKey(p.Secrets.SystemKey).Roles()
		made := must[api.CommunityRole](t)(roles.Create(t.Context(), role("Guide", 3,
			map[string]bool{"overwrite_language": true, "warn_members": true}, map[string]bool{"pinable": true, "share_Attachments": true})))
		if !made.ServerPermissions.OverwriteLanguage || !made.ServerPermissions.Warn || !made.ChannelPermissions.Pin || !made.ChannelPermissions.ShareAttachments {
			t.Errorf("the rights were not taken: %+v", made)
		}
		changed := must[api.CommunityRole](t)(roles.Update(t.Context(), made.ID, api.RoleInput{ServerPermissions: map[string]bool{"overwrite_language_settings": false}}))
		if changed.ServerPermissions.OverwriteLanguage || !changed.ServerPermissions.Warn || changed.Title != "Guide" {
			t.Errorf("one right was to change, got %+v", changed)
		}
		_, err := roles.Create(t.Context(), role("Odd", 4, map[string]bool{"fly": true}, nil))
		wantCode(t, err, "invalid_server_permissions_fly")
		_, err = roles.Delete(t.Context(), p.Community.ID)
		wantCode(t, err, "role_is_default")
	})
}

func TestOrderOfRolesBinds(t *testing.T) {
	onBoth(t, func(t *testing.T, p *portaltest.Portal) {
		owner := p.As(p.Owner)
		chief := must[api.CommunityRole](t)(owner.Roles().Create(t.Context(), role("Chief", 2, map[string]bool{"manage_roles": true, "warn_members": true}, nil)))
		top := must[api.CommunityRole](t)(owner.Roles().Create(t.Context(), role("Top", 1, nil, nil)))
		other := p.Join(t, "otto", api.RoleMember)
		must[api.CommunityRole](t)(owner.Roles().Give(t.Context(), chief.ID, p.Member.User.ID))
		must[api.CommunityRole](t)(owner.Roles().Give(t.Context(), top.ID, other.User.ID))
		mia := p.As(p.Member)
		_, err := mia.Roles().Give(t.Context(), top.ID, p.Member.User.ID)
		wantCode(t, err, "role_too_high")
		_, err = mia.Roles().Create(t.Context(), role("Strong", 9, map[string]bool{"ban_members": true}, nil))
		wantCode(t, err, "role_too_high")
		must[api.CommunityRole](t)(mia.Roles().Create(t.Context(), role("Weak", 9, nil, nil)))
		_, err = mia.Penalties().Give(t.Context(), other.User.ID, api.NewPenalty{Kind: api.PenaltyWarn, Reason: "spam"})
		wantCode(t, err, "member_outranks_you")
		_, err = p.As(other).Roles().Create(t.Context(), role("Mine", 9, nil, nil))
		wantCode(t, err, "missing_permission")
		_, err = mia.Roles().Take(t.Context(), top.ID, other.User.ID)
		wantCode(t, err, "member_outranks_you")
	})
}

func TestSuspensionEndsByTheClock(t *testing.T) {
	onBoth(t, func(t *testing.T, p *portaltest.Portal) {
		until := api.At(p.Clock.Now().Add(time.Hour))
		ban := p.As(p.Admin).Penalties()
		made := must[api.Penalty](t)(ban.Give(t.Context(), p.Member.User.ID, api.NewPenalty{Kind: api.PenaltySuspend, Reason: "flooding", EndsAt: &until}))
		name := "Mia M"
		_, err := p.As(p.Member).Me().Update(t.Context(), api.UserPatch{DisplayName: &name})
		wantCode(t, err, "member_suspended")
		login := api.Login{CommunityID: p.Community.ID, Login: "mia", Password: portaltest.Password}
		_, err = p.Client.Auth().Login(t.Context(), login)
		wantCode(t, err, "member_suspended")
		_, err = ban.Give(t.Context(), p.Member.User.ID, api.NewPenalty{Kind: api.PenaltySuspend, Reason: "again", EndsAt: &until})
		wantCode(t, err, "penalty_stands")
		must[api.Penalty](t)(ban.Extend(t.Context(), made.ID, api.PenaltyPatch{EndsAt: api.At(p.Clock.Now().Add(2 * time.Hour))}))
		p.Clock.Advance(90 * time.Minute)
		_, err = p.Client.Auth().Login(t.Context(), login)
		wantCode(t, err, "member_suspended")
		p.Clock.Advance(31 * time.Minute)
		must[api.Session](t)(p.Client.Auth().Login(t.Context(), login))
		log := must[[]api.Penalty](t)(items(ban.List(t.Context(), penaltiesOf(p.Member))))
		if len(log) != 1 || log[0].IsActive || log[0].Reason != "flooding" {
			t.Errorf("the misconduct log holds %+v", log)
		}
	})
}

func TestBanLastsUntilRevoked(t *testing.T) {
	onBoth(t, func(t *testing.T, p *portaltest.Portal) {
		pen := p.As(p.Admin).Penalties()
		made := must[api.Penalty](t)(pen.Give(t.Context(), "mia", api.NewPenalty{Kind: api.PenaltyBan, Reason: "fraud"}))
		p.Clock.Advance(24 * 365 * time.Hour)
		login := api.Login{CommunityID: p.Community.ID, Login: "mia", Password: portaltest.Password}
		_, err := p.Client.Auth().Login(t.Context(), login)
		wantCode(t, err, "member_banned")
		_, err = p.Engine.Penalties.Revoke(t.Context(), p.Community.ID, made.ID, "a mistake")
		if err != nil {
			t.Fatal(err)
		}
		must[api.Session](t)(p.Client.Auth().Login(t.Context(), login))
	})
}

func TestAccessRequestGivesTheRoleThatOpens(t *testing.T) {
	onBoth(t, func(t *testing.T, p *portaltest.Portal) {
		owner, yes := p.As(p.Owner), true
		gold := must[api.CommunityRole](t)(owner.Roles().Create(t.Context(), role("Gold", 5, nil, map[string]bool{"view_message_history": true})))
		blue := must[api.CommunityRole](t)(owner.Roles().Create(t.Context(), role("Blue", 6, nil, nil)))
		name, kind := "vault", api.ChannelOpen
		ch := must[api.Channel](t)(owner.Channels().Create(t.Context(), api.ChannelInput{Topic: &name, Type: &kind, IsPrivate: &yes,
			Permissions: &[]api.ChannelAccess{{RoleID: gold.ID}}, RequestRoles: &[]string{p.Community.ID}}))
		mia, may := p.As(p.Member), p.Engine.Channels.May
		wantCode(t, may(t.Context(), p.Community.ID, p.Member.User.ID, ch.ID, channel.ActSee), "channel_private")
		if seen := must[[]api.Channel](t)(mia.Channels().List(t.Context())); len(seen) != 0 {
			t.Errorf("a hidden channel is listed: %+v", seen)
		}
		ask := must[api.AccessRequest](t)(mia.MyChannels().Ask(t.Context(), ch.ID, "please"))
		_, err := mia.MyChannels().Ask(t.Context(), ch.ID, "please!")
		wantCode(t, err, "access_request_open")
		_, err = owner.Channels().Approve(t.Context(), ask.ID, blue.ID)
		wantCode(t, err, "invalid_role_id")
		must[api.AccessRequest](t)(owner.Channels().Approve(t.Context(), ask.ID, gold.ID))
		if err := may(t.Context(), p.Community.ID, p.Member.User.ID, ch.ID, channel.ActView); err != nil {
			t.Errorf("after the approval: %v", err)
		}
		_, err = owner.Channels().Refuse(t.Context(), ask.ID, "")
		wantCode(t, err, "access_request_decided")
	})
}

func TestJoiningAsksForConsentAndFields(t *testing.T) {
	onBoth(t, func(t *testing.T, p *portaltest.Portal) {
		owner := p.As(p.Owner).Joining(p.Community.ID)
		title, text := "House rules", "Be kind."
		rule := must[api.Policy](t)(owner.CreatePolicy(t.Context(), api.PolicyInput{Title: &title, Body: &text}))
		must[api.Joining](t)(owner.SetFields(t.Context(), []string{"firstname"}))
		guest := must[api.CommunityRole](t)(p.As(p.Owner).Roles().Create(t.Context(), role("Guest", 5, nil, nil)))
		invite := must[api.Invite](t)(owner.Invite(t.Context(), api.NewInvite{RoleID: guest.ID, MaxUses: 1}))
		in := api.Registration{CommunityID: p.Community.ID, Email: "nia@example.com", Username: "nia", Password: portaltest.Password, Invite: invite.Code}
		wantCode(t, p.Client.Auth().Register(t.Context(), in), "invalid_consents")
		in.Consents = []api.Consent{{PolicyID: rule.ID, Version: rule.Version}}
		wantCode(t, p.Client.Auth().Register(t.Context(), in), "invalid_firstname")
		in.FirstName = "Nia"
		if err := p.Client.Auth().Register(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		held := must[[]api.CommunityRole](t)(p.As(p.Owner).Roles().Of(t.Context(), "nia"))
		if len(held) != 2 || held[0].ID != guest.ID {
			t.Errorf("the invite's role is missing: %+v", held)
		}
		in.Email, in.Username = "pia@example.com", "pia"
		wantCode(t, p.Client.Auth().Register(t.Context(), in), "invalid_invite")
		text = "Be very kind."
		must[api.Policy](t)(owner.UpdatePolicy(t.Context(), rule.ID, api.PolicyInput{Body: &text}))
		in.Invite = ""
		wantCode(t, p.Client.Auth().Register(t.Context(), in), "invalid_consents")
		_, err := p.As(p.Member).Joining(p.Community.ID).Invite(t.Context(), api.NewInvite{})
		wantCode(t, err, "missing_permission")
	})
}

func penaltiesOf(who portaltest.Person) apiclient.PenaltyQuery {
	return apiclient.PenaltyQuery{User: who.User.ID}
}

func items[T any](p apiclient.Page[T], err error) ([]T, error) { return p.Items, err }
