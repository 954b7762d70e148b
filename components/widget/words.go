package widget

// words is the catalogue of a language, nil when there is none. A test holds
// all of them complete.
func words(lang string) map[string]string {
	switch lang {
	case "en":
		return english()
	case "es":
		return spanish()
	case "de":
		return german()
	case "fr":
		return french()
	case "ar":
		return arabic()
	case "ja":
		return japanese()
	}
	return nil
}
