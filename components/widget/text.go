package widget

import (
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Text is the words of a widget in one language, with its way of writing
// numbers. The zero Text is English. It is a value and safe for concurrent use.
type Text struct {
	lang  string
	words map[string]string // nil: English, built on each use
}

// Locales lists the languages that exist, in the order of the configurator.
func Locales() []string { return []string{"en", "es", "de", "fr", "ar", "ja"} }

// NewText gives the words in the first of the wanted languages (BCP 47 tags or
// an Accept-Language header each) that exists, else in English.
func NewText(wanted ...string) Text {
	for _, w := range wanted {
		tags, _, err := language.ParseAcceptLanguage(w)
		if err != nil {
			continue
		}
		for _, t := range tags {
			base, _ := t.Base()
			if w := words(base.String()); w != nil {
				return Text{lang: base.String(), words: w}
			}
		}
	}
	return Text{lang: "en", words: english()}
}

// Lang is the BCP 47 tag for the document.
func (t Text) Lang() string {
	if t.lang == "" {
		return "en"
	}
	return t.lang
}

// RTL tells whether the language runs from right to left.
func (t Text) RTL() bool { return t.lang == "ar" }

// Number writes a whole number as the language does.
func (t Text) Number(n int64) string {
	return message.NewPrinter(language.Make(t.Lang())).Sprint(number.Decimal(n))
}

func (t Text) say(key string) string {
	if t.words == nil {
		return english()[key]
	}
	return t.words[key]
}

// fill puts values in the places of {name}.
func (t Text) fill(key string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(t.say(key))
}

// Rank is the head of the first column.
func (t Text) Rank() string { return t.say("rank") }

// Change is the read-out head of the column of movements.
func (t Text) Change() string { return t.say("change") }

// You marks the reader's own row.
func (t Text) You() string { return t.say("you") }

// New marks a member that was not ranked before.
func (t Text) New() string { return t.say("new") }

// Up is read out before places gained.
func (t Text) Up() string { return t.say("up") }

// Down is read out before places lost.
func (t Text) Down() string { return t.say("down") }

// Ties explains equal scores.
func (t Text) Ties() string { return t.say("ties") }

// Empty says that nobody is ranked.
func (t Text) Empty() string { return t.say("empty") }

// EmptyHint says what will change that.
func (t Text) EmptyHint() string { return t.say("emptyHint") }

// Refresh is the link for readers without scripts.
func (t Text) Refresh() string { return t.say("refresh") }

// Retry is the button of the error panel.
func (t Text) Retry() string { return t.say("retry") }

// Loading is read out while a board loads.
func (t Text) Loading() string { return t.say("loading") }

// PeriodLabel names the row of tabs.
func (t Text) PeriodLabel() string { return t.say("period") }

// TopThree names the podium.
func (t Text) TopThree() string { return t.say("topThree") }

// Period is the tab of a period by its name in the contract.
func (t Text) Period(name string) string {
	if s := t.say(name); s != "" {
		return s
	}
	return name
}

// Column is the head of a column by its name in the contract.
func (t Text) Column(name string) string {
	if s := t.say("col-" + name); s != "" {
		return s
	}
	return name
}

// Fault is the sentence for an error code; unknown codes get a general one.
func (t Text) Fault(code string) string {
	if s := t.say(code); s != "" {
		return s
	}
	return t.say("server_error")
}

// Standing is "Gold · level 31"; either part may be missing.
func (t Text) Standing(tier string, level int) string {
	if level == 0 {
		return tier
	}
	l := t.fill("level", "{n}", t.Number(int64(level)))
	if tier == "" {
		return l
	}
	return tier + " · " + l
}

// ToRank is "212 XP to rank 127".
func (t Text) ToRank(points int64, unit string, rank int64) string {
	return t.fill("toRank", "{n}", t.Number(points), "{unit}", unit, "{rank}", t.Number(rank))
}

// NowAt is read out when the reader's own rank changes.
func (t Text) NowAt(rank int64) string { return t.fill("nowAt", "{rank}", t.Number(rank)) }

// Scripts is a JSON object with the words that the frame's script needs: retry
// and a sentence for each error code.
func (t Text) Scripts() string {
	list := map[string]string{"retry": t.Retry(), "loading": t.Loading()}
	for _, code := range Codes() {
		list[code] = t.Fault(code)
	}
	b, err := json.Marshal(list)
	if err != nil { // strings always marshal
		return "{}"
	}
	return string(b)
}

// Codes lists the error codes that have a sentence.
func Codes() []string {
	return []string{"embed_expired", "embed_replayed", "embed_revoked", "origin_not_allowed", "widget_gone", "offline", "timeout", "rate_limited", "server_error", "bad_key", "script_blocked", "frame_blocked"}
}

// Updated is "Updated 14:05", or "Updated just now" without a time.
func (t Text) Updated(at string) string {
	if at == "" {
		return t.say("updatedNow")
	}
	return t.fill("updated", "{at}", at)
}

// Line is the line under the title: "Live · ends in 6 days · 2,418 members".
func (t Text) Line(live, closed bool, ends time.Duration, members int64) string {
	var parts []string
	switch {
	case closed:
		parts = append(parts, t.say("closed"))
	case live:
		parts = append(parts, t.say("live"))
	}
	if ends > 0 && !closed {
		parts = append(parts, t.fill("ends", "{span}", t.span(ends)))
	}
	if members > 0 {
		parts = append(parts, t.count("members", members))
	}
	return strings.Join(parts, " · ")
}

func (t Text) span(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return t.count("days", int64(d/(24*time.Hour)))
	case d >= time.Hour:
		return t.count("hours", int64(d/time.Hour))
	}
	return t.count("minutes", max(int64(d/time.Minute), 1))
}

// count chooses the plural form by the language's rules. The forms stand in the
// catalogue as "one|few|many" in the order that form gives.
func (t Text) count(key string, n int64) string {
	forms := strings.Split(t.say(key), "|")
	i := min(t.form(n), len(forms)-1)
	return strings.ReplaceAll(forms[i], "{n}", t.Number(n))
}

// form is the index of the plural form (CLDR): one form in Japanese, six in
// Arabic of which the catalogue spells one, two, few and many, two elsewhere.
func (t Text) form(n int64) int {
	switch {
	case t.lang == "ja":
		return 0
	case t.lang == "ar" && n == 2:
		return 1
	case t.lang == "ar" && n%100 >= 3 && n%100 <= 10:
		return 2
	case t.lang == "ar" && n != 1:
		return 3
	case t.lang == "fr" && n < 2, n == 1:
		return 0
	}
	return 1
}
