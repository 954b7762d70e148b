package dbtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"laurel/engine/db"
)

// Migrating takes longer than copying, so each engine's schema is made once
// per test process and then copied.
//
//nolint:gochecknoglobals // made once per process
var (
	migratedFile     = sync.OnceValues(migrateFile)
	migratedDatabase = sync.OnceValues(migrateDatabase)
)

func copyMigrated(path string) error {
	content, err := migratedFile()
	if err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}

func migrateFile() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "laurel-test-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "laurel.db")
	if err := migrate(db.Config{Path: path}); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// migrateDatabase returns the name of a migrated database on our own server.
func migrateDatabase() (string, error) {
	s, err := shared()
	if err != nil {
		return "", err
	}
	const name = "laurel_template"
	if err := Execute(s.url, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	address, err := withDatabase(s.url, name)
	if err != nil {
		return "", err
	}
	return name, migrate(db.Config{URL: address})
}

func migrate(c db.Config) error {
	d, err := db.Open(context.Background(), c)
	if err != nil {
		return err
	}
	return d.Close()
}
