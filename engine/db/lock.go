package db

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// errLocked says that another process holds a lock.
var errLocked = errors.New("locked")

// fileLock is a lock on a file that the operating system releases when the
// process ends, however it ends.
type fileLock struct{ file *os.File }

// lockFile takes the lock and writes this process's id into the file. The file
// stays behind after release: removing it would let two processes lock two
// different files of one name.
func lockFile(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the database: %w", err)
	}
	if err := tryLock(f); err != nil {
		defer func() { _ = f.Close() }()
		if errors.Is(err, errLocked) {
			return nil, inUse(f, strings.TrimSuffix(path, ".lock"))
		}
		return nil, fmt.Errorf("lock the database: %w", err)
	}
	return &fileLock{file: f}, writePID(f)
}

func inUse(f *os.File, database string) error {
	holder := "another process"
	if text, err := io.ReadAll(io.LimitReader(f, 32)); err == nil && len(text) > 0 {
		holder = "process " + strings.TrimSpace(string(text))
	}
	return fmt.Errorf("the database %s is in use by %s; stop that server first, or give this one its own data folder",
		database, holder)
}

func writePID(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("write the lock file: %w", err)
	}
	if _, err := f.WriteAt(fmt.Appendf(nil, "%d\n", os.Getpid()), 0); err != nil {
		return fmt.Errorf("write the lock file: %w", err)
	}
	return nil
}

func (l *fileLock) release() error { return l.file.Close() }
