package rule

import "laurel/api"

// modern carries the legacy names of a request over to the new ones; where
// both are given the new name wins.
func modern(in api.LeaderboardInput) api.LeaderboardInput {
	if in.RankingField == nil {
		in.RankingField = in.RankBy
	}
	if in.IsEnabled == nil {
		in.IsEnabled = in.Enabled
	}
	if in.DisplayedColumns == nil && in.DisplayedFields != nil {
		columns := legacyColumns(*in.DisplayedFields, in.DisplayFieldsOrder)
		in.DisplayedColumns = &columns
	}
	if d := in.Duration; d != nil {
		in = modernDuration(in, *d)
	}
	in.RankBy, in.Enabled, in.DisplayedFields, in.DisplayFieldsOrder, in.Duration = nil, nil, nil, nil, nil
	return in
}

func modernDuration(in api.LeaderboardInput, d api.Duration) api.LeaderboardInput {
	take(&in.StartDate, d.Start)
	take(&in.EndDate, d.End)
	take(&in.TimeZone, d.TimeZone)
	take(&in.StartTime, d.StartTime)
	take(&in.EndTime, d.EndTime)
	if d.Zone != "" {
		take(&in.Zone, &d.Zone)
	}
	if d.NoEndDate {
		take(&in.HasNoEndDate, &d.NoEndDate)
	}
	return in
}

func take[T any](into **T, from *T) {
	if *into == nil {
		*into = from
	}
}

// legacyColumns shows the fields in their order; those that only the order
// names are there, but hidden.
func legacyColumns(shown []string, order *[]string) []api.Column {
	names := append([]string{}, shown...)
	if order != nil {
		names = append(append([]string{}, *order...), shown...)
	}
	visible, seen := map[string]bool{}, map[string]bool{}
	for _, name := range shown {
		visible[name] = true
	}
	columns := []api.Column{}
	for _, name := range names {
		if !seen[name] {
			seen[name] = true
			columns = append(columns, api.Column{Column: name, Visible: visible[name], Order: len(columns)})
		}
	}
	return columns
}
