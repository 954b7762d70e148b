// Package rule holds the pure rules of boards: what a request may ask for,
// what a board without an answer gets, and when its window is open. It knows
// no database and no clock.
package rule

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"laurel/api"
)

// MaxColumns is how many columns a board shows at most.
const MaxColumns = 50

// maxSlug is the length of the longest slug.
const maxSlug = 100

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Blank is a board before anything is asked of it, in the zone of its community.
func Blank(zone string) api.Leaderboard {
	return api.Leaderboard{
		TieRule: api.TieFirst, TimeFilters: []api.Period{api.PeriodAllTime},
		DisplayedFields: []string{}, DisplayFieldsOrder: []string{}, DisplayedColumns: []api.Column{},
		Duration:                api.Duration{NoEndDate: true, Zone: zone},
		RankedUserRoles:         NoAudience(),
		ViewPermissionUserRoles: NoAudience(),
		Widget:                  api.BoardWidget{WhitelistedDomains: []string{}, Size: api.WidgetSize{Type: "dynamic"}},
	}
}

// NoAudience is the audience that means everybody.
func NoAudience() api.Audience {
	return api.Audience{Users: []string{}, Roles: []string{}, Tags: []string{}}
}

// Create makes a board of a blank one and a request. Errors: Invalid with the
// first bad field.
func Create(b api.Leaderboard, in api.LeaderboardInput) (api.Leaderboard, error) {
	in = modern(in)
	for _, need := range []struct {
		field   string
		missing bool
	}{
		{"name", in.Name == nil}, {"rankingField", in.RankingField == nil}, {"displayedColumns", in.DisplayedColumns == nil},
		{"startDate", in.StartDate == nil || in.StartDate.IsZero()}, {"isEnabled", in.IsEnabled == nil},
	} {
		if need.missing {
			return b, api.InvalidField(need.field, "is required")
		}
	}
	if in.Slug == nil {
		b.Slug = Slug(*in.Name)
	}
	return Patch(b, in)
}

// Patch changes the named parts of a board. Errors: Invalid with the first bad field.
func Patch(b api.Leaderboard, in api.LeaderboardInput) (api.Leaderboard, error) {
	in = modern(in)
	for _, part := range []func(*api.Leaderboard, api.LeaderboardInput) error{
		texts, ranking, columns, display, window, filters, audiences, switches, widget,
	} {
		if err := part(&b, in); err != nil {
			return b, err
		}
	}
	return b, nil
}

func set[T any](into, from *T) {
	if from != nil {
		*into = *from
	}
}

func texts(b *api.Leaderboard, in api.LeaderboardInput) error {
	set(&b.Name, in.Name)
	set(&b.Slug, in.Slug)
	set(&b.Description, in.Description)
	set(&b.Image, in.Image)
	b.Name = strings.TrimSpace(b.Name)
	switch {
	case b.Name == "" || utf8.RuneCountInString(b.Name) > 100:
		return api.InvalidField("name", "must have 1 to 100 characters")
	case !slugForm.MatchString(b.Slug) || len(b.Slug) > maxSlug:
		return api.InvalidField("slug", "must be lower-case letters, digits and single hyphens, at most 100")
	case api.IsID(b.Slug):
		return api.InvalidField("slug", "must not look like an id")
	case utf8.RuneCountInString(b.Description) > 2000:
		return api.InvalidField("description", "must have at most 2000 characters")
	case b.Image != "" && !isAddress(b.Image, true):
		return api.InvalidField("image", "must be an https address or a path on this site, at most 500 characters")
	}
	return checkText(b.Name, "name", b.Description, "description")
}

// checkText refuses what no database takes.
func checkText(pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		if !utf8.ValidString(pairs[i]) || strings.ContainsRune(pairs[i], 0) {
			return api.InvalidField(pairs[i+1], "must be text without NUL")
		}
	}
	return nil
}

// rankingNames are the other names of ranking fields.
func rankingName(s string) string {
	switch s = strings.TrimSpace(s); s {
	case "xp":
		return api.RankXP
	case "coins":
		return api.RankCoins
	}
	return s
}

func ranking(b *api.Leaderboard, in api.LeaderboardInput) error {
	if in.RankingField != nil {
		b.RankBy = rankingName(*in.RankingField)
	}
	set(&b.TieRule, in.TieRule)
	_, isField := FieldOf(b.RankBy)
	if !isField && !slices.Contains(RankingFields(), b.RankBy) {
		return api.InvalidField("rankingField", "must be one of "+strings.Join(RankingFields(), ", ")+", or field: and the key of a numerical user field")
	}
	if !slices.Contains([]api.TieRule{api.TieFirst, api.TieCompetition, api.TieDense, api.TieOrdinal}, b.TieRule) {
		return api.InvalidField("tieRule", "must be first-achiever, competition, dense or ordinal")
	}
	return nil
}

// RankingFields are the metrics that every community has.
func RankingFields() []string {
	return []string{api.RankXP, api.RankCoins, api.RankPremium, api.RankMessages, api.RankReplies, api.RankReactions, api.RankReferrals, api.RankStreak}
}

// FieldOf is the key of the user field that a ranking field or column names.
func FieldOf(name string) (key string, ok bool) {
	key, ok = strings.CutPrefix(name, api.RankFieldStart)
	return key, ok && key != "" && len(key) <= 100
}

func display(b *api.Leaderboard, in api.LeaderboardInput) error {
	p := &b.PerformanceDisplay
	set(&p.ShowTop.Enabled, in.TopRankOnly)
	set(&p.ShowTop.Value, in.TopRankLimit)
	set(&p.ShowPositive.Enabled, in.OnlyPositiveRanks)
	set(&p.ShowDummy.Enabled, in.IncludeDummyUsers)
	set(&b.DisplayOrder, in.DisplayOrder)
	if p.ShowTop.Enabled && p.ShowTop.Value == 0 {
		p.ShowTop.Value = 10
	}
	if p.ShowTop.Value < 0 || p.ShowTop.Value > 100_000 {
		return api.InvalidField("topRankLimit", "must be from 1 to 100000")
	}
	return nil
}

func filters(b *api.Leaderboard, in api.LeaderboardInput) error {
	if in.AllowedTimeFilters == nil {
		return nil
	}
	b.TimeFilters = []api.Period{}
	for _, p := range *in.AllowedTimeFilters {
		if !slices.Contains(api.Periods(), p) {
			return api.InvalidField("allowedTimeFilters", "must hold only all-time, daily, weekly, monthly and yearly")
		}
		if !slices.Contains(b.TimeFilters, p) {
			b.TimeFilters = append(b.TimeFilters, p)
		}
	}
	if len(b.TimeFilters) == 0 {
		return api.InvalidField("allowedTimeFilters", "must hold at least one period")
	}
	return nil
}

func switches(b *api.Leaderboard, in api.LeaderboardInput) error {
	set(&b.Enabled, in.IsEnabled)
	set(&b.IsPreviewEnabled, in.IsPreviewEnabled)
	return nil
}

// Slug makes an address part of a name; "board" when nothing is left.
func Slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := b.String()
	if len(slug) > 60 {
		slug = slug[:60]
	}
	if slug = strings.Trim(slug, "-"); slug == "" || api.IsID(slug) {
		return strings.Trim("board-"+slug, "-")
	}
	return slug
}
