package gallery

import (
	"net/url"

	"laurel/components/ui"
)

func uiStates() []State {
	const g = "ui"
	spark := []float64{3, 4, 3, 5, 6, 5, 7, 9, 8, 10}
	return []State{
		piece(g, "button/plain", ui.Button(ui.ButtonProps{Label: "Save"})),
		piece(g, "button/link", ui.Button(ui.ButtonProps{Label: "Open", Href: "/portal", Kind: ui.ButtonPrimary, Icon: "plus"})),
		piece(g, "button/hostile", ui.Button(ui.ButtonProps{Label: hostile, Href: "javascript:alert(1)"})),
		piece(g, "button/dialog", ui.Button(ui.ButtonProps{Label: "Delete", Kind: ui.ButtonDanger, Opens: "delete"})),
		piece(g, "button/icon-only", ui.Button(ui.ButtonProps{Label: "Close", Icon: "x", IconOnly: true, Small: true})),
		piece(g, "badge/plain", ui.Badge(ui.BadgeProps{Text: "Widget"})),
		piece(g, "badge/with-dot", ui.Badge(ui.BadgeProps{Text: "Live", Tone: ui.Good, Dot: true})),
		piece(g, "swatch/known", ui.Swatch("teal")),
		piece(g, "swatch/unknown", ui.Swatch(hostile)),
		piece(g, "role-tag/plain", ui.RoleTag("Mentor", "teal")),
		piece(g, "role-tag/hostile", ui.RoleTag(hostile, hostile)),
		piece(g, "role-tag/right-to-left", ui.RoleTag(arabic, "grey")),
		piece(g, "avatar/initials", ui.Avatar(ui.AvatarProps{Name: "Sofía Reyes"})),
		piece(g, "avatar/image", ui.Avatar(ui.AvatarProps{Name: "Sofía Reyes", Image: "/a.png", Size: ui.AvatarLarge})),
		piece(g, "avatar/empty", ui.Avatar(ui.AvatarProps{})),
		piece(g, "person/full", ui.Person(ui.PersonProps{Name: "Lars Møller", Note: "Silver · level 28", Href: "/portal/members/1"})),
		piece(g, "person/hostile", ui.Person(ui.PersonProps{Name: hostile, Note: hostile})),
		piece(g, "person/right-to-left", ui.Person(ui.PersonProps{Name: arabic, Note: "Gold"})),
		piece(g, "person/longest", ui.Person(ui.PersonProps{Name: longest(), Note: longest()})),
		piece(g, "tabs/pill", ui.Tabs(ui.TabsProps{Label: "Period", Pill: true, Tabs: []ui.Tab{{Label: "Today", Href: "?period=daily"}, {Label: "All time", Href: "?period=all-time", Current: true, Count: "12"}}})),
		piece(g, "pagination/middle", ui.Pagination(ui.PaginationProps{Page: 5, Size: 25, Total: 2000, Path: "/portal/members", Query: url.Values{"search": {"a&b"}, "page": {"5"}}, Noun: "members"})),
		piece(g, "pagination/empty", ui.Pagination(ui.PaginationProps{})),
		piece(g, "steps/middle", ui.Steps(ui.StepsProps{Start: 26, Shown: 25, Total: 1_000_000, Noun: "members", Path: "/portal/members", Query: url.Values{"search": {"a&b"}}, Size: 25, Prev: "x", Next: "y"})),
		piece(g, "steps/empty", ui.Steps(ui.StepsProps{})),
		piece(g, "bars/some", ui.Bars(ui.BarsProps{Label: "XP a day", Bars: []ui.Bar{{Label: "22 Nov", Note: "0 XP"}, {Label: "23 Nov", Note: hostile, Value: 140}, {Label: "24 Nov", Note: "35 XP", Value: 35}}})),
		piece(g, "bars/empty", ui.Bars(ui.BarsProps{})),
		piece(g, "empty/plain", ui.Empty(ui.EmptyProps{})),
		piece(g, "empty/full", ui.Empty(ui.EmptyProps{Icon: "trophy", Title: "No boards", Text: "Make one.", Action: ui.ButtonProps{Label: "New", Href: "/new"}})),
		piece(g, "alert/bad", ui.Alert(ui.AlertProps{Tone: ui.Bad, Title: "Refused", Text: hostile, Items: []string{"one", "two"}})),
		piece(g, "toast/two", ui.Toasts([]ui.ToastProps{{Text: "Saved", Tone: ui.Good}, {Text: hostile, Tone: ui.Bad}})),
		piece(g, "confirm/typed", ui.Confirm(ui.ConfirmProps{ID: "delete", Title: "Delete?", Action: "/delete", Typed: "Autumn (sprint) [1+1]", Error: "That is not the name.", Open: true})),
		piece(g, "confirm/mild", ui.Confirm(ui.ConfirmProps{ID: "rotate", Title: "Rotate?", Action: "/rotate", Submit: "Rotate", Mild: true})),
		piece(g, "menu/plain", ui.Menu(ui.MenuProps{ID: "m", Label: "More"})),
		piece(g, "stats/full", ui.Stats([]ui.StatProps{{Label: "Active members", Value: "1,842", Change: "+6.4 %", Tone: ui.Good, Note: "of 2,000", Href: "/portal/members", Spark: spark}, {Label: "Empty"}})),
		piece(g, "copy/secret", ui.CopyField(ui.CopyProps{ID: "key", Label: "Key", Value: "lrl_7f3a", Hint: "Once.", Secret: true})),
		piece(g, "code/hostile", ui.Code(ui.CodeProps{ID: "code", Label: "HTML", Text: hostile})),
		piece(g, "skeleton/plain", ui.Skeleton(ui.SkeletonProps{})),
		piece(g, "breadcrumb/two", ui.Breadcrumb([]ui.Link{{Label: "Members", Href: "/portal/members"}, {Label: hostile}})),
		piece(g, "search/kept", ui.Search(ui.SearchProps{Action: "/portal/members", Value: hostile, Label: "Search", Slash: true, Keep: []ui.Pair{{Name: "role", Value: "admin"}}})),
		piece(g, "progress/over", ui.Progress(ui.ProgressProps{Label: "To Gold", Value: 12, Max: 10, Note: "12 of 10"})),
		piece(g, "ring/level", ui.Ring(ui.RingProps{Level: 24, Percent: 68})),
		piece(g, "when/never", ui.When(ui.Moment{})),
		piece(g, "when/ago", ui.When(ago("3 min ago"))),
		piece(g, "sort/descending", ui.SortHead(ui.SortHeadProps{Label: "XP", Href: "?sort=xp:asc", Dir: ui.Descending, Num: true})),
	}
}
