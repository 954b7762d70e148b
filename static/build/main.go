// Command build bundles the sources in static/src into static/dist and writes
// the manifest that package static reads. The same sources always give the same
// bytes, so that CI can build again and compare. It is run by
// "go generate ./static" and works from that folder.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

// run builds everything below the folder of package static.
func run(dir string) error {
	kinds, err := kindTable(dir)
	if err != nil {
		return err
	}
	files, err := bundle(dir, kinds)
	if err != nil {
		return err
	}
	assets, err := write(dir, files)
	if err != nil {
		return err
	}
	return writeManifest(dir, assets)
}
