package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/community"
	"laurel/engine/member"
)

// Passwords of the demo's accounts. They are printed at the start: the demo
// is for looking, on the machine that runs it.
const (
	ownerPassword  = "quiet-lantern-4821"
	adminPassword  = "copper-meadow-7356"
	memberPassword = "silver-thicket-2094"
)

// team makes the three people who can sign in. The member is one of the
// crowd's place in the middle of the board, with a history of her own.
func (d *Demo) team(ctx context.Context, cred *Credentials, who []member.Ref, joined []int) error {
	for _, p := range []struct {
		into                            *Account
		username, first, last, password string
		role                            api.Role
	}{
		{&cred.Owner, "owner", "Ana", "Oliveira", ownerPassword, api.RoleOwner},
		{&cred.Admin, "admin", "Marcus", "Lindqvist", adminPassword, api.RoleAdmin},
		{&cred.Member, "priya", "Priya", "Banerjee", memberPassword, api.RoleMember},
	} {
		email := p.username + "@northwind.example"
		u, err := d.engine.Members.Create(ctx, d.community, api.NewUser{
			Username: p.username, Email: email, DisplayName: p.first + " " + p.last, FirstName: p.first, LastName: p.last,
			Password: p.password, ConfirmPassword: p.password, Role: p.role,
		})
		if err != nil {
			return fmt.Errorf("account %s: %w", p.username, err)
		}
		*p.into = Account{Login: p.username, Password: p.password, Email: email, ID: u.ID}
	}
	priya, err := d.engine.Members.Resolve(ctx, d.community, cred.Member.ID)
	if err != nil {
		return err
	}
	who[memberAt(len(who))], joined[memberAt(len(who))] = priya, 0
	return nil
}

// part is how much of the history is lived through before badges are awarded.
const part = 4096

// live records the history through the community's own rules.
func (d *Demo) live(ctx context.Context, r *rand.Rand, who []member.Ref, joined []int, days int, now time.Time) error {
	zone := d.engine.Communities.Zone(ctx, d.community)
	for part := range slices.Chunk(history(r, who, joined, days, now, zone), part) {
		err := d.engine.Badges.Live(ctx, d.community, func() error {
			_, err := d.engine.Ledger.Bulk(ctx, d.community, part)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// boards makes a board for every period, as the admin would through the API.
func (d *Demo) boards(ctx context.Context, cred *Credentials, c Config) error {
	client := apiclient.InProcess(d.engine).WithSystemKey(cred.SystemKey)
	for i, b := range []struct {
		name, slug, text, by string
		filters              []api.Period
	}{
		{"Autumn trading sprint", "autumn-sprint", "XP earned by taking part. The top three of each week win a mentoring hour.", api.RankXP, []api.Period{api.PeriodWeekly, api.PeriodDaily, api.PeriodMonthly, api.PeriodYearly, api.PeriodAllTime}},
		{"Coin collectors", "coins", "Who has earned the most coins.", api.RankCoins, []api.Period{api.PeriodAllTime, api.PeriodMonthly}},
		{"Most helpful", "most-helpful", "Replies given to other traders.", api.RankReplies, []api.Period{api.PeriodMonthly, api.PeriodWeekly, api.PeriodAllTime}},
		{"Longest streaks", "streaks", "Days in a row.", api.RankStreak, []api.Period{api.PeriodAllTime}},
		{"Today's talkers", "today", "Messages since midnight in Lisbon.", api.RankMessages, []api.Period{api.PeriodDaily}},
	} {
		made, err := client.Leaderboards().Create(ctx, boardInput(b.name, b.slug, b.text, b.by, b.filters, i, c))
		if err != nil {
			return fmt.Errorf("board %s: %w", b.slug, err)
		}
		if i == 0 {
			cred.LeaderboardID, cred.LeaderboardSlug = made.ID, made.Slug
		}
	}
	return nil
}

func boardInput(name, slug, text, by string, filters []api.Period, order int, c Config) api.LeaderboardInput {
	start, yes, zone := api.At(c.Now.AddDate(-1, 0, 0)), true, "Europe/Lisbon"
	columns := []api.Column{{Column: "user", Visible: true, Order: 0}, {Column: "level", Visible: true, Order: 1}, {Column: by, Visible: true, Order: 2}}
	if by != api.RankXP && by != api.RankCoins {
		columns[2].Column = "score"
	}
	return api.LeaderboardInput{
		Name: &name, Slug: &slug, Description: &text, RankingField: &by, AllowedTimeFilters: &filters, DisplayedColumns: &columns,
		StartDate: &start, HasNoEndDate: &yes, Zone: &zone, IsEnabled: &yes, IsPreviewEnabled: &yes, DisplayOrder: &order,
		Widget: &api.BoardWidget{Enabled: true, WhitelistedDomains: []string{c.HostURL}, Size: api.WidgetSize{Type: "dynamic"}},
	}
}

// today lets the member who can sign in take part in the present week, as the
// partner's server reports it.
func (d *Demo) today(ctx context.Context, cred *Credentials) error {
	var many []api.Activity
	for _, action := range []string{"visit", "analysis", "object", "comment", "message", "reply"} {
		many = append(many, api.Activity{User: cred.Member.ID, Action: action})
	}
	_, err := apiclient.InProcess(d.engine).WithSystemKey(cred.SystemKey).Gamification().RecordMany(ctx, many)
	return err
}

// keys makes the keys and widgets that a partner would be given.
func (d *Demo) keys(ctx context.Context, cred *Credentials, c Config) error {
	key, err := d.engine.Communities.IssueKey(ctx, d.community, community.KindCommunity, "", api.NewAPIKey{Name: "Partner backend", Permissions: api.CommunityPermissions()})
	if err != nil {
		return err
	}
	own, err := d.engine.Communities.IssueKey(ctx, d.community, community.KindUser, cred.Member.ID, api.NewAPIKey{Name: "Phone shortcuts", Permissions: api.UserPermissions()})
	if err != nil {
		return err
	}
	cred.CommunityKey, cred.UserKey = key.Key, own.Key
	widgets := apiclient.InProcess(d.engine).WithSystemKey(cred.SystemKey).Widgets()
	name, origins := "Harbour Markets", []string{c.HostURL}
	access, err := widgets.CreateAccessKey(ctx, api.AccessKeyInput{Name: &name, AllowedOrigins: &origins})
	if err != nil {
		return err
	}
	cred.AccessID, cred.AccessKey = access.AccessID, access.AccessKey
	for _, w := range []struct {
		into   *string
		name   string
		public bool
	}{{&cred.PublicWidgetID, "Autumn sprint, public", true}, {&cred.WidgetID, "Autumn sprint, for members", false}} {
		kind := "leaderboard"
		made, err := widgets.Create(ctx, api.WidgetInput{Name: &w.name, Kind: &kind, TargetID: &cred.LeaderboardID, IsPublic: &w.public,
			AllowedOrigins: &origins, Options: &api.WidgetOptions{Rows: 10, Period: api.PeriodWeekly}})
		if err != nil {
			return err
		}
		*w.into = made.ID
	}
	return nil
}

// rehome lets the partner's site embed from its new address, when the demo is
// started again on other ports.
func rehome(ctx context.Context, client *apiclient.Client, cred Credentials, hostURL string) error {
	client = client.WithSystemKey(cred.SystemKey)
	origins := []string{hostURL}
	keys, err := client.Widgets().AccessKeys(ctx)
	for _, k := range keys {
		if err == nil && k.AccessID == cred.AccessID {
			_, err = client.Widgets().UpdateAccessKey(ctx, k.ID, api.AccessKeyInput{AllowedOrigins: &origins})
		}
	}
	for _, id := range []string{cred.WidgetID, cred.PublicWidgetID} {
		if err == nil {
			_, err = client.Widgets().Update(ctx, id, api.WidgetInput{AllowedOrigins: &origins})
		}
	}
	if err != nil {
		return err
	}
	board, err := client.Leaderboards().Get(ctx, cred.LeaderboardID)
	if err != nil {
		return err
	}
	board.Widget.WhitelistedDomains = origins
	_, err = client.Leaderboards().Update(ctx, board.ID, api.LeaderboardInput{Widget: &board.Widget})
	return err
}
