package label

import "time"

// APIDay is how the API writes a day where the reference does: DD/MM/YYYY.
const APIDay = "02/01/2006"

// Day writes a day in another form; what is no day stays as it is.
func Day(text, from, to string) string {
	at, err := time.Parse(from, text)
	if err != nil {
		return text
	}
	return at.Format(to)
}
