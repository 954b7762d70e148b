package layout

import "laurel/components/link"

type item struct {
	place Place
	label string
	icon  string
	href  string
}

type section struct {
	title string
	items []item
}

// sections is the portal's sidebar.
func sections() []section {
	return []section{
		{"Play", []item{
			{PlaceBoards, "Leaderboards", "trophy", link.Leaderboards},
		}},
	}
}

// memberItems is the member area's bar.
func memberItems() []item {
	return []item{
		{PlaceHome, "Home", "house", link.Home},
		{PlaceRanks, "Ranks", "trophy", link.Ranks},
	}
}

// deeds are the actions that the palette offers beside the pages.
func deeds() []item {
	return []item{
		{"", "New leaderboard", "plus", link.BoardNew},
		{"", "Go to the member area", "user", link.Home},
	}
}
