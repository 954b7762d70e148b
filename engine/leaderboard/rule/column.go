package rule

import (
	"slices"
	"strconv"
	"strings"

	"laurel/api"
)

// Columns are the columns that every board can show, beside field:KEY.
func Columns() []string {
	return []string{"user", "name", "score", api.RankXP, api.RankCoins, "level", "tier"}
}

// columns sets the columns, sorted by their order, and both legacy lists.
func columns(b *api.Leaderboard, in api.LeaderboardInput) error {
	if in.DisplayedColumns == nil {
		return nil
	}
	if len(*in.DisplayedColumns) > MaxColumns {
		return api.InvalidField("displayedColumns", "must hold at most 50 columns")
	}
	list := make([]api.Column, 0, len(*in.DisplayedColumns))
	for i, c := range *in.DisplayedColumns {
		c.Column = rankingName(c.Column)
		if problem := columnProblem(c.Column, list); problem != "" {
			return api.InvalidField("displayedColumns["+strconv.Itoa(i)+"].column", problem)
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return api.InvalidField("displayedColumns", "must hold at least one column")
	}
	slices.SortStableFunc(list, func(a, b api.Column) int { return a.Order - b.Order })
	b.DisplayedColumns, b.DisplayedFields, b.DisplayFieldsOrder = list, []string{}, []string{}
	for _, c := range list {
		b.DisplayFieldsOrder = append(b.DisplayFieldsOrder, c.Column)
		if c.Visible {
			b.DisplayedFields = append(b.DisplayedFields, c.Column)
		}
	}
	return nil
}

func columnProblem(name string, before []api.Column) string {
	if _, isField := FieldOf(name); !isField && !slices.Contains(Columns(), name) {
		return "must be one of " + strings.Join(Columns(), ", ") + ", or field: and the key of a user field"
	}
	if slices.ContainsFunc(before, func(c api.Column) bool { return c.Column == name }) {
		return "occurs twice"
	}
	return ""
}

// ShownFields are the keys of the user fields that a board shows.
func ShownFields(b api.Leaderboard) []string {
	var keys []string
	for _, c := range b.DisplayedColumns {
		if key, ok := FieldOf(c.Column); ok && c.Visible {
			keys = append(keys, key)
		}
	}
	return keys
}
