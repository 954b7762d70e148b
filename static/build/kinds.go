package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

// kindTable reads the registry of widget kinds and gives the table that the
// loader defines its elements from: per kind its page path, the height in pixels
// that it reserves, and its tags.
func kindTable(dir string) (string, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "..", "widgets", "kinds", "*.json"))
	if err != nil {
		return "", err
	}
	sort.Strings(paths)
	table := make([][]any, 0, len(paths))
	for _, p := range paths {
		row, err := kindRow(p)
		if err != nil {
			return "", fmt.Errorf("%s: %w", p, err)
		}
		table = append(table, row)
	}
	out, err := json.Marshal(table)
	return string(out), err
}

func kindRow(path string) ([]any, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var k struct {
		Tag, RaiTag, Path string
		DefaultHeight     int
	}
	if err := json.Unmarshal(data, &k); err != nil {
		return nil, err
	}
	row := []any{k.Path, k.DefaultHeight, k.Tag}
	if k.RaiTag != "" {
		row = append(row, k.RaiTag)
	}
	return row, nil
}
