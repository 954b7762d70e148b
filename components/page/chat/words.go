package chat

// Emote is an emoji of the picker with its name.
type Emote struct{ Sign, Name string }

// Emoji is the picker's own small list.
func Emoji() []Emote {
	return []Emote{
		{"👍", "thumbs up"}, {"❤️", "heart"}, {"😂", "tears of joy"}, {"🎉", "party"}, {"😮", "surprised"}, {"😢", "sad"},
		{"🙏", "thank you"}, {"🔥", "fire"}, {"👀", "eyes"}, {"💯", "hundred"}, {"✅", "done"}, {"👏", "applause"},
		{"🚀", "rocket"}, {"📈", "rising chart"}, {"📉", "falling chart"}, {"🤔", "thinking"}, {"😅", "relieved"}, {"🥇", "first place"},
	}
}

// open reports whether something other than the list is the phone's screen.
func (p Props) open() bool {
	return p.Talk != nil || p.Ask != nil || p.Page != nil || p.Found.Query != ""
}

func (p Props) title() string {
	switch {
	case p.Talk != nil:
		return p.Talk.heading()
	case p.Ask != nil:
		return p.Ask.Name
	case p.Page != nil:
		return p.Page.Name
	case p.Found.Query != "":
		return "Search results"
	}
	return "Latest messages"
}

func (p Conversation) heading() string {
	if p.Title != "" {
		return p.Title
	}
	return p.Name
}

func (p Conversation) subtitle() string {
	if p.Title != "" {
		return "in " + p.Name
	}
	return p.Text
}
