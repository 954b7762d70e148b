package db_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"laurel/engine/db"
)

const (
	first  = "-- +goose Up\nCREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT NOT NULL);\n"
	next   = "-- +goose Up\nCREATE TABLE file (id BIGINT PRIMARY KEY, body {{blob}} NOT NULL);\nCREATE INDEX file_body ON file (body);\n"
	broken = "-- +goose Up\nCREATE TABLE half (id BIGINT);\nCREATE TABLE half (id BIGINT);\n"
)

func files(texts ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i, text := range texts {
		m["000"+string(rune('1'+i))+"_step.sql"] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestMigrateGoesForward(t *testing.T) {
	configs(t, func(t *testing.T, c db.Config) {
		for want, set := range []fstest.MapFS{1: files(first), 2: files(first, next)} {
			if set == nil {
				continue
			}
			if got := migratedTo(t, c, set); got != int64(want) {
				t.Errorf("got version %d, want %d", got, want)
			}
		}
		_, err := db.OpenWith(t.Context(), c, files(first, next, broken))
		if err == nil {
			t.Error("got no error for a broken migration")
		}
		if got := migratedTo(t, c, files(first, next)); got != 2 {
			t.Errorf("got version %d after a failure, want 2", got)
		}
		_, err = db.OpenWith(t.Context(), c, files(first))
		if err == nil || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("got %v for a database from the future", err)
		}
	})
}

// migratedTo opens with migrations, tries the binary column and a table that a
// broken migration may have left, and returns the version.
func migratedTo(t *testing.T, c db.Config, migrations fstest.MapFS) int64 {
	t.Helper()
	d, err := db.OpenWith(t.Context(), c, migrations)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	version, err := d.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if version == 2 {
		mustWrite(t, d, `INSERT INTO file (id, body) VALUES (1, $1) ON CONFLICT DO NOTHING`, []byte{0, 255})
	}
	if err := d.Read().QueryRow(t.Context(), `SELECT count(*) FROM half`).Scan(new(int)); err == nil {
		t.Error("a broken migration left a table")
	}
	return version
}

func TestEmbeddedMigrationsApply(t *testing.T) {
	configs(t, func(t *testing.T, c db.Config) {
		for range 2 { // the second time nothing is left to do
			d, err := db.Open(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
