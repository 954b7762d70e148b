package label

import "strings"

// sign tells a product by a word of its User-Agent; the first that fits counts,
// since most claim to be others as well.
type sign struct{ word, name string }

func browsers() []sign {
	return []sign{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"},
		{"HeadlessChrome", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"},
	}
}

func systems() []sign {
	return []sign{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"},
		{"Mac OS X", "Mac"}, {"Linux", "Linux"},
	}
}

// Device names browser and system by a User-Agent: "Firefox on Windows".
func Device(agent string) string {
	browser, system := find(browsers(), agent), find(systems(), agent)
	switch {
	case browser == "" && system == "":
		return "Unknown device"
	case system == "":
		return browser
	case browser == "":
		return system
	}
	return browser + " on " + system
}

func find(list []sign, agent string) string {
	for _, s := range list {
		if strings.Contains(agent, s.word) {
			return s.name
		}
	}
	return ""
}
