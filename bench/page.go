package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

type pageCmd struct {
	URL  string `required:"" help:"Address of the server, such as http://127.0.0.1:8080."`
	File string `required:"" type:"existingfile" help:"What prepare has written."`
}

// Run fetches the public widget's page and what it loads, as a browser on its
// first visit does, and embed.js by itself.
func (p pageCmd) Run(o *console) error {
	t, err := loadTarget(p.File)
	if err != nil {
		return err
	}
	first, err := fetch(o.ctx, p.URL+"/embed/leaderboard/"+t.WidgetID)
	if err != nil {
		return err
	}
	total, requests := first.wire, 1
	o.say("%7d bytes  %s", first.wire, first.url)
	for _, address := range loads(first) {
		part, err := fetch(o.ctx, address)
		if err != nil {
			return err
		}
		o.say("%7d bytes  %s", part.wire, part.url)
		total, requests = total+part.wire, requests+1
	}
	o.say("%7d bytes in %d requests; inline pictures count where they stand", total, requests)
	loader, err := fetch(o.ctx, p.URL+"/embed.js")
	if err != nil {
		return err
	}
	o.say("embed.js: %d bytes as sent, %d with gzip -9", loader.wire, zipped(loader.body))
	return nil
}

// file is one fetched resource: its size as it was sent, and its text.
type file struct {
	url  string
	wire int
	body []byte
}

// fetch asks for gzip and undoes it.
func fetch(ctx context.Context, address string) (file, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return file{}, err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return file{}, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return file{}, fmt.Errorf("%s: %s (%w)", address, res.Status, err)
	}
	f := file{url: address, wire: len(raw), body: raw}
	if res.Header.Get("Content-Encoding") == "gzip" {
		unzip, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return f, err
		}
		if f.body, err = io.ReadAll(unzip); err != nil {
			return f, err
		}
	}
	return f, nil
}

var source = regexp.MustCompile(`<(script|img|link|iframe|source)\b[^>]*?\s(?:src|href)="([^"]+)"[^>]*>`)

// loads lists what a browser fetches for a page: scripts, styles, fonts that
// are preloaded, pictures. Alternates, manifests and links are not fetched.
func loads(f file) []string {
	base, err := url.Parse(f.url)
	if err != nil {
		return nil
	}
	var out []string
	for _, m := range source.FindAllStringSubmatch(string(f.body), -1) {
		isLink, isData := m[1] == "link", strings.HasPrefix(m[2], "data:")
		if isData || (isLink && !regexp.MustCompile(`rel="(stylesheet|preload|modulepreload|icon)"`).MatchString(m[0])) {
			continue
		}
		if u, err := base.Parse(strings.ReplaceAll(m[2], "&amp;", "&")); err == nil {
			out = append(out, u.String())
		}
	}
	return out
}

// zipped is a text's size with gzip -9.
func zipped(body []byte) int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is one that exists
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Len()
}
