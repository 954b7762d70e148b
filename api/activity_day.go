package api

// StatsQuery asks what a member did on each of the last days.
type StatsQuery struct {
	Identifier     string `json:"identifier" minLength:"1" maxLength:"254"`
	IdentifierType string `json:"identifier_type,omitempty" enum:"email,id,userId,username" doc:"Any form is accepted when missing"`
	Days           int    `json:"days,omitempty" minimum:"1" maximum:"366" doc:"Days that end today; 30 when missing"`
}

// DayRange is a run of days, both included.
type DayRange struct {
	Start string `json:"start_date"`
	End   string `json:"end_date"`
}

// ActivityCounts are acts of a member by kind.
type ActivityCounts struct {
	Messages int64 `json:"messages"`
	Replies  int64 `json:"replies"`
	Reaction int64 `json:"reaction"`
	Socials  int64 `json:"socials" doc:"Follows, likes, comments and shares over linked social accounts"`
}

// ActivityDay is what a member did on one day.
type ActivityDay struct {
	Date string `json:"date" doc:"YYYY-MM-DD in the community's zone"`
	ActivityCounts
}

// ActivityStats is the reply of POST /v1/users/activity/stats; newest day first.
type ActivityStats struct {
	UserID     string         `json:"user_id"`
	Range      DayRange       `json:"range"`
	Totals     ActivityCounts `json:"totals"`
	DailyStats []ActivityDay  `json:"daily_stats"`
}

// Earned are the points that a member gained, in whole points.
type Earned struct {
	Coins int64 `json:"coins"`
	XP    int64 `json:"xp"`
}

// DailyStat is what a member earned on one day.
type DailyStat struct {
	Date string `json:"date" doc:"DD/MM/YYYY in the community's zone"`
	Earned
}

// DailyHistory is the reply of GET /v1/users/activity/daily; newest day first.
type DailyHistory struct {
	UserID     string      `json:"user_id"`
	Range      DayRange    `json:"range"`
	Totals     Earned      `json:"totals"`
	DailyStats []DailyStat `json:"daily_stats"`
}

// DailyQuery asks what many members earned on one day.
type DailyQuery struct {
	Identifier     []string `json:"identifier" minItems:"1" maxItems:"1000"`
	IdentifierType string   `json:"identifier_type,omitempty" enum:"email,id,userId,username" doc:"Any form is accepted when missing"`
	Date           string   `json:"date,omitempty" doc:"DD/MM/YYYY in the community's zone; today when missing"`
	Page           int      `json:"page,omitempty" minimum:"1"`
	Limit          int      `json:"limit,omitempty" minimum:"1" maximum:"100"`
}

// DailyPaging says where a page of DailyPage lies.
type DailyPaging struct {
	Page       int `json:"page"`
	Limit      int `json:"limit"`
	Total      int `json:"total" doc:"Identifiers of the request"`
	TotalPages int `json:"total_pages"`
	Found      int `json:"found" doc:"Identifiers that name a user"`
}

// DailyResult is what one member earned on the day.
type DailyResult struct {
	Identifier string `json:"identifier"`
	UserID     string `json:"user_id"`
	Date       string `json:"date"`
	Earned
}

// DailyPage is the reply of POST /v1/users/activity/daily.
type DailyPage struct {
	Date       string        `json:"date"`
	Pagination DailyPaging   `json:"pagination"`
	Results    []DailyResult `json:"results"`
}
