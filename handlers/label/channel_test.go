package label_test

import (
	"testing"

	"laurel/api"
	"laurel/handlers/label"
	"laurel/static"
)

func TestEveryKindOfChannelHasWordsAndIcon(t *testing.T) {
	for _, kind := range api.ChannelTypes() {
		if label.Kind(kind) == "" || label.KindHint(kind) == "" {
			t.Errorf("%s has no words", kind)
		}
		if _, known := static.Icon(label.KindIcon(kind)); !known {
			t.Errorf("%s has no icon %q", kind, label.KindIcon(kind))
		}
	}
}

func TestSeconds(t *testing.T) {
	for n, want := range map[int]string{0: "0 s", 45: "45 s", 60: "1 min", 90: "90 s", 7200: "2 h"} {
		if got := label.Seconds(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}
