package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Picks are the reactions that a picker offers, in its order.
func Picks() []string {
	return []string{"👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "🔥", "💯", "👀", "🚀", "✅"}
}

var shortcodes = map[string]string{
	"+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "heart": "❤️", "sparkling_heart": "💖", "heart_eyes": "😍",
	"broken_heart": "💔", "joy": "😂", "rofl": "🤣", "smile": "😄", "grinning": "😀", "blush": "😊", "wink": "😉", "sunglasses": "😎",
	"thinking": "🤔", "thinking_face": "🤔", "cry": "😢", "sob": "😭", "angry": "😠", "rage": "😡", "open_mouth": "😮", "astonished": "😲",
	"tada": "🎉", "confetti_ball": "🎊", "fire": "🔥", "100": "💯", "rocket": "🚀", "eyes": "👀", "pray": "🙏", "clap": "👏", "raised_hands": "🙌",
	"muscle": "💪", "wave": "👋", "ok_hand": "👌", "handshake": "🤝", "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌",
	"warning": "⚠️", "question": "❓", "exclamation": "❗", "star": "⭐", "star2": "🌟", "sparkles": "✨", "trophy": "🏆", "medal": "🏅",
	"first_place_medal": "🥇", "second_place_medal": "🥈", "third_place_medal": "🥉", "crown": "👑", "gem": "💎", "moneybag": "💰",
	"chart_with_upwards_trend": "📈", "chart_with_downwards_trend": "📉", "bar_chart": "📊", "bell": "🔔", "pushpin": "📌", "memo": "📝",
	"bulb": "💡", "coffee": "☕", "beers": "🍻", "birthday": "🎂", "gift": "🎁", "balloon": "🎈", "sunny": "☀️", "rainbow": "🌈",
	"blue_heart": "💙", "green_heart": "💚", "yellow_heart": "💛", "purple_heart": "💜", "orange_heart": "🧡", "black_heart": "🖤", "see_no_evil": "🙈",
}

// Emoji is the emoji that a shortcode such as :tada: or an emoji itself stands
// for; false when it is neither.
func Emoji(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if name, ok := strings.CutPrefix(s, ":"); ok {
		e, known := shortcodes[strings.ToLower(strings.TrimSuffix(name, ":"))]
		return e, known && strings.HasSuffix(name, ":")
	}
	return s, isEmoji(s)
}

// isEmoji takes one pictograph with its joiners, skin tones and selectors.
func isEmoji(s string) bool {
	if s == "" || len(s) > 40 || !utf8.ValidString(s) {
		return false
	}
	pictures := 0
	for _, r := range s {
		switch {
		case r == 0x200d || r == 0xfe0f || r == 0x20e3 || (r >= 0xe0020 && r <= 0xe007f) || (r >= 0x1f3fb && r <= 0x1f3ff):
		case unicode.Is(unicode.So, r) || (r >= 0x1f000 && r <= 0x1faff) || r == 0x203c || r == 0x2049:
			pictures++
		case strings.ContainsRune("0123456789#*", r) && strings.HasSuffix(s, "\u20e3"):
			pictures++
		default:
			return false
		}
	}
	return pictures > 0 && pictures <= 5
}
