package auth

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// LoadOrCreateKey reads the master keys of a deployment, or makes the file
// (mode 0600) with one new key. The file has one base64 key of 32 bytes a
// line, the current one first; to rotate, put a new line on top. Two processes
// starting at once end up with the same key. A file that others can read is
// refused.
func LoadOrCreateKey(path string) (*Keyring, error) {
	ring, err := loadKeys(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return ring, err
	}
	if err := createKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make key file: %w", err)
	}
	return loadKeys(path)
}

// NewMasterKey is a line for a key file.
func NewMasterKey() string {
	var m MasterKey
	_, _ = rand.Read(m[:]) // crypto/rand.Read never returns an error
	return base64.StdEncoding.EncodeToString(m[:])
}

func loadKeys(path string) (*Keyring, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	if info.Mode().Perm()&0o027 != 0 {
		return nil, fmt.Errorf("key file %s has mode %o: others can read or change it; use chmod 600", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	return parseKeys(string(text))
}

func parseKeys(text string) (*Keyring, error) {
	var keys []MasterKey
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
		if err != nil || len(raw) != len(MasterKey{}) {
			return nil, fmt.Errorf("key file, line %d: want 32 bytes in base64", i+1)
		}
		keys = append(keys, MasterKey(raw))
	}
	return NewKeyring(keys[0], keys[1:]...)
}

// createKey writes beside the target and links it into place, so that nobody
// ever reads half a file and an existing key is never overwritten.
func createKey(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(NewMasterKey() + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
