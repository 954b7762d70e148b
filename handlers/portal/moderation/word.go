package moderation

import (
	"net/http"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/moderation"
	"laurel/handlers/web"
)

// ShowWords is the editor of what is not let through and of what is told.
func ShowWords(v *web.Visit) error {
	words, err := v.API.Messages().Words(v.Ctx())
	if err != nil {
		return err
	}
	p, err := wordsProps(v, words)
	if err != nil {
		return err
	}
	return v.Page(page.Words(p))
}

func wordsProps(v *web.Visit, w api.WordSettings) (page.WordsProps, error) {
	channels, err := v.API.Channels().List(v.Ctx())
	lines := func(list []string) string { return strings.Join(list, "\n") }
	return page.WordsProps{
		PortalProps: v.Portal("Moderation", layout.PlaceModerate), Profanity: w.Profanity.Enabled, Excluded: lines(w.Profanity.Excluded), Added: lines(w.Profanity.Added),
		BuiltIn: w.Profanity.BuiltIn, WarnProfan: w.Profanity.Warning, Banned: lines(w.Banned.Words), WarnBanned: w.Banned.Warning, Alert: lines(w.Alert.Words),
		Channels: web.Choices(named(channels)[1:], w.Alert.ChannelIDs...), MaxLength: strconv.Itoa(w.MaxLength),
	}, err
}

// renamed are the fields whose name on the wire is another.
var renamed = web.Renamed{
	"profanity.added": "added", "profanity.excluded": "excluded", "profanity.warning": "profanity-warning", "banned.words": "banned", "banned.warning": "banned-warning",
	"alert.words": "alert", "alert.channelIds": "channels", "maxLength": "length",
}

// SetWords stores them.
func SetWords(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	w := api.WordSettings{
		Profanity: api.ProfanityFilter{Enabled: f.On("profanity"), Excluded: f.Lines("excluded"), Added: f.Lines("added"), Warning: f.Text("profanity-warning")},
		Banned:    api.WordList{Words: f.Lines("banned"), Warning: f.Text("banned-warning")},
		Alert:     api.AlertList{Words: f.Lines("alert"), ChannelIDs: f.All("channels")}, MaxLength: int(f.Whole("length", 4000)),
	}
	if !f.Bad() {
		_, err = v.API.Messages().SetWords(v.Ctx(), w)
	}
	switch {
	case err == nil && !f.Bad():
		v.Done("The words are saved. They apply to the next message.")
		return v.Go(link.ModWords)
	case err != nil && !f.Take(err, renamed):
		return err
	}
	before, err := v.API.Messages().Words(v.Ctx())
	if err != nil {
		return err
	}
	w.Profanity.BuiltIn = before.Profanity.BuiltIn
	p, err := wordsProps(v, w)
	if err != nil {
		return err
	}
	p.MaxLength, p.Errors, p.Fault = f.Text("length"), f.Errors, f.Fault
	return v.Render(http.StatusUnprocessableEntity, page.Words(p))
}
