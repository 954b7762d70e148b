package portaltest_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"laurel/portaltest"
	"laurel/portaltest/browser"
)

// TestDocumentPassesTheLinter runs Redocly's recommended rules over the
// document: no error and no warning. It is skipped without node and npm,
// unless CI is set.
func TestDocumentPassesTheLinter(t *testing.T) {
	for _, tool := range []string{"npm", "node"} {
		_, err := exec.LookPath(tool)
		if err != nil && os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		if err != nil {
			t.Skip(err)
		}
	}
	script, err := browser.FetchRedocly(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	document, err := portaltest.New(t).Engine.OpenAPI().YAML()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "openapi.yaml")
	if err := os.WriteFile(file, document, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", script, "lint", "--extends=recommended", "--format=json", "--max-problems=50", file)
	cmd.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the linter failed: %v\n%s", err, out)
	}
	var report struct {
		Totals struct{ Errors, Warnings *int }
	}
	if err := json.Unmarshal(out, &report); err != nil || report.Totals.Errors == nil || report.Totals.Warnings == nil {
		t.Fatalf("the linter's report is not readable: %v\n%s", err, out)
	}
	if *report.Totals.Errors+*report.Totals.Warnings > 0 {
		t.Errorf("the linter complains:\n%s", out)
	}
}
