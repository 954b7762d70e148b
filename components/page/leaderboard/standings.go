package leaderboard

import "laurel/components/ui"

// Standings is a table of ranks, as the board's page and the editor's preview
// show it.
type Standings struct {
	Unit string // head of the score column: "XP"
	Rows []Standing
	Note string // why it is empty
}

// Standing is one row. Move is places gained since the last period, 0 = none.
type Standing struct {
	ID      string // of the member
	Rank    int64
	Name    string
	Note    string // "Gold · level 31"
	Image   string
	Badges  []ui.EmblemProps
	Score   int64
	Move    int64
	Entered bool // new on the board
}
