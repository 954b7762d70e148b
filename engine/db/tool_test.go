package db_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

func TestToolLooksBesideAServer(t *testing.T) {
	configs(t, func(t *testing.T, c db.Config) {
		server := dbtest.OpenConfig(t, c)
		table(t, server)
		c.Tool = true
		tool := dbtest.OpenConfig(t, c)
		if err := server.Write(t.Context(), insert(1)); err != nil {
			t.Fatal(err)
		}
		if got := count(t, tool.Read()); got != 1 {
			t.Errorf("tool sees %d rows, want 1", got)
		}
		want, err := server.Version(t.Context())
		if err != nil || want == 0 {
			t.Errorf("server's version: got %d, %v", want, err)
		}
		if got, err := tool.Version(t.Context()); err != nil || got != want {
			t.Errorf("tool's version: got %d, %v, want %d", got, err, want)
		}
		if err := tool.Write(t.Context(), insert(2)); err == nil {
			t.Error("got no error for a tool's write")
		}
	})
}

func TestToolMakesNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "laurel.db")
	d, err := db.Open(t.Context(), db.Config{Path: path, Tool: true})
	if err == nil {
		_ = d.Close()
		t.Error("got no error for a missing file")
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want no file", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name   string
		config db.Config
	}{
		{"nothing named", db.Config{}},
		{"unknown scheme", db.Config{URL: "mysql://localhost/laurel"}},
		{"bad URL", db.Config{URL: "postgres://localhost:port/laurel"}},
		{"server away", db.Config{URL: "postgres://localhost/laurel?host=/nowhere"}},
		{"folder as file", db.Config{Path: t.TempDir()}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := db.Open(t.Context(), tt.config)
			if err == nil {
				_ = d.Close()
				t.Fatal("got no error")
			}
			if got := db.IsUnavailable(err); got != (tt.name == "server away") {
				t.Errorf("unavailable: got %t for %v", got, err)
			}
		})
	}
}

func TestFilesArePrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "laurel.db")
	dbtest.OpenConfig(t, db.Config{Path: path})
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("laurel.db%s: got rights %o, want 600", suffix, got)
		}
	}
}

func TestPathMayHoldAnyCharacter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?c#d%20é", "laurel.db")
	table(t, dbtest.OpenConfig(t, db.Config{Path: path}))
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("got %v, %v, want the file under its own name", info, err)
	}
}
