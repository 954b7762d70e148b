package label

import (
	"strconv"

	"laurel/api"
)

// kind is a type of channel in words.
type kind struct{ name, hint, icon string }

var kinds = map[api.ChannelType]kind{
	api.ChannelOpen:         {"Open", "Everybody who sees it talks.", "hash"},
	api.ChannelAnnouncement: {"Announcements", "Announcers post; members read and react.", "bell"},
	api.ChannelForum:        {"Forum", "Talks have topics.", "messages-square"},
	api.ChannelWhisper:      {"Whisper", "Members write to the team, unseen by each other.", "eye-off"},
	api.ChannelDirect:       {"Direct", "Members write to chosen people, such as a help desk.", "message-circle"},
	api.ChannelChart:        {"Chart", "Analyses with drawings, and talk about them.", "chart-candlestick"},
	api.ChannelIframe:       {"Page", "A page of yours within the community.", "app-window"},
}

// Kind is a type of channel in a word or two.
func Kind(t api.ChannelType) string { return kinds[t].name }

// KindHint says what a type of channel is for.
func KindHint(t api.ChannelType) string { return kinds[t].hint }

// KindIcon is the icon of a type of channel.
func KindIcon(t api.ChannelType) string { return kinds[t].icon }

// Seconds is a stretch of time in the largest whole unit: "30 s", "5 min", "2 h".
func Seconds(n int) string {
	switch {
	case n != 0 && n%3600 == 0:
		return strconv.Itoa(n/3600) + " h"
	case n != 0 && n%60 == 0:
		return strconv.Itoa(n/60) + " min"
	}
	return strconv.Itoa(n) + " s"
}
