package roster

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzTextsAreReadAsJSON compares the quick reader with the real one on all
// that it takes.
func FuzzTextsAreReadAsJSON(f *testing.F) {
	for _, text := range []string{`{}`, `{"a":"b"}`, `{"a":"b","c":"d"}`, `{"a":""}`, `{"":"x"}`, `{"a":"q\"z"}`, `{"a": "b"}`, `{"a":1}`, `{"a":"b",}`, `{"a":"b"}}`, `{"é":"日本"}`, `{"a":":","b":","}`, `{"a":"b","a":"c"}`, "{\"a\":\"\x01\"}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := cutTexts(text)
		if !ok {
			return
		}
		var want map[string]string
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			return // stored by json.Marshal, so never malformed
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	})
}
