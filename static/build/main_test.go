package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laurel/static"
)

// What is committed in dist must be what the sources give, and give again.
func TestCommittedFilesAreCurrent(t *testing.T) {
	kinds, err := kindTable("..")
	if err != nil {
		t.Fatal(err)
	}
	files, err := bundle("..", kinds)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := f.name
		if m := hashed.FindStringSubmatch(name); m != nil {
			name = m[1] + m[3]
		}
		if !bytes.Equal(static.Bytes(name), f.data) {
			t.Errorf("%s: not what the sources give; run go generate ./static", name)
		}
	}
}

func TestWriteIsRepeatable(t *testing.T) {
	dir := t.TempDir()
	files := []file{{name: "b.css", data: []byte("a{}")}, {name: "font.ABCDEFGH.woff2", data: []byte("font")}}
	build := func() string {
		assets, err := write(dir, files)
		if err != nil {
			t.Fatal(err)
		}
		if err := writeManifest(dir, assets); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, "manifest_gen.go"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	first := build()
	if again := build(); first != again {
		t.Errorf("got %s, want %s", again, first)
	}
	if !strings.Contains(first, `"font.woff2": {Path: "font.ABCDEFGH.woff2"`) {
		t.Errorf("the font is not listed by its plain name: %s", first)
	}
}

func TestWriteRemovesWhatIsOld(t *testing.T) {
	dir := t.TempDir()
	for _, data := range []string{"a{}", "b{}"} {
		if _, err := write(dir, []file{{name: "x.css", data: []byte(data)}}); err != nil {
			t.Fatal(err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "dist", "*"))
	if err != nil || len(left) != 3 {
		t.Errorf("got %v (%v), want one file and its two compressed forms", left, err)
	}
}

func TestKindTable(t *testing.T) {
	got, err := kindTable("..")
	want := `["/embed/leaderboard/",640,"laurel-leaderboard","rai-leaderboard-widget"]`
	if err != nil || !strings.Contains(got, want) {
		t.Errorf("got %s (%v), want %s in it", got, err, want)
	}
}
