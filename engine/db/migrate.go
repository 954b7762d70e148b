package db

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var embedded embed.FS

// Migrations returns the migration files NNNN_name.sql, one text for both
// engines. Where a text says {{blob}}, SQLite reads BLOB and PostgreSQL BYTEA;
// a line that begins with {{sqlite}} or {{postgres}} is for that engine only.
func Migrations() fs.FS {
	files, err := fs.Sub(embedded, "migrations")
	if err != nil { // only for an invalid path
		panic(err)
	}
	return files
}

// Version returns the number of the newest migration that is applied, 0 for an
// empty database.
func (d *DB) Version(ctx context.Context) (int64, error) {
	const query = `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`
	var version int64
	if err := d.Read().QueryRow(ctx, query).Scan(&version); err != nil {
		return 0, fmt.Errorf("schema version: %w", err)
	}
	return version, nil
}

// migrate applies the migrations that are missing, each in a transaction.
// Several nodes may start at once on PostgreSQL: one migrates, the others wait.
func migrate(ctx context.Context, pool *sql.DB, dialect Dialect, files fs.FS) error {
	engine, options, err := gooseOptions(dialect)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(engine, pool, dialectFS{files, dialect}, options...)
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	current, newest, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("schema version: %w", err)
	}
	if current > newest {
		return fmt.Errorf("the database has schema %d, this program knows %d at most; start a newer program", current, newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func gooseOptions(dialect Dialect) (goose.Dialect, []goose.ProviderOption, error) {
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true)}
	if dialect == SQLite {
		return goose.DialectSQLite3, options, nil
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // seconds between tries, tries
	if err != nil {
		return "", nil, fmt.Errorf("migration lock: %w", err)
	}
	return goose.DialectPostgres, append(options, goose.WithSessionLocker(locker)), nil
}

// dialectFS puts the engine's word for binary columns into the files read
// from it.
type dialectFS struct {
	fs.FS
	dialect Dialect
}

func (f dialectFS) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		return file, err
	}
	defer func() { _ = file.Close() }()
	return f.translate(name, info)
}

func (f dialectFS) translate(name string, info fs.FileInfo) (fs.File, error) {
	text, err := fs.ReadFile(f.FS, name)
	if err != nil {
		return nil, err
	}
	blob := "BLOB"
	if f.dialect == PostgreSQL {
		blob = "BYTEA"
	}
	text = bytes.ReplaceAll(text, []byte("{{blob}}"), []byte(blob))
	text = bytes.ReplaceAll(text, []byte("{{"+string(f.dialect)+"}}"), nil)
	for _, other := range []Dialect{SQLite, PostgreSQL} {
		text = bytes.ReplaceAll(text, []byte("{{"+string(other)+"}}"), []byte("-- "))
	}
	return &textFile{Reader: bytes.NewReader(text), info: textInfo{info, int64(len(text))}}, nil
}

// textFile is a file whose text was replaced in memory.
type textFile struct {
	*bytes.Reader
	info textInfo
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f.info, nil }

func (f *textFile) Close() error { return nil }

type textInfo struct {
	fs.FileInfo
	size int64
}

func (i textInfo) Size() int64 { return i.size }
