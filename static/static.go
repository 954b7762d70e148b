// Package static holds everything the browser loads that is the same for
// everybody: styles, scripts, fonts and icons. Sources live in src, are bundled
// by build into dist under names that carry a hash of their content, and are
// embedded from there, so that a URL never changes its meaning.
package static

import (
	"embed"
	"strings"
)

//go:generate go run ./build

// Prefix is the path below which Handler serves.
const Prefix = "/static/"

//go:embed dist
var dist embed.FS

// asset is one built file, as the generated manifest lists it.
type asset struct {
	Path   string // name below dist, with the content hash in it
	SHA256 string // standard base64
	Size   int    // bytes, before compression
	Gzip   int    // bytes at gzip -9; 0 when the file is not kept compressed
	Brotli int    // bytes at quality 11; 0 when the file is not kept compressed
}

// URL is the address of a built file by its plain name, such as "portal.css"
// or "inter-latin.woff2". A name that was not built gives an address that
// answers 404, so that a slip is seen in the first browser run.
func URL(name string) string {
	if a, ok := manifest[name]; ok {
		return Prefix + a.Path
	}
	return Prefix + name
}

// Bytes is the content of a built file by its plain name, for addresses that
// must not change, such as /embed.js. It is nil when nothing has that name; the
// caller owns the slice.
func Bytes(name string) []byte {
	return read(manifest[name].Path)
}

// Hash is the SHA-256 of a built file in the form that a Content-Security-Policy
// and an integrity attribute use ("sha256-…"), or "" when nothing has that name.
func Hash(name string) string {
	if a, ok := manifest[name]; ok {
		return "sha256-" + a.SHA256
	}
	return ""
}

// Size tells what a built file weighs in bytes: as it is, at gzip -9 and at
// brotli 11. The last two are 0 for files that are compressed already.
func Size(name string) (plain, gzip, brotli int) {
	a := manifest[name]
	return a.Size, a.Gzip, a.Brotli
}

func read(path string) []byte {
	if path == "" || strings.Contains(path, "/") {
		return nil
	}
	b, err := dist.ReadFile("dist/" + path)
	if err != nil {
		return nil
	}
	return b
}
