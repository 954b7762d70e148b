package ledger

import (
	"context"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// The two forms of a day on the wire: daily history is older than the rest.
const (
	dailyDay = "02/01/2006"
	statsDay = time.DateOnly
)

// maxDays is how far back one question about days may go.
const maxDays = 366

// span is a run of days in a community's zone, oldest first.
type span []string

// lastDays are n days that end today.
func (s *Service) lastDays(ctx context.Context, communityID string, n int) span {
	today := s.k.Now().In(s.communities.Zone(ctx, communityID))
	out := make(span, n)
	for i := range out {
		out[i] = time.Date(today.Year(), today.Month(), today.Day()-n+1+i, 12, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	return out
}

func (s span) first() string { return s[0] }
func (s span) last() string  { return s[len(s)-1] }

// shown is a stored day in a wire form.
func shown(day, layout string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format(layout)
}

// tallies are a member's days of a span; the latest day is in the account.
func (s *Service) tallies(ctx context.Context, communityID, memberID string, days span) (map[string]tally, error) {
	out, err := selectDays(ctx, s.k.DB().Read(), communityID, memberID, days.first(), days.last())
	if err != nil {
		return nil, err
	}
	err = s.sql.selectAccounts(ctx, s.k.DB().Read(), communityID, []string{memberID}, func(a account) {
		if a.today == "" || a.today < days.first() || a.today > days.last() {
			return
		}
		t := out[a.today]
		t.merge(a.tally)
		out[a.today] = t
	})
	return out, err
}

type statsInput struct {
	Body api.StatsQuery
}

// identified finds a member by an identifier of the type that is claimed.
func (s *Service) identified(ctx context.Context, communityID, identifier, kind string) (member.Ref, error) {
	if kind == "email" && !strings.ContainsRune(identifier, '@') {
		return member.Ref{}, api.InvalidField("identifier", "must be an email address")
	}
	who, err := s.members.Resolve(ctx, communityID, identifier)
	if err == nil && who.Deleted {
		err = errUser
	}
	return who, err
}

// activityStats is the reference's reply about what a member did by day.
func (s *Service) activityStats(ctx context.Context, in *statsInput) (api.ActivityStats, error) {
	c := rest.CallerOf(ctx)
	who, err := s.identified(ctx, c.CommunityID, in.Body.Identifier, in.Body.IdentifierType)
	if err != nil {
		return api.ActivityStats{}, err
	}
	days := s.lastDays(ctx, c.CommunityID, orDays(in.Body.Days))
	byDay, err := s.tallies(ctx, c.CommunityID, who.ID, days)
	out := api.ActivityStats{
		UserID: strconv.FormatInt(who.No, 10), DailyStats: make([]api.ActivityDay, 0, len(days)),
		Range: api.DayRange{Start: shown(days.first(), statsDay), End: shown(days.last(), statsDay)},
	}
	for i := len(days) - 1; i >= 0; i-- {
		n := acts(byDay[days[i]])
		out.Totals.Messages += n.Messages
		out.Totals.Replies += n.Replies
		out.Totals.Reaction += n.Reaction
		out.Totals.Socials += n.Socials
		out.DailyStats = append(out.DailyStats, api.ActivityDay{Date: shown(days[i], statsDay), ActivityCounts: n})
	}
	return out, err
}

func acts(t tally) api.ActivityCounts {
	return api.ActivityCounts{Messages: t.messages, Replies: t.replies, Reaction: t.reactions, Socials: t.socials}
}

func orDays(n int) int {
	if n == 0 {
		return 30
	}
	return n
}

type dailyInput struct {
	Identifier     string `query:"identifier" required:"true" minLength:"1" maxLength:"254"`
	IdentifierType string `query:"identifier_type" enum:"email,id,userId,username" doc:"Any form is accepted when missing"`
	Days           int    `query:"days" minimum:"1" maximum:"366" default:"30" doc:"Days that end today"`
}

// daily is the older generation: one member, newest day first, zero days included.
func (s *Service) daily(ctx context.Context, in *dailyInput) (api.DailyHistory, error) {
	c := rest.CallerOf(ctx)
	who, err := s.identified(ctx, c.CommunityID, in.Identifier, in.IdentifierType)
	if err != nil {
		return api.DailyHistory{}, err
	}
	return s.Daily(ctx, c.CommunityID, who, orDays(in.Days))
}

// Daily is what a member earned on each of the last days, today first, days
// without anything included. Days are those of the community's zone.
func (s *Service) Daily(ctx context.Context, communityID string, who member.Ref, n int) (api.DailyHistory, error) {
	days := s.lastDays(ctx, communityID, min(max(n, 1), maxDays))
	byDay, err := s.tallies(ctx, communityID, who.ID, days)
	out := api.DailyHistory{
		UserID: strconv.FormatInt(who.No, 10), DailyStats: make([]api.DailyStat, 0, len(days)),
		Range: api.DayRange{Start: shown(days.first(), dailyDay), End: shown(days.last(), dailyDay)},
	}
	for i := len(days) - 1; i >= 0; i-- {
		t := byDay[days[i]]
		out.Totals.Coins += t.coins
		out.Totals.XP += t.xp
		out.DailyStats = append(out.DailyStats, api.DailyStat{Date: shown(days[i], dailyDay), Earned: api.Earned{Coins: t.coins, XP: t.xp}})
	}
	return out, err
}

type dailyOfInput struct {
	Body api.DailyQuery
}

// dailyOf is the newer generation: many members on one day. Identifiers that
// name nobody are in total and not in found.
func (s *Service) dailyOf(ctx context.Context, in *dailyOfInput) (api.DailyPage, error) {
	c := rest.CallerOf(ctx)
	day, err := s.dayOf(ctx, c.CommunityID, in.Body.Date)
	if err != nil {
		return api.DailyPage{}, err
	}
	page, limit := max(in.Body.Page, 1), in.Body.Limit
	if limit == 0 {
		limit = 20
	}
	total := len(in.Body.Identifier)
	from := min((page-1)*limit, total)
	found, err := s.found(ctx, c.CommunityID, in.Body.Identifier, in.Body.IdentifierType)
	if err != nil {
		return api.DailyPage{}, err
	}
	out := api.DailyPage{Date: shown(day, dailyDay), Pagination: api.DailyPaging{
		Page: page, Limit: limit, Total: total, TotalPages: (total + limit - 1) / limit, Found: len(found),
	}, Results: []api.DailyResult{}}
	return out, s.fillDaily(ctx, c.CommunityID, day, in.Body.Identifier[from:min(from+limit, total)], found, &out.Results)
}

// dayOf reads a day as DD/MM/YYYY, or as the rest of the API writes days;
// today when none is named.
func (s *Service) dayOf(ctx context.Context, communityID, text string) (string, error) {
	if text == "" {
		return rule.Day(s.k.Now(), s.communities.Zone(ctx, communityID)), nil
	}
	for _, layout := range []string{dailyDay, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format(time.DateOnly), nil
		}
	}
	return "", api.InvalidField("date", "must be a day as DD/MM/YYYY")
}

func (s *Service) found(ctx context.Context, communityID string, identifiers []string, kind string) (map[string]member.Ref, error) {
	out := map[string]member.Ref{}
	for _, name := range identifiers {
		who, err := s.identified(ctx, communityID, name, kind)
		switch {
		case api.IsKind(err, api.NotFound), err != nil && who.Deleted:
		case err != nil:
			return nil, err
		default:
			out[name] = who
		}
	}
	return out, nil
}

func (s *Service) fillDaily(ctx context.Context, communityID, day string, names []string, found map[string]member.Ref, into *[]api.DailyResult) error {
	var ids []string
	for _, name := range names {
		if who, ok := found[name]; ok {
			ids = append(ids, who.ID)
		}
	}
	byMember, err := s.sql.selectDayOf(ctx, s.k.DB().Read(), communityID, day, ids)
	if err != nil {
		return err
	}
	err = s.sql.selectAccounts(ctx, s.k.DB().Read(), communityID, ids, func(a account) {
		if a.today == day {
			t := byMember[a.memberID]
			t.merge(a.tally)
			byMember[a.memberID] = t
		}
	})
	for _, name := range names {
		if who, ok := found[name]; ok {
			t := byMember[who.ID]
			*into = append(*into, api.DailyResult{Identifier: name, UserID: strconv.FormatInt(who.No, 10), Date: shown(day, dailyDay),
				Earned: api.Earned{Coins: t.coins, XP: t.xp}})
		}
	}
	return err
}

// dayRoutes registers the operations on days.
func (s *Service) dayRoutes() {
	const tag, said = "Users", "User gamification stats fetched successfully"
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/activity/stats", ID: "get-activity-stats", Tag: tag, Permission: api.PermGetUserStats,
		Summary: "What a user did on each of the last days", Message: said}, s.activityStats)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/users/activity/daily", ID: "get-daily-history", Tag: tag, Permission: api.PermGetUserStats,
		Summary: "What a user earned on each of the last days", Message: said,
		Description: "Newest day first, days without anything included; days are those of the community's time zone."}, s.daily)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/activity/daily", ID: "list-daily-earnings", Tag: tag, Permission: api.PermGetUserStats,
		Summary: "What many users earned on one day", Message: said,
		Description: "total counts the identifiers of the request, found those that name a user."}, s.dailyOf)
}
