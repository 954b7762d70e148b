package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// entry is one file that pages load.
type entry struct {
	source string // below src
	format api.Format
}

var entries = []entry{
	{source: "css/portal.css"},
	{source: "css/member.css"},
	{source: "css/widget.css"},
	{source: "js/portal.js", format: api.FormatIIFE},
	{source: "js/member.js", format: api.FormatIIFE},
	{source: "js/chat.js", format: api.FormatIIFE},
	{source: "js/frame.js", format: api.FormatIIFE},
	{source: "js/embed.js", format: api.FormatESModule},
	{source: "js/widget-loader.js", format: api.FormatIIFE},
}

// file is one built file under its plain name.
type file struct {
	name string
	data []byte
}

// plain lists the files that are taken over as they are, below src.
var plain = []string{"img/icon.svg"}

// bundle builds every entry and the files they point to (fonts), and adds the
// plain ones. kinds is the JSON table that the loader defines its elements from.
func bundle(dir, kinds string) ([]file, error) {
	var files []file
	seen := map[string]bool{}
	for _, e := range entries {
		built, err := bundleOne(dir, kinds, e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.source, err)
		}
		for _, f := range built {
			if !seen[f.name] {
				seen[f.name] = true
				files = append(files, f)
			}
		}
	}
	for _, p := range plain {
		data, err := os.ReadFile(filepath.Join(dir, "src", p))
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: filepath.Base(p), data: data})
	}
	return files, nil
}

func bundleOne(dir, kinds string, e entry) ([]file, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{filepath.Join(abs, "src", e.source)},
		AbsWorkingDir:     abs,
		Outdir:            filepath.Join(abs, "dist"),
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Target:            api.ES2020,
		Format:            e.format,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		Loader:            map[string]api.Loader{".woff2": api.LoaderFile, ".svg": api.LoaderDataURL},
		AssetNames:        "[name].[hash]",
		PublicPath:        "/static/",
		Define:            map[string]string{"KINDS": kinds},
		MangleProps:       `_$`,
		Supported:         map[string]bool{"import-meta": true},
	})
	if len(result.Errors) > 0 {
		return nil, failure(result.Errors)
	}
	return outputs(result.OutputFiles), nil
}

func failure(messages []api.Message) error {
	lines := api.FormatMessages(messages, api.FormatMessagesOptions{})
	return errors.New(strings.Join(lines, "\n"))
}

func outputs(built []api.OutputFile) []file {
	files := make([]file, 0, len(built))
	for _, o := range built {
		files = append(files, file{name: filepath.Base(o.Path), data: o.Contents})
	}
	return files
}
