package widget

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCatalogueIsComplete(t *testing.T) {
	holes := regexp.MustCompile(`\{[a-z]+\}`)
	for _, lang := range Locales() {
		for key, en := range english() {
			got := words(lang)[key]
			if got == "" {
				t.Errorf("%s lacks %q", lang, key)
			}
			want := slices.Compact(slices.Sorted(slices.Values(holes.FindAllString(en, -1))))
			have := slices.Compact(slices.Sorted(slices.Values(holes.FindAllString(got, -1))))
			if diff := cmp.Diff(want, have); diff != "" {
				t.Errorf("%s %q: %s", lang, key, diff)
			}
		}
		if len(words(lang)) != len(english()) {
			t.Errorf("%s has %d entries, want %d", lang, len(words(lang)), len(english()))
		}
	}
}

func TestNewText(t *testing.T) {
	for _, tt := range []struct {
		wanted []string
		want   string
	}{
		{nil, "en"}, {[]string{""}, "en"}, {[]string{"de-AT"}, "de"}, {[]string{"tlh", "ja"}, "ja"}, {[]string{"pt-BR,pt;q=0.9,es;q=0.8,en;q=0.7"}, "es"}, {[]string{"%%%", "fr"}, "fr"}, {[]string{"ar"}, "ar"},
	} {
		if got := NewText(tt.wanted...).Lang(); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.wanted, got, tt.want)
		}
	}
	if !NewText("ar").RTL() || NewText("en").RTL() {
		t.Error("only Arabic runs from right to left")
	}
}

func TestLine(t *testing.T) {
	const six = 6 * 24 * time.Hour
	for _, tt := range []struct {
		lang    string
		live    bool
		closed  bool
		ends    time.Duration
		members int64
		want    string
	}{
		{"en", true, false, six, 2418, "Live · ends in 6 days · 2,418 members"},
		{"en", false, true, six, 1, "Final result · 1 member"},
		{"en", false, false, time.Hour + time.Minute, 0, "ends in 1 hour"},
		{"en", false, false, time.Second, 0, "ends in 1 minute"},
		{"de", true, false, six, 2418, "Live · endet in 6 Tagen · 2.418 Mitglieder"},
		{"ja", true, false, six, 2, "ライブ · 残り6日 · 2人"},
		{"ar", false, false, 0, 2, "عضوان"},
	} {
		if got := NewText(tt.lang).Line(tt.live, tt.closed, tt.ends, tt.members); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.lang, got, tt.want)
		}
	}
}

func TestZeroTextIsEnglish(t *testing.T) {
	var text Text
	if got, want := text.ToRank(1212, "XP", 127), "1,212 XP to rank 127"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := text.Fault("no such code"); got != text.Fault("server_error") {
		t.Errorf("an unknown code says %q", got)
	}
	if got, want := text.Standing("", 3)+"|"+text.Standing("Gold", 0), "level 3|Gold"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPinnedRow(t *testing.T) {
	rows := []Row{{Key: "d", Rank: 4}, {Key: "e", Rank: 5}}
	top := []Row{{Key: "a", Rank: 1}, {Key: "b", Rank: 2}, {Key: "c", Rank: 3}}
	for _, tt := range []struct {
		name        string
		me          *Row
		pinned, gap bool
	}{
		{"nobody", nil, false, false},
		{"unranked", &Row{Key: "me"}, false, false},
		{"in the rows", &Row{Key: "e", Rank: 5}, false, false},
		{"on the podium", &Row{Key: "a", Rank: 1}, false, false},
		{"right below", &Row{Key: "me", Rank: 6}, true, false},
		{"far below", &Row{Key: "me", Rank: 128}, true, true},
	} {
		p := LeaderboardProps{Top: top, Rows: rows, Me: tt.me}
		if got := p.pinned(); got != tt.pinned {
			t.Errorf("%s: pinned %t, want %t", tt.name, got, tt.pinned)
		}
		if tt.pinned && p.gap() != tt.gap {
			t.Errorf("%s: gap %t, want %t", tt.name, p.gap(), tt.gap)
		}
	}
}
