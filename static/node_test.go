package static_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The scripts' own tests run in Node, which CI has and a laptop may lack.
func TestScriptsInNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("node is missing")
		}
		t.Skip("node is not installed")
	}
	files, err := filepath.Glob("src/js/test/*.test.mjs")
	if err != nil || len(files) == 0 {
		t.Fatalf("got no tests (%v)", err)
	}
	out, err := exec.CommandContext(t.Context(), node, append([]string{"--test"}, files...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
