// Package community holds the pages that anyone may see.
package community

import (
	"laurel/components/layout"
	"laurel/components/page/me"
)

// HomeProps is the public page of a community.
type HomeProps struct {
	layout.PublicProps
	About   string // the community's description
	Members int64
	Boards  []Board
}

// Board is a public leaderboard in short.
type Board struct {
	Name string
	Slug string
	Line string // "This week · 2,000 members"
	Unit string
	Top  []me.Rank // up to five
}

// BoardProps is one public leaderboard; of Board everything but its shell is used.
type BoardProps struct {
	layout.PublicProps
	Board me.BoardProps
}
