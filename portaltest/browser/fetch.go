package browser

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// npmPackage is a pinned package from npm. sum is npm's own integrity value:
// the base64 of the archive's SHA-512.
type npmPackage struct{ name, version, sum string }

// fetchDriver returns the folder of the Playwright driver that playwright-go
// speaks to; the two versions belong together.
func fetchDriver(ctx context.Context) (string, error) {
	return npmPackage{
		name: "playwright-core", version: "1.52.0",
		sum: "l2osTgLXSMeuLZOML9qYODUQoPPnUsKsb5/P6LJ2e6uPKXUdPK5WYhN4z03G+YNbWmGDY4YENauNu4ZKczreHg==",
	}.fetch(ctx)
}

// fetchAxe returns the source of axe-core, the accessibility checker.
func fetchAxe(ctx context.Context) (string, error) {
	dir, err := npmPackage{
		name: "axe-core", version: "4.10.3",
		sum: "Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg==",
	}.fetch(ctx)
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(dir, "package", "axe.min.js"))
	return string(source), err
}

// FetchRedocly returns the start script of Redocly's command line, which lints
// OpenAPI documents; it needs node.
func FetchRedocly(ctx context.Context) (string, error) {
	dir, err := npmPackage{
		name: "@redocly/cli", version: "2.77.0",
		sum: "XUa4hURDWLPG9WukIXo+UBqa9VpeTndmLI5PHu9QDkwtwH990Jsgz9nl2m1pZjsWrKFPP7avn6etRxxDbuD2Bg==",
	}.fetch(ctx)
	return filepath.Join(dir, "package", "bin", "cli.js"), err
}

// file is the package's name as npm writes it in names of archives.
func (p npmPackage) file() string {
	return strings.ReplaceAll(strings.TrimPrefix(p.name, "@"), "/", "-") + "-" + p.version
}

// fetch returns a folder of the user's cache that holds the unpacked package
// in "package". Several processes may call it at once: each unpacks beside, and
// the first to rename wins.
func (p npmPackage) fetch(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "laurel", p.file())
	if _, err := os.Stat(filepath.Join(dir, "package", "package.json")); err == nil {
		return dir, nil
	}
	say("fetching " + p.name + "@" + p.version + " from npm")
	if err := os.MkdirAll(filepath.Dir(dir), 0o750); err != nil {
		return "", err
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), "unpack-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temp)
	if err := p.unpackInto(ctx, temp); err != nil {
		return "", fmt.Errorf("%s@%s: %w", p.name, p.version, err)
	}
	if err := os.Rename(temp, dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	return dir, nil
}

func (p npmPackage) unpackInto(ctx context.Context, dir string) error {
	cmd := exec.CommandContext(ctx, "npm", "pack", p.name+"@"+p.version, "--silent", "--pack-destination", dir)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm pack: %w\n%s", err, out)
	}
	archive := filepath.Join(dir, p.file()+".tgz")
	if err := p.verify(archive); err != nil {
		return err
	}
	if err := untar(archive, dir); err != nil {
		return err
	}
	return os.Remove(archive)
}

func (p npmPackage) verify(archive string) error {
	data, err := os.ReadFile(archive)
	if err != nil {
		return err
	}
	sum := sha512.Sum512(data)
	if got := base64.StdEncoding.EncodeToString(sum[:]); got != p.sum {
		return fmt.Errorf("archive has checksum %s, want %s", got, p.sum)
	}
	return nil
}

// untar unpacks the regular files of a gzipped archive below dir. A name that
// leads out of dir is an error.
func untar(archive, dir string) error {
	file, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	entries := tar.NewReader(unzipped)
	for {
		header, err := entries.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if header.Typeflag == tar.TypeReg {
			if err := writeEntry(root, header.Name, entries); err != nil {
				return err
			}
		}
	}
}

func writeEntry(root *os.Root, name string, content io.Reader) error {
	name = filepath.FromSlash(strings.TrimPrefix(name, "./"))
	if err := root.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		return err
	}
	file, err := root.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}
