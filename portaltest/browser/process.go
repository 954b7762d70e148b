package browser

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// chromium is a running browser and the driver behind it.
type chromium struct {
	path    string // of the program
	driver  *playwright.Playwright
	browser playwright.Browser
}

// shared is the one browser process of a test binary. It ends with the binary:
// the driver leaves, and takes Chromium along, when its standard input closes.
var shared struct {
	sync.Mutex
	chromium *chromium
	err      error
}

// errMissing marks what a machine lacks and this package could not install.
var errMissing = errors.New("missing on this machine")

func engine(t testing.TB) *chromium {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.chromium == nil && shared.err == nil {
		shared.chromium, shared.err = start(context.WithoutCancel(t.Context()))
	}
	if errors.Is(shared.err, errMissing) && os.Getenv("CI") == "" {
		t.Skipf("browser test: %v", shared.err)
	}
	if shared.err != nil {
		t.Fatalf("start browser: %v", shared.err)
	}
	return shared.chromium
}

func start(ctx context.Context) (*chromium, error) {
	node, err := nodePath()
	if err != nil {
		return nil, err
	}
	path, err := chromiumPath(ctx)
	if err != nil {
		return nil, err
	}
	driver, err := fetchDriver(ctx)
	if err != nil {
		return nil, err
	}
	return launch(node, path, driver)
}

func launch(node, path, driver string) (*chromium, error) {
	if err := os.Setenv("PLAYWRIGHT_NODEJS_PATH", node); err != nil {
		return nil, err
	}
	pw, err := playwright.Run(&playwright.RunOptions{
		DriverDirectory:     driver,
		SkipInstallBrowsers: true,
		// Not a file: a driver that held the test's own stderr would keep
		// "go test" waiting.
		Stderr: stderr{},
	})
	if err != nil {
		return nil, err
	}
	browser, err := pw.Chromium.Launch(playwright.BrowserTypeLaunchOptions{
		ExecutablePath: &path, Headless: playwright.Bool(true), Args: arguments(),
	})
	return &chromium{path: path, driver: pw, browser: browser}, err
}

func arguments() []string {
	return []string{
		"--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--font-render-hinting=none",
	}
}

// stderr passes on to the process's standard error.
type stderr struct{}

func (stderr) Write(p []byte) (int, error) { return os.Stderr.Write(p) }
