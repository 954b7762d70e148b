package browser

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/playwright-community/playwright-go"
)

// Screenshot keeps a picture of the whole page, animations at their end, and
// returns its path: NAME-WIDTH[-dark].png in the folder that the variable
// LAUREL_SCREENS names, by default e2e/screens in this module.
func (p *Page) Screenshot(name string) string {
	p.t.Helper()
	return p.ScreenshotAs(name, p.b.options.Width, p.b.options.Dark)
}

// ScreenshotAs is Screenshot of a page whose width or colour scheme was changed
// since its browser was made.
func (p *Page) ScreenshotAs(name string, width int, dark bool) string {
	p.t.Helper()
	file, err := p.picture(name, width, dark)
	if err != nil {
		p.t.Fatalf("screenshot %s: %v", name, err)
	}
	return file
}

func (p *Page) picture(name string, width int, dark bool) (string, error) {
	dir, err := screenFolder()
	if err != nil {
		return "", err
	}
	suffix := fmt.Sprintf("-%d", width)
	if dark {
		suffix += "-dark"
	}
	file := filepath.Join(dir, name+suffix+".png")
	if !p.b.options.NoScript {
		if _, err := p.Raw.Evaluate("document.fonts.ready.then(() => true)"); err != nil {
			return "", err
		}
	}
	_, err = p.Raw.Screenshot(playwright.PageScreenshotOptions{
		Path: &file, FullPage: playwright.Bool(true), Animations: playwright.ScreenshotAnimationsDisabled,
	})
	return file, err
}

// keepFailure pictures the open pages of a test that failed.
func (b *Browser) keepFailure() {
	unsafe := regexp.MustCompile(`[^A-Za-z0-9]+`)
	for i, p := range b.pages {
		if p.Raw.IsClosed() {
			continue
		}
		name := fmt.Sprintf("failed-%s-%d", unsafe.ReplaceAllString(b.t.Name(), "-"), i)
		if file, err := p.picture(name, b.options.Width, b.options.Dark); err == nil {
			b.t.Logf("%s: see %s", p.Raw.URL(), file)
		}
	}
}

func screenFolder() (string, error) {
	dir := os.Getenv("LAUREL_SCREENS")
	if dir == "" {
		root, err := moduleRoot()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(root, "e2e", "screens")
	}
	return dir, os.MkdirAll(dir, 0o750)
}

// moduleRoot is the nearest folder upward that holds a go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		_, err := os.Stat(filepath.Join(dir, "go.mod"))
		if err == nil {
			return dir, nil
		}
		if !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no go.mod above the working folder: %w", err)
		}
		dir = filepath.Dir(dir)
	}
}
