package label_test

import (
	"testing"

	"laurel/api"
	"laurel/handlers/label"
)

func TestEveryRightHasWords(t *testing.T) {
	seen := map[string]bool{}
	for _, i := range api.Rights() {
		words := label.Right(i.Right)
		if words == "" || seen[words] {
			t.Errorf("%s is called %q, want words of its own", i.Key, words)
		}
		seen[words] = true
	}
}
