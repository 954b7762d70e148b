package api

// MiniGameQuery asks for what a member played.
type MiniGameQuery struct {
	Email string `json:"email" minLength:"1" maxLength:"254" doc:"Email; id, number and username are accepted too"`
	Page  int    `json:"page,omitempty" minimum:"1"`
	Limit int    `json:"limit,omitempty" minimum:"1" maximum:"100"`
	From  string `json:"from,omitempty" doc:"RFC 3339 or date"`
	To    string `json:"to,omitempty" doc:"RFC 3339 or date"`
}

// MiniGamePrize is what a game gave.
type MiniGamePrize struct {
	Type   string `json:"type"`
	Label  string `json:"label"`
	Amount int64  `json:"amount"`
}

// MiniGameLog is one game that a member played.
type MiniGameLog struct {
	ID           string        `json:"_id"`
	Game         string        `json:"game"`
	SpunAt       Time          `json:"spunAt"`
	Prize        MiniGamePrize `json:"prize"`
	Source       string        `json:"source"`
	BalanceAfter int64         `json:"balanceAfter"`
}

// MiniGamePage is a page of what a member played, newest first.
type MiniGamePage struct {
	Logs  []MiniGameLog `json:"logs" nullable:"false"`
	Page  int           `json:"page"`
	Limit int           `json:"limit"`
	Total int           `json:"total"`
}

// MiniGameStreak is where a member stands in a streak.
type MiniGameStreak struct {
	StreakID       string `json:"streakId"`
	Name           string `json:"name"`
	Current        int64  `json:"current"`
	Longest        int64  `json:"longest"`
	CompletedToday bool   `json:"completedToday"`
	NextReward     any    `json:"nextReward"`
}

// MiniGameStats is where a member stands in all games.
type MiniGameStats struct {
	SpinsAvailable int64            `json:"spinsAvailable"`
	TotalSpins     int64            `json:"totalSpins"`
	LastSpinAt     *Time            `json:"lastSpinAt"`
	NextFreeSpinAt *Time            `json:"nextFreeSpinAt"`
	Wheel          map[string]any   `json:"wheel" nullable:"false"`
	Streaks        []MiniGameStreak `json:"streaks" nullable:"false"`
}
