package browser

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// newContext opens a context in the shared process, or one with a process of
// its own where frames of another site are to get their cookies: Chromium
// blocks those in every context but that of a profile which says otherwise.
func (c *chromium) newContext(t testing.TB, o Options) (playwright.BrowserContext, error) {
	if !o.ThirdPartyCookies {
		return c.browser.NewContext(o.context())
	}
	profile := t.TempDir()
	if err := allowThirdPartyCookies(profile); err != nil {
		return nil, err
	}
	return c.driver.Chromium.LaunchPersistentContext(profile, o.persistentContext(c.path))
}

func allowThirdPartyCookies(profile string) error {
	dir := filepath.Join(profile, "Default")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "Preferences"), []byte(`{"profile":{"cookie_controls_mode":0}}`), 0o600)
}

func (o Options) context() playwright.BrowserNewContextOptions {
	return playwright.BrowserNewContextOptions{
		ColorScheme:       o.colorScheme(),
		ReducedMotion:     o.reducedMotion(),
		Viewport:          &playwright.Size{Width: o.Width, Height: o.Height},
		Locale:            &o.Locale,
		TimezoneId:        &o.TimeZone,
		JavaScriptEnabled: playwright.Bool(!o.NoScript),
		HasTouch:          playwright.Bool(o.Width <= Phone),
	}
}

func (o Options) persistentContext(chromium string) playwright.BrowserTypeLaunchPersistentContextOptions {
	c := o.context()
	return playwright.BrowserTypeLaunchPersistentContextOptions{
		ExecutablePath:    &chromium,
		Headless:          playwright.Bool(true),
		Args:              arguments(),
		ColorScheme:       c.ColorScheme,
		ReducedMotion:     c.ReducedMotion,
		Viewport:          c.Viewport,
		Locale:            c.Locale,
		TimezoneId:        c.TimezoneId,
		JavaScriptEnabled: c.JavaScriptEnabled,
		HasTouch:          c.HasTouch,
	}
}

func (o Options) colorScheme() *playwright.ColorScheme {
	if o.Dark {
		return playwright.ColorSchemeDark
	}
	return playwright.ColorSchemeLight
}

func (o Options) reducedMotion() *playwright.ReducedMotion {
	if o.ReducedMotion {
		return playwright.ReducedMotionReduce
	}
	return playwright.ReducedMotionNoPreference
}
