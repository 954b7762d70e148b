package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

func nodePath() (string, error) {
	path, err := exec.LookPath("node")
	if err != nil {
		return "", fmt.Errorf("node: %w", errMissing)
	}
	return path, nil
}

// chromiumPath finds Chromium, or installs it where the test runs as root on a
// system with apt-get. The variable CHROMIUM names another program.
func chromiumPath(ctx context.Context) (string, error) {
	if path := findChromium(); path != "" {
		return path, nil
	}
	aptGet, err := exec.LookPath("apt-get")
	if err != nil || os.Geteuid() != 0 {
		return "", fmt.Errorf("chromium (install it, or name it in CHROMIUM): %w", errMissing)
	}
	if err := installChromium(ctx, aptGet); err != nil {
		return "", fmt.Errorf("%w: chromium: %w", errMissing, err)
	}
	if path := findChromium(); path != "" {
		return path, nil
	}
	return "", fmt.Errorf("chromium after its installation: %w", errMissing)
}

func findChromium() string {
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func installChromium(ctx context.Context, aptGet string) error {
	say("installing Chromium and fonts with apt-get")
	steps := [][]string{
		{"update", "-qq"},
		{
			"install", "-qq", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300",
			"chromium", "fonts-noto-cjk", "fonts-noto-color-emoji",
		},
	}
	for _, args := range steps {
		cmd := exec.CommandContext(ctx, aptGet, args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w\n%s", args[0], err, out)
		}
	}
	return nil
}

// say tells whoever runs the tests what is being fetched.
func say(what string) { fmt.Fprintln(os.Stderr, "browser tests: "+what) }
